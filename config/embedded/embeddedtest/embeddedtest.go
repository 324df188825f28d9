// Package embeddedtest gives tests the real services.
//
// "make test" starts one PostgreSQL and one Temporal server for all packages
// and names them in the environment. Without that, the first test of a
// process that asks starts its own, and they end with the process.
package embeddedtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lizheng/config/embedded"
)

// The environment variables by which running services are announced.
const (
	PostgresVariable = "LIZHENG_TEST_POSTGRES" // a superuser's URL
	TemporalVariable = "LIZHENG_TEST_TEMPORAL" // the front end's address
)

// Postgres returns a superuser's URL of a PostgreSQL that is only for tests:
// durable as long as nobody pulls the plug, and in nobody's way. The roles
// and databases of the embedded mode exist in it.
func Postgres(tb testing.TB) string {
	tb.Helper()
	if url := os.Getenv(PostgresVariable); url != "" {
		return url
	}
	pg, err := own.startPostgres()
	if err != nil {
		tb.Fatal(err)
	}
	return pg.SuperuserURL()
}

// Temporal returns the address of a real Temporal server and a namespace that
// no other test uses, ready for work.
func Temporal(tb testing.TB) (address, namespace string) {
	tb.Helper()
	address = os.Getenv(TemporalVariable)
	if address == "" {
		temporal, err := own.startTemporal()
		if err != nil {
			tb.Fatal(err)
		}
		address = temporal.Address()
	}
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	namespace = "test-" + strings.ToLower(rand.Text())
	if err := embedded.ProvideNamespace(ctx, address, namespace); err != nil {
		tb.Fatalf("make the namespace %s: %v", namespace, err)
	}
	return address, namespace
}

// Main runs a package's tests and then ends the services they started. A
// package without it leaves that to the kernel and to the next Main.
func Main(m *testing.M) {
	code := m.Run()
	if err := own.stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// own are the services of this process.
var own services

type services struct {
	mu       sync.Mutex
	dir      string
	postgres *embedded.Postgres
	temporal *embedded.Temporal
}

func (s *services) options() embedded.Options {
	return embedded.Options{
		DataDir:  filepath.Join(s.dir, "data"),
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
		Progress: os.Stderr,
	}
}

func (s *services) startPostgres() (*embedded.Postgres, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ensurePostgres()
}

func (s *services) ensurePostgres() (*embedded.Postgres, error) {
	if s.postgres != nil {
		return s.postgres, nil
	}
	clearLeftovers()
	dir, err := Folder()
	if err != nil {
		return nil, err
	}
	s.dir = dir
	s.postgres, err = embedded.StartPostgres(context.Background(), s.options())
	return s.postgres, err
}

func (s *services) startTemporal() (*embedded.Temporal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.temporal != nil {
		return s.temporal, nil
	}
	pg, err := s.ensurePostgres()
	if err != nil {
		return nil, err
	}
	s.temporal, err = embedded.StartTemporal(context.Background(), pg, s.options())
	return s.temporal, err
}

func (s *services) stop() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Killed: nothing in them is worth an orderly end.
	if s.temporal != nil {
		if err := s.temporal.Kill(); err != nil {
			return err
		}
	}
	if s.postgres != nil {
		if err := s.postgres.Kill(); err != nil {
			return err
		}
	}
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}

const prefix = "lizheng-test-"

// Folder makes a temporary folder that the database user can enter, which
// those of the testing package are not.
func Folder() (string, error) {
	dir, err := os.MkdirTemp("", prefix)
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711)
}

// old is the age at which a folder without a live owner is nobody's.
const old = time.Hour

// clearLeftovers removes the folders of test processes that were killed. It
// is a courtesy: what cannot be removed is left for the next.
func clearLeftovers() {
	dirs, err := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		info, err := os.Stat(dir)
		if err != nil || time.Since(info.ModTime()) < old || held(dir) {
			continue
		}
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, "clear a left-over test folder:", err)
		}
	}
}

// held says whether a living process uses the data folder in dir.
func held(dir string) bool {
	lock, err := os.Open(filepath.Join(dir, "data", "lock"))
	if err != nil {
		return false
	}
	defer lock.Close()
	return syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil
}
