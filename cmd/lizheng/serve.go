package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"go.temporal.io/sdk/interceptor"

	"lizheng/activities"
	"lizheng/config"
	"lizheng/worker"
)

// serveCommand serves the API and the web against services that run elsewhere.
type serveCommand struct {
	config.Settings
	Migrate    string `name:"migrate-url" env:"LIZHENG_MIGRATE_URL" help:"Migrate first, as the owner that this address names." placeholder:"URL"`
	SampleCity bool   `name:"sample-city" env:"LIZHENG_SAMPLE_CITY" help:"Serve a sample city, whose people have a known password, on the loopback interface; for proofs."`
}

// Run serves until told to stop.
func (c serveCommand) Run(ctx context.Context, s streams) error {
	t, err := watch(ctx, c.Watching, "serve", s.err)
	if err != nil {
		return err
	}
	defer t.close()
	if c.Migrate != "" {
		if err := migrate(ctx, c.Migrate, t.log); err != nil {
			return err
		}
	}
	a, err := open(ctx, c.Settings, t)
	if err != nil {
		return err
	}
	defer a.close()
	if err := c.fit(ctx, a); err != nil {
		return err
	}
	go a.follow(ctx)
	return a.serve(ctx, nil)
}

// fit refuses a sample city, unless it was asked for and nobody else can reach it.
func (c serveCommand) fit(ctx context.Context, a *app) error {
	if c.SampleCity {
		return loopback(c.Listen)
	}
	return a.store.Unfit(ctx)
}

// workerCommand carries the procedures.
type workerCommand struct {
	config.Settings
	Checkpoints string `name:"checkpoints" env:"LIZHENG_CHECKPOINTS" help:"File outside the database that signed heads of the audit chains are appended to." placeholder:"FILE"`
}

// Run works until told to stop.
func (c workerCommand) Run(ctx context.Context, s streams) error {
	t, err := watch(ctx, c.Watching, "worker", s.err)
	if err != nil {
		return err
	}
	defer t.close()
	a, err := open(ctx, c.Settings, t)
	if err != nil {
		return err
	}
	defer a.close()
	if c.Metrics != "" {
		go a.metricsOnly(ctx)
	}
	return a.work(ctx, c.Checkpoints)
}

// work carries procedures and upkeep until ctx ends, then finishes what is under way.
func (a *app) work(ctx context.Context, checkpoints string) error {
	var with []interceptor.WorkerInterceptor
	if a.tracing != nil {
		with = append(with, a.tracing)
	}
	if err := a.reachable(ctx); err != nil {
		return err
	}
	w := worker.New(a.temporal, &activities.Activities{Record: a.store}, with...)
	if err := w.Start(); err != nil {
		return fmt.Errorf("start the worker: %w", err)
	}
	a.upkeep(ctx, checkpoints)
	<-ctx.Done()
	w.Stop()
	return nil
}

// reachable waits until Temporal answers: a worker may be started before it.
func (a *app) reachable(ctx context.Context) error {
	for {
		err := a.store.Ping(ctx)
		if err == nil {
			_, err = a.temporal.CheckHealth(ctx, nil)
		}
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		a.log.Warn("waiting for Temporal", "err", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (a *app) metricsOnly(ctx context.Context) {
	mux := http.NewServeMux()
	mux.Handle("/metrics", a.handler())
	if err := listen(ctx, a.settings.Metrics, mux, func() {}, nil); err != nil {
		a.log.Error("metrics", "err", err)
	}
}

// listen serves h on an address until ctx ends; then it stops accepting, lets end close the open streams, and drains.
func listen(ctx context.Context, address string, h http.Handler, end func(), ready func(net.Addr)) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("listen on %s (is another program using it?): %w", address, err)
	}
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 60 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10,
	}
	server.RegisterOnShutdown(end) // open event streams would hold the shutdown up
	if ready != nil {
		ready(l.Addr())
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve on %s: %w", address, err)
	case <-ctx.Done():
	}
	draining, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	return errors.Join(server.Shutdown(draining), ignoreClosed(<-failed))
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
