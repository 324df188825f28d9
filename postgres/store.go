// Package postgres is the legal record: every fact of every case, written in explicit transactions under business keys.
//
// lib/pq with database/sql silently repeats an autocommit statement whose reply was lost, and a lost reply to COMMIT says
// nothing about whether it happened. Therefore every write runs inside a transaction, every row has a key that a retry
// meets again, and a failed COMMIT is answered by looking the key up.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lib/pq"
	"go.opentelemetry.io/otel"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Store reads and writes the record. It is safe for concurrent use.
type Store struct {
	db        *sql.DB
	q         *rows.Queries
	side      *sql.DB       // for what is read while a transaction is open: it must not wait for a connection that such a one holds
	beside    *rows.Queries // on side
	key       []byte        // acts must be sealed with it
	snapshots snapshots
	copies    listedCopy
	counted   counts
	guessed   guesses
	shift     atomic.Int64 // how far the record's clock is ahead of this host's, in seconds
	names     sync.Map     // person id → name, for the audit trail
}

// Open connects to the database that dsn (key=value form or URL) names. The key seals acts. The schema must be current.
func Open(ctx context.Context, dsn string, key []byte, connections int) (*Store, error) {
	db, err := connect(ctx, dsn, connections)
	if err != nil {
		return nil, err
	}
	q, err := rows.Prepare(ctx, db)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare the record's statements (is the schema current? run lizheng migrate): %w", err), db.Close())
	}
	side, err := connect(ctx, dsn, besides)
	if err != nil {
		return nil, errors.Join(err, q.Close(), db.Close())
	}
	s := &Store{db: db, q: q, side: side, beside: rows.New(side), key: key}
	if err := s.ReadClock(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// besides is how many connections there are for what is read beside a transaction: it is little, and rarely.
const besides = 2

// ReadClock looks how far the record's clock was moved; only a sample city's ever is.
func (s *Store) ReadClock(ctx context.Context) error {
	shift, err := s.q.ClockShift(ctx)
	if err != nil {
		return fmt.Errorf("read the record's clock: %w", err)
	}
	s.shift.Store(shift)
	return nil
}

// Now is the record's time as far as this process knows: for whoever only looks. Commits ask the database itself.
func (s *Store) Now() time.Time { return time.Now().Add(time.Duration(s.shift.Load()) * time.Second) }

func connect(ctx context.Context, dsn string, connections int) (*sql.DB, error) {
	conf, err := pq.NewConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	if conf.Runtime == nil {
		conf.Runtime = map[string]string{}
	}
	for k, v := range map[string]string{"statement_timeout": "10000", "lock_timeout": "5000", "idle_in_transaction_session_timeout": "15000", "timezone": "UTC"} {
		if _, set := conf.Runtime[k]; !set {
			conf.Runtime[k] = v
		}
	}
	connector, err := pq.NewConnectorConfig(conf)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("reach the database: %w", err), db.Close())
	}
	return db, nil
}

// Close ends all connections.
func (s *Store) Close() error { return errors.Join(s.q.Close(), s.db.Close(), s.side.Close()) }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// tracer shows every transaction beside the request or activity that it belongs to.
var tracer = otel.Tracer("lizheng/postgres")

// attempts of one transaction that lost a deadlock or a serialisation race.
const attempts = 5

// within runs f in one READ COMMITTED transaction: locks and constraints carry the rules, so a higher level would only add
// aborts, or a snapshot older than the lock. Deadlocks are tried again as a whole.
func (s *Store) within(ctx context.Context, f func(tx *sql.Tx, q *rows.Queries) error) error {
	var err error
	for range attempts {
		if err = s.once(ctx, f); !deadlocked(err) {
			return err
		}
	}
	return err
}

func (s *Store) once(ctx context.Context, f func(tx *sql.Tx, q *rows.Queries) error) error {
	ctx, span := tracer.Start(ctx, "transaction")
	defer span.End()
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := f(tx, s.q.WithTx(tx)); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return &uncertain{err}
	}
	return nil
}

// ignoreDone: after a broken connection the transaction is already gone.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// uncertain is a COMMIT whose outcome is not known: it must be looked up by key.
type uncertain struct{ err error }

func (u *uncertain) Error() string { return "commit, outcome unknown: " + u.err.Error() }
func (u *uncertain) Unwrap() error { return u.err }

func deadlocked(err error) bool {
	code := sqlState(err)
	return code == "40P01" || code == "40001"
}

func sqlState(err error) string {
	var e *pq.Error
	if errors.As(err, &e) {
		return string(e.Code)
	}
	return ""
}

// constraint is the name of the constraint that refused, "" when none did.
func constraint(err error) string {
	var e *pq.Error
	if errors.As(err, &e) {
		return e.Constraint
	}
	return ""
}

// absent turns "no rows" into the one refusal for absent and hidden things.
func absent(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return civic.ErrNotFound()
	}
	return err
}

// stored makes an optional text column of a Go string.
func stored(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// text reads an optional text column.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// endless is how views write "no end"; a range without an upper bound has no instant to give.
const endless = 9999

// until reads the end of a validity, nil when there is none.
func until(t time.Time) *time.Time {
	if t.Year() >= endless {
		return nil
	}
	return &t
}
