package chaos

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"lizheng/config/embedded"
	"lizheng/postgres"
)

// Layout says what a city is made of.
type Layout struct {
	Dir      string // of data and logs
	Binary   string // the program
	Env      []string
	Doors    int
	Workers  int
	Prepare  func(ctx context.Context, owner string) error // migrates and loads the sample city
	Progress io.Writer
}

// City is a whole installation of real processes, with a link on every path between them.
type City struct {
	Layout   Layout
	Postgres *embedded.Postgres
	Temporal *embedded.Temporal
	Doors    []*Process
	Workers  []*Process
	Bases    []string // of the doors, as clients reach them through their links

	ToDoor, DoorToEngine, DoorToRecord, WorkerToEngine, WorkerToRecord []*Link

	Key   []byte
	Super *sql.DB // past all links
}

// Build starts everything and waits until every door answers.
func Build(ctx context.Context, l Layout) (c *City, err error) {
	c = &City{Layout: l, Key: make([]byte, 32)}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.Close())
		}
	}()
	if _, err := rand.Read(c.Key); err != nil {
		return c, err
	}
	o := embedded.Options{DataDir: filepath.Join(l.Dir, "data"), Durable: true, Log: slog.New(slog.DiscardHandler), Progress: l.Progress}
	if c.Postgres, err = embedded.StartPostgres(ctx, o); err != nil {
		return c, err
	}
	if c.Temporal, err = embedded.StartTemporal(ctx, c.Postgres, o); err != nil {
		return c, err
	}
	if err := l.Prepare(ctx, c.Postgres.AdminURL()); err != nil {
		return c, err
	}
	if c.Super, err = sql.Open("postgres", c.Postgres.URL("postgres", "lizheng")); err != nil {
		return c, err
	}
	for i := range l.Doors {
		if err := c.addDoor(i); err != nil {
			return c, err
		}
	}
	for i := range l.Workers {
		if err := c.addWorker(i); err != nil {
			return c, err
		}
	}
	return c, c.Ready(ctx)
}

func (c *City) addDoor(i int) error {
	at, err := freeAddress()
	if err != nil {
		return err
	}
	p, err := c.process(fmt.Sprintf("door-%d", i), &c.DoorToRecord, &c.DoorToEngine, "serve", "--listen="+at, "--sample-city")
	if err != nil {
		return err
	}
	link, err := OpenLink(fmt.Sprintf("clients→door-%d", i), "tcp", at)
	if err != nil {
		return err
	}
	c.Doors, c.ToDoor, c.Bases = append(c.Doors, p), append(c.ToDoor, link), append(c.Bases, "http://"+link.Address())
	return p.Start()
}

func (c *City) addWorker(i int) error {
	p, err := c.process(fmt.Sprintf("worker-%d", i), &c.WorkerToRecord, &c.WorkerToEngine, "worker", "--metrics-listen=")
	if err != nil {
		return err
	}
	c.Workers = append(c.Workers, p)
	return p.Start()
}

// process makes one of the product's processes with its links to the record and the engine.
func (c *City) process(name string, toRecord, toEngine *[]*Link, args ...string) (*Process, error) {
	record, err := OpenLink(name+"→Postgres", "unix", filepath.Join(c.Postgres.SocketDir(), ".s.PGSQL.5432"))
	if err != nil {
		return nil, err
	}
	engine, err := OpenLink(name+"→Temporal", "tcp", c.Temporal.Address())
	if err != nil {
		return nil, err
	}
	*toRecord, *toEngine = append(*toRecord, record), append(*toEngine, engine)
	return &Process{
		Name: name, binary: c.Layout.Binary, args: args, log: c.Log(name),
		env: append([]string{
			"DATABASE_URL=postgres://lizheng_app@" + record.Address() + "/lizheng?sslmode=disable",
			"LIZHENG_DATABASE_CONNECTIONS=8", // four processes share one small cluster with Temporal
			"TEMPORAL_ADDRESS=" + engine.Address(), "TEMPORAL_NAMESPACE=" + embedded.Namespace,
			"LIZHENG_SIGNING_KEY=" + hex.EncodeToString(c.Key), "LIZHENG_LOG_LEVEL=warn",
			"GODEBUG=", "GOTRACEBACK=all",
		}, c.Layout.Env...),
	}, nil
}

// Log is the file that a program writes what it has to say into.
func (c *City) Log(name string) string { return filepath.Join(c.Layout.Dir, name+".log") }

// Logs are all of them, with those of PostgreSQL and Temporal.
func (c *City) Logs() ([]string, error) {
	own, err := filepath.Glob(filepath.Join(c.Layout.Dir, "*.log"))
	if err != nil {
		return nil, err
	}
	services, err := filepath.Glob(filepath.Join(c.Layout.Dir, "data", "log", "*.log"))
	return append(own, services...), err
}

// Doors listen below the ports that the system gives to outgoing connections and to whoever asks for any: one that was killed must find its own again.
const (
	lowestDoor  = 10_000
	highestDoor = 20_000
)

func freeAddress() (string, error) {
	for range 100 {
		at := fmt.Sprintf("127.0.0.1:%d", lowestDoor+mathrand.IntN(highestDoor-lowestDoor))
		l, err := net.Listen("tcp", at)
		if err == nil {
			return at, l.Close()
		}
	}
	return "", errors.New("no port is free for a door")
}

// Ready waits until every door says that it can do its work.
func (c *City) Ready(ctx context.Context) error {
	client := &http.Client{Timeout: 2 * time.Second}
	for _, base := range c.Bases {
		err := until(ctx, func() bool {
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/readyz", nil)
			if err != nil {
				return false
			}
			response, err := client.Do(request)
			if err != nil {
				return false
			}
			return response.Body.Close() == nil && response.StatusCode == http.StatusOK
		})
		if err != nil {
			return fmt.Errorf("%s does not answer: %w", base, err)
		}
	}
	return nil
}

// until looks again and again until it is so, or ctx ends.
func until(ctx context.Context, so func() bool) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

// Links are all of them.
func (c *City) Links() []*Link {
	var out []*Link
	for _, of := range [][]*Link{c.ToDoor, c.DoorToEngine, c.DoorToRecord, c.WorkerToEngine, c.WorkerToRecord} {
		out = append(out, of...)
	}
	return out
}

// Store opens the record past all links, as the service sees it.
func (c *City) Store(ctx context.Context) (*postgres.Store, error) {
	return postgres.Open(ctx, c.Postgres.DatabaseURL(), c.Key, 4)
}

// Engine connects to Temporal past all links.
func (c *City) Engine() (client.Client, error) {
	return client.Dial(client.Options{HostPort: c.Temporal.Address(), Namespace: embedded.Namespace, Logger: sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))})
}

// Close ends everything without ceremony; the logs stay.
func (c *City) Close() error {
	for _, p := range append(append([]*Process(nil), c.Doors...), c.Workers...) {
		p.Down()
	}
	var all []error
	for _, l := range c.Links() {
		all = append(all, l.Close())
	}
	if c.Super != nil {
		all = append(all, c.Super.Close())
	}
	if c.Temporal != nil {
		all = append(all, c.Temporal.Kill())
	}
	if c.Postgres != nil {
		all = append(all, c.Postgres.Kill())
	}
	return errors.Join(all...)
}
