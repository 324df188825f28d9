package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// TemporalVersion is the version of the Temporal server that tools/temporal
// pins and this package was tried with.
const TemporalVersion = "1.32.1"

// The programs of the Temporal server and the packages they are built from.
const (
	serverProgram = "temporal-server"
	schemaProgram = "temporal-sql-tool"
)

var temporalPackages = map[string]string{
	serverProgram: "go.temporal.io/server/cmd/server",
	schemaProgram: "go.temporal.io/server/cmd/tools/sql",
}

// BuildTemporal returns the folder of the Temporal programs, building them
// first when they are missing. Several processes may ask at once: one builds,
// the others wait. A build that is killed leaves nothing behind that counts.
func BuildTemporal(ctx context.Context, o Options) (string, error) {
	cache, err := o.cacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "temporal-"+TemporalVersion)
	if built(dir) {
		return dir, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", fmt.Errorf("the cache folder %s cannot be made: %w", cache, cause(err))
	}
	release, err := hold(ctx, dir+".lock")
	if err != nil {
		return "", err
	}
	defer release()
	if built(dir) {
		return dir, nil // by whoever held the lock
	}
	source, err := o.sourceDir()
	if err != nil {
		return "", err
	}
	return dir, buildInto(ctx, o, source, dir)
}

func (o Options) cacheDir() (string, error) {
	if o.CacheDir != "" {
		return filepath.Abs(o.CacheDir)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no cache folder to build the Temporal server in: %w", err)
	}
	return filepath.Join(cache, "lizheng"), nil
}

func built(dir string) bool {
	for program := range temporalPackages {
		if _, err := exec.LookPath(filepath.Join(dir, program)); err != nil {
			return false
		}
	}
	return true
}

// hold takes a lock between processes, which vanishes with its holder.
func hold(ctx context.Context, path string) (release func(), err error) {
	lock, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the cache folder cannot be written: %w", err)
	}
	err = until(ctx, func() (bool, error) {
		err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return false, nil
		}
		return err == nil, err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("wait for another build: %w", err), lock.Close())
	}
	return func() { lock.Close() }, nil
}

// sourceDir is the module that pins the server: as told, or found from the
// working folder or from this program's own file upwards.
func (o Options) sourceDir() (string, error) {
	if o.SourceDir != "" {
		return filepath.Abs(o.SourceDir)
	}
	var starts []string
	if dir, err := os.Getwd(); err == nil {
		starts = append(starts, dir)
	}
	if exe, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(exe))
	}
	for _, dir := range starts {
		for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			candidate := filepath.Join(dir, "tools", "temporal")
			if _, err := os.Stat(filepath.Join(candidate, "go.mod")); err == nil {
				return candidate, nil
			}
		}
	}
	return "", errors.New("the Temporal server is not built and its sources are not here: run \"make setup\" in a checkout of lizheng once")
}

func buildInto(ctx context.Context, o Options, source, dir string) error {
	goProgram, err := exec.LookPath("go")
	if err != nil {
		return errors.New("the Temporal server is not built and Go is not installed: install Go 1.26 or newer, or run \"make setup\" where it is")
	}
	o.progress("Building the Temporal server %s (3 to 8 minutes, once) …", TemporalVersion)
	// Under the lock, whatever else is unfinished belongs to a killed build.
	if err := removeMatching(dir + ".build-*"); err != nil {
		return fmt.Errorf("clear an unfinished build: %w", err)
	}
	unfinished, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+".build-*")
	if err != nil {
		return fmt.Errorf("the cache folder cannot be written: %w", err)
	}
	defer os.RemoveAll(unfinished)
	defer o.tellTime("Temporal server")()
	for program, pkg := range temporalPackages {
		cmd := exec.CommandContext(ctx, goProgram, "build", "-C", source,
			"-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", filepath.Join(unfinished, program), pkg)
		cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("the Temporal server could not be built: %s (%w)", lastLine(out), err)
		}
	}
	if err := os.Chmod(unfinished, 0o755); err != nil {
		return fmt.Errorf("finish the build of the Temporal server: %w", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("clear an incomplete build: %w", err)
	}
	return os.Rename(unfinished, dir)
}

func removeMatching(pattern string) error {
	found, err := filepath.Glob(pattern)
	if err != nil {
		return err
	}
	for _, path := range found {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// tellTime reports now and then that work goes on, until it is stopped.
func (o Options) tellTime(what string) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	start := time.Now()
	go func() {
		ticker := time.NewTicker(20 * time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				o.progress("  … still building the %s, %d s so far", what, int(time.Since(start).Seconds()))
			}
		}
	}()
	return cancel
}
