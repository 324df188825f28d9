package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lizheng/civic"
)

// FirstAdministrator is one of the people with whom a real installation begins.
type FirstAdministrator struct {
	ID, Name, Login, Password string // Password is hashed
	Role                      civic.Role
	Unit                      string
}

// Bootstrap makes the first administrators of an installation that has none: from then on they make all others, and nobody
// is granted anything by one person alone.
func Bootstrap(ctx context.Context, ownerDSN string, people []FirstAdministrator) error {
	return asOwner(ctx, ownerDSN, func(tx *sql.Tx) error {
		var n int
		err := tx.QueryRowContext(ctx, `
			SELECT count(*) FROM role_grant g JOIN person p ON p.id = g.person
			WHERE g.administers AND g.revoked_at IS NULL AND NOT p.sample`).Scan(&n)
		if err != nil {
			return fmt.Errorf("look for administrators: %w", err)
		}
		if n > 0 {
			return errors.New("this installation has administrators already: they make accounts and grants")
		}
		for _, p := range people {
			if err := firstAdministrator(ctx, tx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func firstAdministrator(ctx context.Context, tx *sql.Tx, p FirstAdministrator) error {
	for _, step := range []struct {
		statement string
		args      []any
	}{
		{`INSERT INTO person (id, name, unit, post) VALUES ($1, $2, $3, '')`, []any{p.ID, p.Name, p.Unit}},
		{`INSERT INTO account (id, person, login, password) VALUES ($1, $2, $3, $4)`, []any{civic.NewID("first account", p.Login), p.ID, p.Login, p.Password}},
		{`INSERT INTO role_grant (id, person, role, unit, valid_from, granted_by, confirmed_by, confirmed_at)
		  VALUES ($1, $2, $3, $4, clock_timestamp(), 'bootstrap', 'bootstrap-second', clock_timestamp())`,
			[]any{civic.NewID("first grant", p.ID, string(p.Role)), p.ID, p.Role, p.Unit}},
		{`INSERT INTO event (chain, seq, at_us, kind, result, actor, object, prev, hash) VALUES (0, 0, 0, 'account.bootstrap', 'done', 'system', $1, '', '')`,
			[]any{p.ID + " " + string(p.Role)}},
	} {
		if _, err := tx.ExecContext(ctx, step.statement, step.args...); err != nil {
			return fmt.Errorf("make administrator %s: %w", p.Login, err)
		}
	}
	return nil
}

// DisableSample takes every sample account out of use, so that the city can begin for real.
func DisableSample(ctx context.Context, ownerDSN string) (int64, error) {
	var n int64
	err := asOwner(ctx, ownerDSN, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `
			UPDATE account SET disabled_at = clock_timestamp()
			WHERE disabled_at IS NULL AND person IN (SELECT id FROM person WHERE sample)`)
		if err != nil {
			return fmt.Errorf("disable the sample accounts: %w", err)
		}
		n, err = done.RowsAffected()
		return err
	})
	return n, err
}

// AdvanceClock moves the record's clock forward. Only a sample city's: where no sample person is, time is not to be made.
func AdvanceClock(ctx context.Context, ownerDSN string, by time.Duration) (time.Time, error) {
	var now time.Time
	err := asOwner(ctx, ownerDSN, func(tx *sql.Tx) error {
		var real, sample int
		err := tx.QueryRowContext(ctx, `
			SELECT count(*) FILTER (WHERE NOT p.sample), count(*) FILTER (WHERE p.sample)
			FROM account a JOIN person p ON p.id = a.person WHERE a.disabled_at IS NULL`).Scan(&real, &sample)
		if err != nil {
			return fmt.Errorf("look whose city this is: %w", err)
		}
		if real > 0 || sample == 0 {
			return errors.New("this is not a sample city: its clock is not moved")
		}
		if _, err := tx.ExecContext(ctx, `UPDATE clock SET shift = shift + make_interval(secs => $1)`, by.Seconds()); err != nil {
			return fmt.Errorf("move the clock: %w", err)
		}
		return tx.QueryRowContext(ctx, `SELECT city_now()`).Scan(&now)
	})
	return now, err
}

func asOwner(ctx context.Context, dsn string, f func(tx *sql.Tx) error) error {
	db, err := connect(ctx, dsn, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := f(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}
