package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"lizheng/cmd/lizheng/internal/fsck"
	"lizheng/config"
	"lizheng/postgres"
)

// fsckCommand examines a whole installation.
type fsckCommand struct {
	config.Database
	config.Engine
	config.Secrets
	JSON            bool          `name:"json" help:"Print the report as JSON."`
	PreOpen         bool          `name:"pre-open" help:"Before the doors open, after a restore: nothing runs yet, so nothing may be on its way, and no workflow may know more than the record."`
	RepairWorkflows bool          `name:"repair-workflows" help:"Start missing workflows again from the record, and ask those that differ to look."`
	Checkpoints     string        `name:"checkpoints" env:"LIZHENG_CHECKPOINTS" help:"File outside the database with signed heads of the audit chains: shows a tail that was cut off." placeholder:"FILE"`
	Late            time.Duration `name:"late" default:"60s" help:"How late messages and automatic acts may be while the service runs."`
}

// Help is what --help prints below the flags.
func (fsckCommand) Help() string {
	return `Every check names the promise it proves (P1 to P22), the rows that break it and their figures; docs/operations says what to do.
It reads in one snapshot and may run beside the service. Exit code 1 when anything is broken.`
}

// Run examines and prints; anything that is broken is an error.
func (c fsckCommand) Run(ctx context.Context, s streams) error {
	settings := config.Settings{Database: c.Database, Engine: c.Engine, Secrets: c.Secrets}
	if err := settings.Check(); err != nil {
		return err
	}
	outside, err := readCheckpoints(c.Checkpoints)
	if err != nil {
		return err
	}
	t, err := watch(ctx, config.Watching{LogLevel: "error"}, "fsck", s.err)
	if err != nil {
		return err
	}
	defer t.close()
	key, err := c.Secrets.Key()
	if err != nil {
		return err
	}
	if err := postgres.CheckSchema(ctx, c.Database.URL, quiet()); err != nil {
		return err
	}
	store, err := postgres.Open(ctx, c.Database.URL, key, 4)
	if err != nil {
		return err
	}
	defer store.Close()
	temporal, err := dial(c.Engine, t)
	if err != nil {
		return err
	}
	defer temporal.Close()
	report, err := fsck.Examine(ctx, store, temporal, c.Namespace, fsck.Options{PreOpen: c.PreOpen, Repair: c.RepairWorkflows, Late: c.Late, Checkpoints: outside})
	if err != nil {
		return err
	}
	if c.JSON {
		err = report.JSON(s.out)
	} else {
		report.Text(s.out)
	}
	if n := report.Broken(); n > 0 {
		return errors.Join(err, fmt.Errorf("%d rows break a promise", n))
	}
	return err
}

// readCheckpoints reads the file of signed heads, if one is named.
func readCheckpoints(file string) ([]postgres.Checkpoint, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s: signed heads are written by a worker with --checkpoints, every five minutes", file)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return postgres.ReadCheckpoints(f)
}
