// Package postgrestest gives every test a record of its own: the current schema with the sample city in it, as fast as a
// database can be copied.
package postgrestest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"

	_ "github.com/lib/pq" // the driver, for DB and for copying
	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/config/changzhou"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/postgres"
)

// Key seals acts and signs checkpoints in tests.
var Key = []byte("0123456789abcdef0123456789abcdef")

// Password opens every sample account.
const Password = "Diaozhuang-2014"

// connections of the store of one test: enough to compete, few enough for many tests at once.
const connections = 12

// Database names one test's database as three roles see it.
type Database struct {
	App   string // URL as the running service: reads all, adds, changes what changes
	Owner string // URL as whoever migrates
	Super string // URL with every right there is
}

// New returns the record of a city that nobody has touched: schema, profile and sample people, in a database of this test
// alone, opened as the running service opens it. The database goes with the test, unless the test failed: then it stays,
// and the test's log says how to look at it.
func New(tb testing.TB) (*postgres.Store, Database) {
	tb.Helper()
	d := clone(tb)
	s, err := postgres.Open(tb.Context(), d.App, Key, connections)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.Close()) })
	return s, d
}

// DB opens a database beside the store, until the test ends: for what only a test does.
func DB(tb testing.TB, dsn string) *sql.DB {
	tb.Helper()
	db, err := sql.Open("postgres", dsn)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, db.Close()) })
	return db
}

// clone copies the template for one test.
func clone(tb testing.TB) Database {
	tb.Helper()
	super := embeddedtest.Postgres(tb)
	template.once.Do(func() { template.name, template.err = makeTemplate(super) })
	require.NoError(tb, template.err)
	name := "test_" + strings.ToLower(rand.Text())
	require.NoError(tb, run(super, "CREATE DATABASE "+name+" TEMPLATE "+template.name+" OWNER "+owner))
	d, err := databaseAt(super, name)
	require.NoError(tb, err)
	tb.Cleanup(func() {
		if tb.Failed() {
			tb.Logf("this test's database stays as long as its server runs (%s names one that outlives the tests): psql '%s'", embeddedtest.PostgresVariable, d.Super)
			return
		}
		require.NoError(tb, run(super, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"))
	})
	return d
}

// template is the database that the tests of this process copy. It goes with its server, which is for tests only.
var template struct {
	once sync.Once
	name string
	err  error
}

// The roles of the embedded mode.
const (
	owner = "lizheng_owner"
	app   = "lizheng_app"
)

// makeTemplate migrates a new database and loads the sample city.
func makeTemplate(super string) (string, error) {
	ctx := context.Background() // of the process, not of the test that came first
	name := "template_" + strings.ToLower(rand.Text())
	if err := run(super, "CREATE DATABASE "+name+" OWNER "+owner); err != nil {
		return "", err
	}
	d, err := databaseAt(super, name)
	if err != nil {
		return "", err
	}
	if err := postgres.Migrate(ctx, d.Owner, slog.New(slog.DiscardHandler)); err != nil {
		return "", err
	}
	profile, err := changzhou.Load()
	if err != nil {
		return "", err
	}
	hash, err := postgres.HashPassword(Password)
	if err != nil {
		return "", err
	}
	s, err := postgres.Open(ctx, d.Owner, Key, 1)
	if err != nil {
		return "", err
	}
	err = s.LoadProfile(ctx, profile.Civic(), &postgres.SampleAccounts{Password: hash})
	return name, errors.Join(err, s.Close()) // nobody may be connected to a database that is copied
}

// run executes one statement in the maintenance database.
func run(super, statement string) error {
	db, err := sql.Open("postgres", super)
	if err != nil {
		return err
	}
	_, err = db.Exec(statement)
	return errors.Join(err, db.Close())
}

// databaseAt names a database of the server that a superuser's URL leads to.
func databaseAt(super, name string) (Database, error) {
	u, err := url.Parse(super)
	if err != nil {
		return Database{}, fmt.Errorf("read the superuser's URL: %w", err)
	}
	u.Path = "/" + name
	as := func(role string) string {
		v := *u
		if q := v.Query(); q.Has("user") || v.User == nil {
			q.Set("user", role)
			v.RawQuery = q.Encode()
			return v.String()
		}
		v.User = url.User(role)
		return v.String()
	}
	return Database{App: as(app), Owner: as(owner), Super: u.String()}, nil
}

// Actor is a sample person who is signed in.
func Actor(person string) civic.Actor {
	return civic.Actor{Person: person, Account: civic.NewID("sample account", strings.ReplaceAll(person, "-", ".")), Address: "192.0.2.1", Request: "test", Lang: "zh-CN"}
}
