package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"time"

	"go.opentelemetry.io/otel"

	"lizheng/api"
	"lizheng/postgres"
	"lizheng/web"
	"lizheng/workflows"
)

// serve opens the API and the web until ctx ends.
func (a *app) serve(ctx context.Context, ready func(net.Addr)) error {
	streams, end := context.WithCancel(context.Background())
	defer end()
	o := api.Options{
		Desk: a.desk, Web: web.Dist(), Live: changes{a}, Engine: a.view, Ready: a.fit, Metrics: a.handler(), Observe: a.observe, Log: a.log, Now: a.store.Now,
		Closing: streams, TrustedProxies: a.settings.TrustedProxies, Secure: strings.HasPrefix(a.settings.PublicURL, "https:"),
	}
	for _, p := range a.settings.TrustedProxies {
		if network, err := netip.ParsePrefix(p); err == nil {
			o.MetricsFrom = append(o.MetricsFrom, network)
		}
	}
	if a.tracing != nil {
		o.Traces = otel.GetTracerProvider()
	}
	if a.settings.Files != "" {
		files, err := api.OpenStore(a.settings.Files)
		if err != nil {
			return err
		}
		defer files.Close()
		o.Files = files
	}
	handler, err := api.New(o)
	if err != nil {
		return fmt.Errorf("open the door: %w", err)
	}
	return listen(ctx, a.settings.Listen, handler, end, ready)
}

// fit reports whether this process can do its work: database, schema and engine.
func (a *app) fit(ctx context.Context) error {
	_, engine := a.temporal.CheckHealth(ctx, nil)
	return errors.Join(a.store.Ping(ctx), engine)
}

// view is how the workflow engine sees a case.
func (a *app) view(ctx context.Context, caseID string) (api.EngineView, error) {
	procedure, err := a.store.ProcedureOf(ctx, caseID)
	if err != nil {
		return api.EngineView{}, err
	}
	v, err := a.engine.View(ctx, procedure, caseID)
	if err != nil {
		return api.EngineView{}, err
	}
	return api.EngineView{Workflow: workflows.ID(procedure, caseID), Run: v.Run, Status: v.Status, TaskQueue: v.TaskQueue,
		HistoryLength: v.History, Pending: v.Pending, Attempt: v.Attempt, StartedAt: v.StartedAt, ClosedAt: v.ClosedAt}, nil
}

// observe counts and times every request that was answered.
func (a *app) observe(method, route string, status int, took time.Duration) {
	a.requests.WithLabelValues(method, route, fmt.Sprint(status)).Observe(took.Seconds())
}

// changes tells open streams what the record says has changed.
type changes struct{ *app }

// Changes listens until ctx ends.
func (c changes) Changes(ctx context.Context) <-chan api.Change {
	out := make(chan api.Change, 16)
	go func() {
		defer close(out)
		err := postgres.Listen(ctx, c.settings.Database.URL, "changes", func(persons string) {
			select {
			case out <- api.Change{Persons: strings.Fields(persons)}:
			case <-ctx.Done():
			}
		})
		if err != nil && ctx.Err() == nil {
			c.log.Error("listening for changes ended", "err", err)
		}
	}()
	return out
}
