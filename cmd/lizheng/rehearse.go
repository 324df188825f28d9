package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"lizheng/cmd/lizheng/internal/rehearsal"
	"lizheng/config/changzhou"
	"lizheng/postgres"
)

// rehearseCommand carries a year of the appraisal with as many communities as a city has.
type rehearseCommand struct {
	Communities int     `default:"1150" help:"Communities that declare themselves; the sample city's own stay at home."`
	Scratch     scratch `embed:""`
}

// Run carries the year, examines the record and prints.
func (c rehearseCommand) Run(ctx context.Context, s streams) (err error) {
	p, err := changzhou.Load()
	if err != nil {
		return err
	}
	staff, err := rehearsal.Enlarge(p, c.Communities)
	if err != nil {
		return err
	}
	stop, err := c.Scratch.begin(ctx, s.err)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	city, err := c.Scratch.install(ctx, scratchName("year"), func(url string) error { return loadCity(ctx, url, p, true) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, city.close()) }()
	report, err := rehearsal.Run(ctx, rehearsal.Options{Door: city.door, Password: samplePassword, Staff: staff, Year: time.Now().Year(), Communities: c.Communities,
		Advance: func(ctx context.Context, by time.Duration) error {
			_, err := postgres.AdvanceClock(ctx, city.super, by)
			return errors.Join(err, city.store.ReadClock(ctx))
		}, Progress: s.err})
	if err != nil {
		return err
	}
	report.Text(s.out)
	return keepsPromises(ctx, city.store)
}

// keepsPromises holds a whole record against every promise.
func keepsPromises(ctx context.Context, store *postgres.Store) error {
	checked, err := store.Fsck(ctx, postgres.Strictness{})
	if err != nil {
		return err
	}
	for _, c := range checked {
		if c.Broken > 0 {
			return fmt.Errorf("the record breaks %s (%s) %d times: %v", c.Promise, c.Check, c.Broken, c.Findings)
		}
	}
	return nil
}
