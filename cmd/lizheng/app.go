package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	sdklog "go.temporal.io/sdk/log"

	"lizheng/civic"
	"lizheng/config"
	"lizheng/policies"
	"lizheng/postgres"
	"lizheng/workflows"
)

// app is what every long-running command shares: the record, the engine, the policies, the desk.
type app struct {
	settings config.Settings
	*telemetry
	store    *postgres.Store
	temporal client.Client
	engine   *workflows.Client
	policies *policies.Policies
	desk     *civic.Desk
}

// open connects to everything. It refuses a database that is behind or ahead of this binary.
func open(ctx context.Context, s config.Settings, t *telemetry) (*app, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	key, err := s.Secrets.Key()
	if err != nil {
		return nil, err
	}
	if err := postgres.CheckSchema(ctx, s.Database.URL, quiet()); err != nil {
		return nil, err
	}
	a := &app{settings: s, telemetry: t}
	if a.store, err = postgres.Open(ctx, s.Database.URL, key, s.Database.Connections); err != nil {
		return nil, err
	}
	if a.temporal, err = dial(s.Engine, t); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	a.engine = workflows.NewClient(a.temporal)
	if a.policies, err = policies.New(ctx, a.store, policies.Options{City: a.store.Now, FailedFunc: a.report("reload the policies")}); err != nil {
		return nil, errors.Join(fmt.Errorf("load the policies: %w", err), a.close())
	}
	a.desk = &civic.Desk{Policy: a.policies, Engine: a.engine, Record: a.store, Key: key}
	return a, nil
}

func (a *app) close() error {
	a.temporal.Close()
	return a.store.Close()
}

// quiet is for steps whose success nobody needs to read about.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// dial connects to Temporal. It does not wait for it: while Temporal is away reads go on and acts are refused as unavailable.
func dial(e config.Engine, t *telemetry) (client.Client, error) {
	o := client.Options{HostPort: e.Address, Namespace: e.Namespace, Logger: sdklog.NewStructuredLogger(t.log), MetricsHandler: t.metrics}
	o.ConnectionOptions.GrpcCompression = &client.GrpcCompressionNone{} // the engine is near: packing small messages costs more than sending them
	if t.tracing != nil {
		o.Interceptors = []interceptor.ClientInterceptor{t.tracing}
	}
	if e.TLSCA != "" || e.TLSCert != "" {
		c, err := mutualTLS(e)
		if err != nil {
			return nil, err
		}
		o.ConnectionOptions.TLS = c
	}
	c, err := client.NewLazyClient(o)
	if err != nil {
		return nil, fmt.Errorf("set up the Temporal client: %w", err)
	}
	return c, nil
}

func mutualTLS(e config.Engine) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if e.TLSCA != "" {
		pem, err := os.ReadFile(e.TLSCA)
		if err != nil {
			return nil, fmt.Errorf("read TEMPORAL_TLS_SERVER_CA_CERT_PATH: %w", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("TEMPORAL_TLS_SERVER_CA_CERT_PATH holds no certificate")
		}
	}
	if e.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(e.TLSCert, e.TLSKey)
		if err != nil {
			return nil, fmt.Errorf("read the Temporal client certificate: %w", err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// clockEvery is how often a process looks whether the record's clock was moved.
const clockEvery = 500 * time.Millisecond

// follow keeps the policies in step with the grants, and this process with the record's clock, until ctx ends.
func (a *app) follow(ctx context.Context) {
	go every(ctx, clockEvery, func() error { return a.store.ReadClock(ctx) }, a.report("look at the clock"))
	changed := make(chan struct{}, 1)
	go a.policies.Run(ctx, changed)
	err := postgres.Listen(ctx, a.settings.Database.URL, "grants", func(string) {
		select {
		case changed <- struct{}{}:
		default: // one reload is already due
		}
	})
	if err != nil && ctx.Err() == nil { // the reload each minute goes on
		a.log.Error("listening for changed grants ended", "err", err)
	}
}

// drain is how long a process that was told to stop finishes what it has begun.
const drain = 25 * time.Second
