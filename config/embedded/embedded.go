// Package embedded runs a private PostgreSQL and a private Temporal server
// as children of this process, for development, tests and an office of one
// machine. Both are the real programs: what holds here holds in production.
//
// Everything lives in one data folder. PostgreSQL listens on a unix socket
// only, Temporal on the loopback interface only. Either child may be killed
// at any instant and started again on the same address.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// Options say where the private services live and how safe they must be.
// Only DataDir is required.
type Options struct {
	DataDir   string // everything that must survive a restart
	CacheDir  string // built programs; "" is the user's cache folder
	SourceDir string // the module that pins the Temporal server; "" looks for tools/temporal

	// Durable keeps every commit through a power cut. Without it the services
	// start and run faster, and the data folder is only fit for tests.
	Durable bool

	PostgresPort int // names the socket; 0 is 5432. There is no TCP port
	TemporalPort int // loopback port of the Temporal front end; 0 chooses once and keeps it

	Log      *slog.Logger // what happened, for the operator; nil is slog.Default
	Progress io.Writer    // what takes long, for the person waiting; nil is silence
}

// DefaultDataDir is where data goes when nobody said otherwise. Root gets a
// folder outside its home, which the unprivileged database user cannot enter.
func DefaultDataDir() string {
	if os.Geteuid() == 0 {
		return "/var/lib/lizheng"
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "lizheng")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return filepath.Join(os.TempDir(), fmt.Sprintf("lizheng-%d", os.Geteuid()))
	}
	return filepath.Join(home, ".local", "share", "lizheng")
}

// Services are both running children and the addresses to reach them.
type Services struct {
	AdminURL     string // database lizheng as its owner: migrations
	DatabaseURL  string // database lizheng as lizheng_app: the service itself
	SuperuserURL string // database postgres as its superuser: tests and repairs

	TemporalAddress   string
	TemporalNamespace string

	Postgres *Postgres
	Temporal *Temporal

	stopped context.CancelFunc
	done    chan struct{}
	err     error
}

// Start brings both services up and returns when they answer. It builds or
// installs what is missing, says so on Progress, and may be cancelled. After
// an error nothing is left running; the error is one sentence for a person.
func Start(ctx context.Context, o Options) (*Services, error) {
	pg, err := StartPostgres(ctx, o)
	if err != nil {
		return nil, err
	}
	temporal, err := StartTemporal(ctx, pg, o)
	if err != nil {
		return nil, errors.Join(err, stopWithin(pg.Stop))
	}
	s := &Services{
		AdminURL:          pg.AdminURL(),
		DatabaseURL:       pg.DatabaseURL(),
		SuperuserURL:      pg.SuperuserURL(),
		TemporalAddress:   temporal.Address(),
		TemporalNamespace: Namespace,
		Postgres:          pg,
		Temporal:          temporal,
		done:              make(chan struct{}),
	}
	watching, stopped := context.WithCancel(context.Background())
	s.stopped = stopped
	go s.watch(watching)
	return s, nil
}

func (s *Services) watch(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-s.Postgres.Done():
		s.err = s.Postgres.Err()
	case <-s.Temporal.Done():
		s.err = s.Temporal.Err()
	}
	close(s.done)
}

// Done is closed when a child ends that nobody stopped through this package.
func (s *Services) Done() <-chan struct{} { return s.done }

// Err says which child was lost and why, once Done is closed.
func (s *Services) Err() error {
	select {
	case <-s.done:
		return s.err
	default:
		return nil
	}
}

// Stop ends Temporal, then PostgreSQL, each in an orderly way until ctx ends
// and by force after that. The data stays. A second call does nothing.
func (s *Services) Stop(ctx context.Context) error {
	s.stopped()
	return errors.Join(s.Temporal.Stop(ctx), s.Postgres.Stop(ctx))
}

// Kill ends both without warning, for those who do not need the data again.
func (s *Services) Kill() error {
	s.stopped()
	return errors.Join(s.Temporal.Kill(), s.Postgres.Kill(), s.Postgres.letGo())
}

// Prepare installs and builds what Start would need, without starting it.
func Prepare(ctx context.Context, o Options) error {
	if _, err := providePrograms(ctx, o, 0); err != nil {
		return err
	}
	_, err := BuildTemporal(ctx, o)
	return err
}

// stopWithin ends a child for which no context is left to ask for patience.
func stopWithin(stop func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return stop(ctx)
}

func (o Options) logger() *slog.Logger {
	if o.Log == nil {
		return slog.Default()
	}
	return o.Log
}

func (o Options) progress(format string, args ...any) {
	if o.Progress != nil {
		fmt.Fprintf(o.Progress, format+"\n", args...)
	}
}
