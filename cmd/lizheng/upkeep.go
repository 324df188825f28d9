package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.temporal.io/api/serviceerror"

	"lizheng/postgres"
)

// How often each part of the upkeep looks. All of them may run in any number of processes at once.
const (
	deliverEvery    = 300 * time.Millisecond
	lookEvery       = time.Second
	doctorEvery     = 10 * time.Second
	checkpointEvery = 5 * time.Minute
)

// lookWithin is how long the engine may take to pass on one look: less than the record waits for a transaction that holds a page.
const lookWithin = 5 * time.Second

// upkeep does what nobody asks for until ctx ends: messages leave the outbox, cases look at what was decided about them, stuck
// ones are looked at again, the audit chains are signed and the signatures kept outside the database.
func (a *app) upkeep(ctx context.Context, checkpoints string) {
	go every(ctx, deliverEvery, func() error { return a.deliver(ctx) }, a.report("deliver messages"))
	go every(ctx, lookEvery, func() error { return a.looks(ctx) }, a.report("have cases look at what was decided about them"))
	go every(ctx, doctorEvery, func() error { return a.doctor(ctx) }, a.report("look after stuck cases"))
	if checkpoints != "" {
		go every(ctx, checkpointEvery, func() error { return a.checkpoint(ctx, checkpoints) }, a.report("sign the audit chains"))
	}
}

// report logs what went wrong; the next round tries again.
func (a *app) report(what string) func(error) {
	return func(err error) { a.log.Warn("upkeep", "what", what, "err", err) }
}

func every(ctx context.Context, pause time.Duration, do func() error, failed func(error)) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		if err := do(); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// deliver empties the outbox.
func (a *app) deliver(ctx context.Context) error {
	for {
		n, err := a.store.Deliver(ctx)
		if err != nil || n == 0 {
			return err
		}
	}
}

// looks has the workflows of the parts of a case look at what it has decided about them.
func (a *app) looks(ctx context.Context) error {
	for {
		found, err := a.store.Looks(ctx, a.look)
		if err != nil || !found {
			return err
		}
	}
}

// doctor asks the workflows of stuck cases to look again, and rebuilds lost ones.
func (a *app) doctor(ctx context.Context) error {
	stuck, err := a.store.Stuck(ctx)
	if err != nil {
		return err
	}
	for _, c := range stuck {
		if err := a.look(ctx, c); err != nil {
			return err
		}
		a.log.Info("stuck case looks again", "case", c.ID)
	}
	return nil
}

// look asks a case's workflow to read the record again. One that came to its end before its case is reported and holds up no other.
func (a *app) look(ctx context.Context, c postgres.CaseRef) error {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	err := a.engine.Look(ctx, c.Procedure, c.ID)
	var ended *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &ended) {
		a.log.Error("the workflow of an open case has ended", "case", c.ID, "err", err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("have case %s look: %w", c.ID, err)
	}
	return nil
}

// checkpoint signs the audit chains and appends the signatures to a file outside the database.
func (a *app) checkpoint(ctx context.Context, file string) error {
	heads, err := a.store.Checkpoints(ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	for _, h := range heads {
		if err := enc.Encode(h); err != nil {
			return err
		}
	}
	return f.Sync()
}
