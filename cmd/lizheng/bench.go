package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lizheng/cmd/lizheng/internal/bench"
	"lizheng/config"
	"lizheng/config/embedded"
)

// benchCommand measures the product beside bare Temporal and bare SQL.
type benchCommand struct {
	Quick    bool          `help:"A size for CI: one short round, twenty thousand stored cases."`
	JSON     bool          `name:"json" help:"Print the report as JSON."`
	Cases    int           `default:"1000000" help:"Cases stored in the large record."`
	Clients  int           `default:"24" help:"Clients that carry cases at the same time."`
	Rounds   int           `default:"5" help:"Turns of every contender."`
	Stretch  time.Duration `default:"8s" help:"Length of one turn."`
	Profile  string        `help:"Folder for CPU profiles of the product's turns." placeholder:"DIR"`
	Database string        `name:"database-url" env:"DATABASE_URL" help:"PostgreSQL to measure on, as a superuser; two scratch databases are made and dropped. A private one when not given." placeholder:"URL"`
	Temporal string        `name:"temporal-address" env:"TEMPORAL_ADDRESS" help:"Temporal to measure on; three scratch namespaces stay behind. A private one when not given." placeholder:"HOST:PORT"`

	cpu func() bench.CPU // of private services and this process
}

// Run measures and prints.
func (c benchCommand) Run(ctx context.Context, s streams) (err error) {
	if (c.Database == "") != (c.Temporal == "") {
		return errors.New("give both DATABASE_URL and TEMPORAL_ADDRESS, or neither for private services")
	}
	if c.Quick {
		c.Cases, c.Rounds, c.Stretch = min(c.Cases, 20_000), 1, min(c.Stretch, 4*time.Second)
	}
	if c.Database == "" {
		stop, err := c.services(ctx, s.err)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	report, err := c.measure(ctx, s.err)
	if err != nil {
		return err
	}
	if c.JSON {
		return report.JSON(s.out)
	}
	report.Text(s.out)
	return nil
}

// services starts private ones in a temporary folder, as safe as production's.
func (c *benchCommand) services(ctx context.Context, progress io.Writer) (stop func() error, err error) {
	dir, err := os.MkdirTemp("", "lizheng-bench-")
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, err
	}
	services, err := embedded.Start(ctx, embedded.Options{DataDir: filepath.Join(dir, "data"), Durable: true, Log: quiet(), Progress: progress})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	c.Database, c.Temporal = services.SuperuserURL, services.TemporalAddress
	c.cpu = bench.CPUOf(services.Postgres.Pid(), services.Temporal.Pid())
	return func() error { return errors.Join(services.Kill(), os.RemoveAll(dir)) }, nil
}

// measure opens two installations beside each other and lets them compete.
func (c benchCommand) measure(ctx context.Context, progress io.Writer) (report bench.Report, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	name := "lizheng_bench_" + strings.ToLower(rand.Text()[:8])
	o := bench.Options{Password: samplePassword, Clients: c.Clients, Stretch: c.Stretch, Rounds: c.Rounds, Turns: 400, Calls: 20_000, Profile: c.Profile, Progress: progress, CPU: c.cpu}
	for i, place := range []*bench.Place{&o.Small, &o.Large} {
		place.Cases = []int{min(1000, c.Cases), c.Cases}[i]
		closed, err := c.install(ctx, fmt.Sprintf("%s_%d", name, i), place)
		if err != nil {
			return report, err
		}
		defer func() { err = errors.Join(err, closed()) }()
	}
	t, err := watch(ctx, config.Watching{LogLevel: "error"}, "bench", progress)
	if err != nil {
		return report, err
	}
	defer t.close()
	if err := embedded.ProvideNamespace(ctx, c.Temporal, name); err != nil {
		return report, err
	}
	if o.Yardsticks, err = dial(config.Engine{Address: c.Temporal, Namespace: name}, t); err != nil {
		return report, err
	}
	defer o.Yardsticks.Close()
	return bench.Run(ctx, o)
}

// install makes a database and a namespace, and runs the whole product on them in this process.
func (c benchCommand) install(ctx context.Context, name string, place *bench.Place) (closed func() error, err error) {
	if place.Super, err = c.database(ctx, name); err != nil {
		return nil, err
	}
	if err := errors.Join(migrate(ctx, place.Super, quiet()), loadProfile(ctx, place.Super, true)); err != nil {
		return nil, err
	}
	if err := embedded.ProvideNamespace(ctx, c.Temporal, name); err != nil {
		return nil, err
	}
	place.Namespace = name
	t, err := watch(ctx, config.Watching{LogLevel: "error"}, "bench", os.Stderr)
	if err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	a, err := open(ctx, config.Settings{
		Database: config.Database{URL: place.Super, Connections: 24},
		Engine:   config.Engine{Address: c.Temporal, Namespace: name},
		Secrets:  config.Secrets{SigningKey: hex.EncodeToString(key)},
		Door:     config.Door{Listen: "127.0.0.1:0"},
		Watching: config.Watching{LogLevel: "error"},
	}, t)
	if err != nil {
		return nil, err
	}
	if place.Door, err = a.begin(ctx); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return func() error { return errors.Join(a.close(), t.close(), c.drop(name)) }, nil
}

// begin runs door and worker until ctx ends, and returns the door's address once it is open.
func (a *app) begin(ctx context.Context) (door string, err error) {
	failed := make(chan error, 2)
	ready := make(chan string, 1)
	go a.follow(ctx)
	go func() { failed <- a.work(ctx, "") }()
	go func() { failed <- a.serve(ctx, func(at net.Addr) { ready <- "http://" + at.String() }) }()
	select {
	case door = <-ready:
		return door, nil
	case err := <-failed:
		return "", err
	}
}

// database makes a scratch database and returns its address.
func (c benchCommand) database(ctx context.Context, name string) (string, error) {
	if err := c.admin(ctx, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	u, err := url.Parse(c.Database)
	if err != nil {
		return "", fmt.Errorf("DATABASE_URL must be a URL: %w", err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

func (c benchCommand) drop(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return c.admin(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
}

func (c benchCommand) admin(ctx context.Context, statement string) error {
	db, err := sql.Open("postgres", c.Database)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}
