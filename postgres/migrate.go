package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"lizheng/civic"
)

//go:embed migrations/*.sql
var migrations embed.FS

func provider(ctx context.Context, dsn string, log *slog.Logger) (*goose.Provider, func() error, error) {
	db, err := connect(ctx, dsn, 2)
	if err != nil {
		return nil, nil, err
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	locker, err := lock.NewPostgresSessionLocker() // several processes may start at once: one migrates, the others wait
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker), goose.WithSlog(log))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("read the migrations: %w", err), db.Close())
	}
	return p, db.Close, nil
}

// Migrate brings the schema up to this binary, as the owner that dsn names, and teaches it the moves of all procedures.
func Migrate(ctx context.Context, dsn string, log *slog.Logger) error {
	p, done, err := provider(ctx, dsn, log)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return errors.Join(fmt.Errorf("migrate: %w", err), done())
	}
	if err := done(); err != nil {
		return err
	}
	return teachMoves(ctx, dsn)
}

// teachMoves writes the allowed changes of state from the procedures' own definitions. Moves are only added: a case that
// began under yesterday's definition may still finish.
func teachMoves(ctx context.Context, dsn string) error {
	db, err := connect(ctx, dsn, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("teach moves: %w", err)
	}
	var procedures, from, to []string
	for name, d := range civic.Definitions {
		for _, m := range d.Moves {
			procedures, from, to = append(procedures, string(name)), append(from, string(m.From)), append(to, string(m.To))
		}
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO move (procedure, from_state, to_state)
		SELECT unnest($1::text[]), unnest($2::text[]), unnest($3::text[])
		ON CONFLICT DO NOTHING`, pq.Array(procedures), pq.Array(from), pq.Array(to))
	if err != nil {
		return errors.Join(fmt.Errorf("teach moves: %w", err), tx.Rollback())
	}
	return tx.Commit()
}

// SchemaError says that database and binary do not fit, and what to do.
type SchemaError struct{ Have, Want int64 }

func (e *SchemaError) Error() string {
	if e.Have < e.Want {
		return fmt.Sprintf("the database is at schema version %d, this binary needs %d: run lizheng migrate", e.Have, e.Want)
	}
	return fmt.Sprintf("the database is at schema version %d, this binary knows only %d: use a newer binary", e.Have, e.Want)
}

// CheckSchema returns a *SchemaError when the database is behind or ahead of this binary.
func CheckSchema(ctx context.Context, dsn string, log *slog.Logger) error {
	have, want, err := SchemaVersions(ctx, dsn, log)
	if err != nil {
		return err
	}
	if have != want {
		return &SchemaError{have, want}
	}
	return nil
}

// SchemaVersions are the database's schema version and the newest that this binary knows.
func SchemaVersions(ctx context.Context, dsn string, log *slog.Logger) (have, want int64, err error) {
	p, done, err := provider(ctx, dsn, log)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, done()) }()
	have, err = p.GetDBVersion(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("read the schema version: %w", err)
	}
	for _, s := range p.ListSources() {
		want = max(want, s.Version)
	}
	return have, want, nil
}
