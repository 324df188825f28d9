package embedded

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// The roles and databases of the private cluster. Who may connect is settled
// by the folder of the socket, so none has a password.
const (
	superuser        = "postgres"
	ownerRole        = "lizheng_owner" // owns the schema, runs migrations
	appRole          = "lizheng_app"   // the service: only what migrations grant
	temporalRole     = "temporal"
	database         = "lizheng"
	temporalDatabase = "temporal"
	visibility       = "temporal_visibility"
)

// Postgres is one private PostgreSQL: one data folder, one socket.
type Postgres struct {
	daemon
	options  Options
	folder   *folder
	programs programs
	account  account
	socket   string // folder of the socket
	port     int    // names the socket
}

// StartPostgres starts PostgreSQL alone, making its cluster the first time,
// and returns when it accepts connections. A server left over from a killed
// parent is ended first.
func StartPostgres(ctx context.Context, o Options) (*Postgres, error) {
	f, err := openFolder(o.DataDir)
	if err != nil {
		return nil, err
	}
	p := &Postgres{
		daemon:  newDaemon("PostgreSQL", f.log("postgres")),
		options: o,
		folder:  f,
		socket:  f.socketDir(),
		port:    5432,
	}
	if o.PostgresPort != 0 {
		p.port = o.PostgresPort
	}
	if err := p.prepare(ctx); err != nil {
		return nil, errors.Join(err, f.close())
	}
	if err := p.start(ctx); err != nil {
		return nil, errors.Join(err, f.close())
	}
	return p, nil
}

// prepare makes everything the server needs before it can run.
func (p *Postgres) prepare(ctx context.Context) error {
	major, err := clusterMajor(p.cluster())
	if err != nil {
		return err
	}
	if p.programs, err = providePrograms(ctx, p.options, major); err != nil {
		return err
	}
	if p.account, err = databaseAccount(); err != nil {
		return err
	}
	if err := p.reachable(ctx); err != nil {
		return err
	}
	if err := privateDir(p.socket, p.account); err != nil {
		return err
	}
	if major != 0 {
		return nil
	}
	return p.initialise(ctx)
}

// start runs the server on an existing cluster. The caller holds no lock.
func (p *Postgres) start(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.endOrphans(ctx); err != nil {
		return err
	}
	cmd := exec.Command(p.programs.path("postgres"), p.settings()...) //nolint:noctx // it outlives ctx, which is about starting
	cmd.Dir = p.cluster()
	cmd.Env = []string{"LC_ALL=C.UTF-8", "TZ=UTC"}
	cmd.SysProcAttr = p.account.attributes()
	before := logEnd(p.logPath)
	// Fast shutdown: when this process dies, so do its clients.
	c, err := spawn(cmd, p.logPath, syscall.SIGINT)
	if err != nil {
		return fmt.Errorf("PostgreSQL could not be started: %w", cause(err))
	}
	if err := p.awaitReady(ctx, c); err != nil {
		return errors.Join(explain(err, "PostgreSQL", p.logPath, before), c.kill())
	}
	if err := p.bootstrap(ctx); err != nil {
		return errors.Join(err, c.kill())
	}
	p.adopt(c)
	p.options.logger().Info("postgres started", "pid", c.cmd.Process.Pid, "socket", p.socket, "version", p.programs.major)
	return nil
}

func (p *Postgres) cluster() string { return filepath.Join(p.folder.path, "postgres") }

// settings are the server's whole configuration, so that a data folder holds
// data only and a new binary brings its own settings along.
func (p *Postgres) settings() []string {
	set := []string{
		"listen_addresses=", // the socket is the only door
		"unix_socket_directories=" + p.socket,
		"unix_socket_permissions=0700",
		"port=" + strconv.Itoa(p.port),
		"max_connections=200", // Temporal keeps about 100, each lizheng process 20
		"shared_buffers=256MB",
		"max_wal_size=2GB",
		"timezone=UTC",
		"log_timezone=UTC",
		"log_line_prefix=%m [%p] %q%u@%d ",
		"log_min_messages=warning",
		"log_checkpoints=off",
		"logging_collector=off", // the log is this process's own file
	}
	if !p.options.Durable {
		set = append(set,
			"fsync=off", "full_page_writes=off", "synchronous_commit=off",
			"max_connections=500", // test packages run side by side
		)
	}
	args := []string{"-D", p.cluster()}
	for _, s := range set {
		args = append(args, "-c", s)
	}
	return args
}

// awaitReady follows the status the server itself writes into its pid file,
// as pg_ctl does. Recovery after a crash takes as long as it takes.
func (p *Postgres) awaitReady(ctx context.Context, c *child) error {
	file := filepath.Join(p.cluster(), "postmaster.pid")
	return until(ctx, func() (bool, error) {
		if !c.running() {
			return false, errEnded
		}
		content, err := os.ReadFile(file)
		if err != nil {
			return false, nil // not written yet
		}
		lines := strings.Split(string(content), "\n")
		const status = 7 // the eighth line
		return len(lines) > status &&
			lines[0] == strconv.Itoa(c.cmd.Process.Pid) &&
			strings.TrimSpace(lines[status]) == "ready", nil
	})
}

// URL is the address of one database as one role, understood by lib/pq, pgx
// and psql alike.
func (p *Postgres) URL(user, database string) string {
	query := url.Values{"host": {p.socket}, "port": {strconv.Itoa(p.port)}, "user": {user}, "sslmode": {"disable"}}
	return "postgres:///" + url.PathEscape(database) + "?" + query.Encode()
}

// AdminURL opens the database lizheng as its owner, who may change the schema.
func (p *Postgres) AdminURL() string { return p.URL(ownerRole, database) }

// DatabaseURL opens the database lizheng as the service does.
func (p *Postgres) DatabaseURL() string { return p.URL(appRole, database) }

// SuperuserURL opens the maintenance database with every right there is.
func (p *Postgres) SuperuserURL() string { return p.URL(superuser, "postgres") }

// SocketDir is the folder of the unix socket, PGHOST for PostgreSQL's tools.
func (p *Postgres) SocketDir() string { return p.socket }

// Programs is the folder of psql, pg_dump and the other tools that fit this
// server.
func (p *Postgres) Programs() string { return p.programs.dir }

// Stop ends the server in an orderly way, or by force when ctx ends first,
// and lets go of the data folder.
func (p *Postgres) Stop(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return errors.Join(p.stop(ctx, syscall.SIGINT), p.letGo())
}

// letGo frees the data folder for another process.
func (p *Postgres) letGo() error {
	if err := p.folder.close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}

// Kill ends the server and every one of its processes without warning, as a
// power cut would. The data folder stays held for Restart.
func (p *Postgres) Kill() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.kill(); err != nil {
		return err
	}
	return p.endOrphans(context.Background())
}

// Restart brings the server back on the same socket. One that still runs is
// shut down at once, without waiting for its clients or for a checkpoint.
func (p *Postgres) Restart(ctx context.Context) error {
	p.mu.Lock()
	err := p.stop(ctx, syscall.SIGQUIT)
	p.mu.Unlock()
	if err != nil {
		return err
	}
	return p.start(ctx)
}
