package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Namespace is where the procedures run.
const Namespace = "lizheng"

// Temporal is one private Temporal server, all its services in one process.
type Temporal struct {
	daemon
	options  Options
	postgres *Postgres
	programs string
	dir      string
	ports    ports
}

// StartTemporal starts the Temporal server alone on a running PostgreSQL and
// returns when the namespace takes work. The first start builds the server
// and its tables; later ones take about a second.
func StartTemporal(ctx context.Context, pg *Postgres, o Options) (*Temporal, error) {
	programs, err := BuildTemporal(ctx, o)
	if err != nil {
		return nil, err
	}
	t := &Temporal{
		daemon:   newDaemon("the Temporal server", pg.folder.log("temporal")),
		options:  o,
		postgres: pg,
		programs: programs,
		dir:      filepath.Join(pg.folder.path, "temporal"),
	}
	if err := os.MkdirAll(t.dir, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be written: %w", t.dir, cause(err))
	}
	if err := endProcesses(ctx, t.dir, serverProgram, nil); err != nil {
		return nil, err
	}
	if t.ports, err = choosePorts(filepath.Join(t.dir, "ports.json"), o.TemporalPort); err != nil {
		return nil, err
	}
	if err := t.prepareSchemas(ctx); err != nil {
		return nil, err
	}
	if err := t.start(ctx); err != nil {
		return nil, err
	}
	return t, nil
}

// startLimit is longer than any healthy start, on a busy machine too.
const startLimit = 2 * time.Minute

func (t *Temporal) start(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	config, err := t.writeConfig()
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(t.programs, serverProgram), "--config-file", config, "--allow-no-auth", "start") //nolint:noctx // it outlives ctx, which is about starting
	cmd.Dir = t.dir
	cmd.Env = []string{"TZ=UTC", "HOME=" + t.dir} // nothing of the caller's TEMPORAL_* settings
	before := logEnd(t.logPath)
	// Without warning: the server is built for it, and nobody is left to wait.
	c, err := spawn(cmd, t.logPath, syscall.SIGKILL)
	if err != nil {
		return fmt.Errorf("the Temporal server could not be started: %w", cause(err))
	}
	if err := awaitOrEnd(ctx, c, func(ctx context.Context) error {
		return ProvideNamespace(ctx, t.Address(), Namespace)
	}); err != nil {
		return errors.Join(explain(err, "the Temporal server", t.logPath, before), c.kill())
	}
	t.adopt(c)
	t.options.logger().Info("temporal started", "pid", c.cmd.Process.Pid, "address", t.Address())
	return nil
}

// awaitOrEnd runs wait, and gives up as soon as the child ends.
func awaitOrEnd(ctx context.Context, c *child, wait func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-c.ended:
			cancel(errEnded)
		case <-ctx.Done():
		}
	}()
	err := wait(ctx)
	if err != nil && errors.Is(context.Cause(ctx), errEnded) {
		return errEnded
	}
	return err
}

// Address is the front end's, the same after every restart.
func (t *Temporal) Address() string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(t.ports.Frontend.RPC))
}

// Stop ends the server in an orderly way, or by force when ctx ends first.
func (t *Temporal) Stop(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.stop(ctx, syscall.SIGTERM)
}

// Kill ends the server without warning, as a power cut would.
func (t *Temporal) Kill() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kill()
}

// Restart brings the server back on the same address. One that still runs is
// killed first.
func (t *Temporal) Restart(ctx context.Context) error {
	if err := t.Kill(); err != nil {
		return err
	}
	return t.start(ctx)
}
