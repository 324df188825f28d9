package main

import (
	"context"
	"fmt"
	"log/slog"

	"lizheng/config/changzhou"
	"lizheng/postgres"
)

// migrateCommand brings the database up to this binary, as its owner.
type migrateCommand struct {
	URL     string `name:"migrate-url" env:"LIZHENG_MIGRATE_URL" required:"" help:"Database as the role that owns it (not the one the service uses)." placeholder:"URL"`
	Status  bool   `help:"Only print the schema versions of database and binary."`
	Profile string `enum:"none,changzhou" default:"none" help:"Also load a city profile: places, bodies, parameters, lists, budget lines (no people)."`
}

// Run migrates, or prints where the schema stands.
func (c migrateCommand) Run(ctx context.Context, s streams) error {
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	if c.Status {
		have, want, err := postgres.SchemaVersions(ctx, c.URL, quiet())
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "database %d, binary %d\n", have, want)
		return nil
	}
	if err := migrate(ctx, c.URL, log); err != nil {
		return err
	}
	if c.Profile == "none" {
		return nil
	}
	return loadProfile(ctx, c.URL, false)
}

// migrate brings the schema up, unless the database is ahead: yesterday's binary does not touch tomorrow's data.
func migrate(ctx context.Context, url string, log *slog.Logger) error {
	have, want, err := postgres.SchemaVersions(ctx, url, quiet())
	if err != nil {
		return err
	}
	if have > want {
		return &postgres.SchemaError{Have: have, Want: want}
	}
	return postgres.Migrate(ctx, url, log)
}

// samplePassword opens every sample account. Sample people exist in the sample city only, which listens on loopback.
const samplePassword = "changzhou-2014"

// loadProfile writes the Changzhou profile, with sample people when asked. What is already there stays as it is.
func loadProfile(ctx context.Context, url string, sample bool) error {
	p, err := changzhou.Load()
	if err != nil {
		return err
	}
	return loadCity(ctx, url, p, sample)
}

// loadCity writes any city's profile.
func loadCity(ctx context.Context, url string, p *changzhou.Profile, sample bool) error {
	store, err := postgres.Open(ctx, url, nil, 2)
	if err != nil {
		return err
	}
	defer store.Close()
	var people *postgres.SampleAccounts
	if sample {
		hash, err := postgres.HashPassword(samplePassword)
		if err != nil {
			return err
		}
		people = &postgres.SampleAccounts{Password: hash}
	}
	if err := store.LoadProfile(ctx, p.Civic(), people); err != nil {
		return fmt.Errorf("load the profile: %w", err)
	}
	return nil
}
