package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"lizheng/config"
	"lizheng/config/embedded"
)

// runCommand starts everything on this machine.
type runCommand struct {
	Data   string `name:"data" env:"LIZHENG_DATA" help:"Folder for everything that must survive (default: a folder of this user, or /var/lib/lizheng for root)." placeholder:"DIR"`
	Listen string `name:"listen" env:"LIZHENG_LISTEN" help:"Address of the API and the web; loopback only." default:"127.0.0.1:8080"`
	Log    string `name:"log-level" env:"LIZHENG_LOG_LEVEL" help:"debug, info, warn or error." default:"warn" enum:"debug,info,warn,error"`
	Traces string `name:"traces" env:"OTEL_EXPORTER_OTLP_ENDPOINT" help:"OTLP/HTTP collector for traces; none by default." placeholder:"URL"`
}

// Run starts a private PostgreSQL and Temporal, migrates, loads the Changzhou profile with sample people, and serves.
func (c runCommand) Run(ctx context.Context, s streams) error {
	if err := loopback(c.Listen); err != nil {
		return err
	}
	if c.Data == "" {
		c.Data = embedded.DefaultDataDir()
	}
	if err := free(ctx, c.Listen); err != nil {
		return err
	}
	t, err := watch(ctx, config.Watching{LogLevel: c.Log, Traces: c.Traces}, "run", s.err)
	if err != nil {
		return err
	}
	defer t.close()
	began := time.Now()
	services, err := embedded.Start(ctx, embedded.Options{DataDir: c.Data, Durable: true, Log: t.log, Progress: s.err})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		<-services.Done()
		cancel(services.Err())
	}()
	err = c.city(ctx, services, t, func(a net.Addr) { c.welcome(s, a, time.Since(began)) })
	stopping, done := context.WithTimeout(context.Background(), drain)
	defer done()
	return errors.Join(err, lost(ctx), services.Stop(stopping))
}

// lost is why a run ended by itself, nil when somebody stopped it.
func lost(ctx context.Context) error {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// city brings the sample city up on the private services and serves it until ctx ends.
func (c runCommand) city(ctx context.Context, services *embedded.Services, t *telemetry, ready func(net.Addr)) error {
	if err := migrate(ctx, services.AdminURL, quiet()); err != nil {
		return err
	}
	if err := loadProfile(ctx, services.AdminURL, true); err != nil {
		return err
	}
	key, err := signingKey(filepath.Join(c.Data, "signing-key"))
	if err != nil {
		return err
	}
	if err := writeEnv(c.Data, services); err != nil {
		return err
	}
	a, err := open(ctx, config.Settings{
		Database: config.Database{URL: services.DatabaseURL, Connections: 24},
		Engine:   config.Engine{Address: services.TemporalAddress, Namespace: services.TemporalNamespace},
		Secrets:  config.Secrets{SigningKey: key},
		Door:     config.Door{Listen: c.Listen, Files: filepath.Join(c.Data, "files")},
		Watching: config.Watching{LogLevel: c.Log},
	}, t)
	if err != nil {
		return err
	}
	defer a.close()
	go a.follow(ctx)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	worked := make(chan error, 1)
	go func() { worked <- a.work(ctx, filepath.Join(c.Data, "checkpoints.jsonl")) }()
	served := a.serve(ctx, ready)
	cancel()
	return errors.Join(served, <-worked)
}

func (c runCommand) welcome(s streams, a net.Addr, took time.Duration) {
	fmt.Fprintf(s.out, `
里正 Lizheng is ready at http://%[1]s (after %[2]s)

  Sign in as one of the sample people, password %[3]q:
    wang.fang        department official, human resources     市人社局经办人
    chen.jing        leading-group office, clerk              领导小组办公室经办人
    xu.jian          leading-group office, director           领导小组办公室主任
    qian.wei         finance                                  财政审核人
    liang.zhiyuan    leading-group chair                      领导小组组长
  API: http://%[1]s/api/docs        Data: %[4]s
  Ctrl-C stops everything; the data stays.
`, a, took.Round(100*time.Millisecond), samplePassword, c.Data)
}

// loopback refuses to show sample people to a network.
func loopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("--listen %q is not an address like 127.0.0.1:8080", address)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("lizheng run has sample people and listens on this machine only: --listen %s is refused (use serve for real)", address)
}

// free refuses early when another program has the port: starting everything first would only waste time.
func free(ctx context.Context, address string) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("%s is in use or not allowed: %w (choose another with --listen)", address, err)
	}
	return l.Close()
}

// writeEnv leaves the addresses of the private services in the data folder, so that other commands find them:
// set -a; . DATA/env; set +a; lizheng fsck.
func writeEnv(data string, s *embedded.Services) error {
	lines := fmt.Sprintf("DATABASE_URL=%q\nLIZHENG_MIGRATE_URL=%q\nTEMPORAL_ADDRESS=%q\nTEMPORAL_NAMESPACE=%q\nLIZHENG_SIGNING_KEY_FILE=%q\nLIZHENG_CHECKPOINTS=%q\n",
		s.DatabaseURL, s.AdminURL, s.TemporalAddress, s.TemporalNamespace, filepath.Join(data, "signing-key"), filepath.Join(data, "checkpoints.jsonl"))
	if err := os.WriteFile(filepath.Join(data, "env"), []byte(lines), 0o600); err != nil {
		return fmt.Errorf("note the addresses: %w", err)
	}
	return nil
}

// signingKey reads the installation's own key, and makes one the first time.
func signingKey(file string) (string, error) {
	b, err := os.ReadFile(file)
	if err == nil {
		return string(b), nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("read the signing key: %w", err)
	}
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return "", fmt.Errorf("make a signing key: %w", err)
	}
	key := hex.EncodeToString(fresh)
	if err := os.WriteFile(file, []byte(key), 0o600); err != nil {
		return "", fmt.Errorf("keep the signing key: %w", err)
	}
	return key, nil
}
