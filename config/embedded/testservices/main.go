// Command testservices runs another command with a private PostgreSQL and
// Temporal server at its side, and ends them with it:
//
//	go run ./config/embedded/testservices -- go test ./...
//
// With -prepare it only installs and builds what the services need.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"lizheng/config/embedded"
	"lizheng/config/embedded/embeddedtest"
)

func main() {
	prepare := flag.Bool("prepare", false, "only install and build what is missing")
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	err := run(ctx, *prepare, flag.Args())
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		os.Exit(exit.ExitCode()) // the command has said what went wrong
	case err != nil:
		fmt.Fprintln(os.Stderr, "testservices:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, prepare bool, command []string) error {
	o := embedded.Options{
		Log:      slog.New(slog.NewTextHandler(io.Discard, nil)),
		Progress: os.Stderr,
	}
	if prepare {
		return embedded.Prepare(ctx, o)
	}
	if len(command) == 0 {
		return errors.New("no command was given; for example: testservices -- go test ./civic")
	}
	dir, err := embeddedtest.Folder()
	if err != nil {
		return err
	}
	o.DataDir = filepath.Join(dir, "data")
	services, err := embedded.Start(ctx, o)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	err = execute(ctx, services, command)
	if lost := services.Err(); lost != nil {
		err = errors.Join(err, fmt.Errorf("%w (kept for a look)", lost))
		return errors.Join(err, services.Kill())
	}
	return errors.Join(err, services.Kill(), os.RemoveAll(dir))
}

// grace is how long an interrupted command may take to end by itself.
const grace = 10 * time.Second

func execute(ctx context.Context, services *embedded.Services, command []string) error {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(),
		embeddedtest.PostgresVariable+"="+services.SuperuserURL,
		embeddedtest.TemporalVariable+"="+services.TemporalAddress)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	return cmd.Run()
}
