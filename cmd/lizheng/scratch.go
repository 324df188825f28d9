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

// scratch is where installations that are measured or rehearsed live: services that are named, or private ones.
type scratch struct {
	Database string `name:"database-url" env:"DATABASE_URL" help:"PostgreSQL to measure on, as a superuser; scratch databases are made and dropped. A private one when not given." placeholder:"URL"`
	Temporal string `name:"temporal-address" env:"TEMPORAL_ADDRESS" help:"Temporal to measure on; scratch namespaces stay behind. A private one when not given." placeholder:"HOST:PORT"`

	cpu func() bench.CPU // of private services and this process
}

// begin starts private services in a temporary folder, as safe as production's, unless others were named.
func (c *scratch) begin(ctx context.Context, progress io.Writer) (stop func() error, err error) {
	if (c.Database == "") != (c.Temporal == "") {
		return nil, errors.New("give both DATABASE_URL and TEMPORAL_ADDRESS, or neither for private services")
	}
	if c.Database != "" {
		return func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "lizheng-scratch-")
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

// scratchName is a name that no other scratch database or namespace has.
func scratchName(what string) string {
	return "lizheng_" + what + "_" + strings.ToLower(rand.Text()[:8])
}

// installation is the whole product in this process, on a database and a namespace of its own.
type installation struct {
	*app
	door, super, namespace string
	close                  func() error
}

// install makes a database and a namespace, has the city loaded, and runs the whole product on them until ctx ends.
func (c scratch) install(ctx context.Context, name string, load func(url string) error) (in installation, err error) {
	in.namespace = name
	if in.super, err = c.database(ctx, name); err != nil {
		return in, err
	}
	if err := errors.Join(migrate(ctx, in.super, quiet()), load(in.super)); err != nil {
		return in, err
	}
	if err := embedded.ProvideNamespace(ctx, c.Temporal, name); err != nil {
		return in, err
	}
	t, err := watch(ctx, config.Watching{LogLevel: "error"}, "scratch", os.Stderr)
	if err != nil {
		return in, err
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return in, err
	}
	in.app, err = open(ctx, config.Settings{
		Database: config.Database{URL: in.super, Connections: 24},
		Engine:   config.Engine{Address: c.Temporal, Namespace: name},
		Secrets:  config.Secrets{SigningKey: hex.EncodeToString(key)},
		Door:     config.Door{Listen: "127.0.0.1:0"},
		Watching: config.Watching{LogLevel: "error"},
	}, t)
	if err != nil {
		return in, err
	}
	if in.door, err = in.app.begin(ctx); err != nil {
		return in, errors.Join(err, in.app.close())
	}
	in.close = func() error { return errors.Join(in.app.close(), t.close(), c.drop(name)) }
	return in, nil
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
func (c scratch) database(ctx context.Context, name string) (string, error) {
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

func (c scratch) drop(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return c.admin(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
}

func (c scratch) admin(ctx context.Context, statement string) error {
	db, err := sql.Open("postgres", c.Database)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statement)
	return errors.Join(err, db.Close())
}
