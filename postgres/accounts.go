package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// accountColumns are what a list shows of an account, of rows a, p and t of account, person and attempt.
const accountColumns = `a.id, a.person, a.login, a.must_change, CASE WHEN t.locked_until > clock_timestamp() THEN t.locked_until END, a.disabled_at,
	a.created_at, a.changed_at, (SELECT max(s.seen_at) FROM session s WHERE s.account = a.id), p.name, coalesce(p.unit, ''), p.post, p.sample`

const accountTables = `account a JOIN person p ON p.id = a.person LEFT JOIN attempt t ON t.login = a.login`

func scanAccount(scan func(...any) error) (civic.AccountRow, error) {
	var r civic.AccountRow
	err := scan(&r.ID, &r.Person, &r.Login, &r.MustChange, &r.Locked, &r.DisabledAt, &r.CreatedAt, &r.ChangedAt, &r.SeenAt, &r.Of.Name, &r.Of.Unit, &r.Of.Post, &r.Of.Sample)
	r.Of.ID = r.Person
	return r, err
}

// Accounts lists accounts by login.
func (s *Store) Accounts(ctx context.Context, q civic.AccountQuery) ([]civic.AccountRow, error) {
	var w where
	if q.Text != "" {
		w.and("(a.login LIKE ? OR p.name LIKE ?)", beginning(q.Text), containing(q.Text))
	}
	if q.Unit != "" {
		w.and("p.unit = ?", q.Unit)
	}
	if q.Disabled != nil {
		w.and("(a.disabled_at IS NOT NULL) = ?", *q.Disabled)
	}
	if q.After != nil {
		w.and("a.login > ?", q.After.Text)
	}
	query := `SELECT ` + accountColumns + ` FROM ` + accountTables + ` WHERE ` + w.String() + ` ORDER BY a.login LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "list accounts", query, w.args, scanAccount)
}

// Account is one account.
func (s *Store) Account(ctx context.Context, id string) (civic.AccountRow, error) {
	return accountRow(ctx, s.db, id)
}

func accountRow(ctx context.Context, db querier, id string) (civic.AccountRow, error) {
	if !isID(id) {
		return civic.AccountRow{}, civic.ErrNotFound()
	}
	r, err := scanAccount(db.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM `+accountTables+` WHERE a.id = $1`, id).Scan)
	if err != nil {
		return r, fmt.Errorf("read an account: %w", absent(err))
	}
	return r, nil
}

// CreateAccount makes an account for a person, who is added if they are not known yet. Its password must be changed at
// the first sign-in.
func (s *Store) CreateAccount(ctx context.Context, deed civic.Deed, a civic.NewAccount, password string) (civic.Account, error) {
	hash, err := HashPassword(password)
	if err != nil {
		return civic.Account{}, err
	}
	id := civic.NewID("account", deed.ID)
	note(&deed, "account", id)
	note(&deed, "person", a.Person)
	return perform(ctx, s, deed, func(tx *sql.Tx, q *rows.Queries) (civic.Account, error) {
		if err := ensurePerson(ctx, q, a); err != nil {
			return civic.Account{}, err
		}
		err := q.InsertAccount(ctx, rows.InsertAccountParams{ID: id, Person: a.Person, Login: a.Login, Password: hash})
		if constraint(err) == "account_login_key" {
			return civic.Account{}, civic.Refuse(civic.Conflict, "login_taken", "该登录名已被使用。", "This login is taken.").At("login")
		}
		if err != nil {
			return civic.Account{}, fmt.Errorf("make an account: %w", err)
		}
		r, err := accountRow(ctx, tx, id)
		return r.Account, err
	})
}

// ensurePerson adds a person who is not known yet. Somebody of another name under the same id is a mistake, not the same person.
func ensurePerson(ctx context.Context, q *rows.Queries, a civic.NewAccount) error {
	known, err := q.PersonRow(ctx, a.Person)
	switch {
	case err == nil && (a.Name == "" || a.Name == known.Name):
		return nil
	case err == nil:
		return civic.Refuse(civic.Conflict, "person_taken", "该人员编号已属于他人。", "This id belongs to somebody else.").At("person").With("name", known.Name)
	case !errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("look for a person: %w", err)
	case a.Name == "":
		return civic.Refuse(civic.Invalid, "no_such_person", "没有这个人员，请填写姓名。", "There is no such person; say their name to add them.").At("person")
	}
	err = q.InsertPerson(ctx, rows.InsertPersonParams{ID: a.Person, Name: a.Name, Unit: stored(a.Unit), Post: a.Post})
	switch constraint(err) {
	case "person_pkey": // added by somebody else at this very moment
		return civic.Refuse(civic.Conflict, "person_taken", "该人员编号已属于他人。", "This id belongs to somebody else.").At("person")
	case "person_unit_fkey":
		return civic.Refuse(civic.Invalid, "no_such_unit", "没有这个单位。", "There is no such unit.").At("unit")
	}
	if err != nil {
		return fmt.Errorf("add a person: %w", err)
	}
	return nil
}

// onAccount performs a deed that changes one account, and reads it again. When nothing was there to change, why says so.
func (s *Store) onAccount(ctx context.Context, deed civic.Deed, id string, why *civic.Error, do func(q *rows.Queries, of civic.AccountRow) (int64, error)) (civic.Account, error) {
	return perform(ctx, s, deed, func(tx *sql.Tx, q *rows.Queries) (civic.Account, error) {
		of, err := accountRow(ctx, tx, id)
		if err != nil {
			return civic.Account{}, err
		}
		n, err := do(q, of)
		if err != nil {
			return civic.Account{}, fmt.Errorf("change account %s: %w", id, err)
		}
		if n == 0 {
			return civic.Account{}, why
		}
		r, err := accountRow(ctx, tx, id)
		return r.Account, err
	})
}

func errDisabled() *civic.Error {
	return civic.Refuse(civic.Conflict, "account_disabled", "账号已停用。", "The account is disabled.")
}

// SetDisabled takes an account out of use at once, with its sessions and tokens, or lets it sign in again. What has ended
// with it stays ended.
func (s *Store) SetDisabled(ctx context.Context, deed civic.Deed, id string, disabled bool) (civic.Account, error) {
	if !disabled {
		why := civic.Refuse(civic.Conflict, "account_enabled", "账号未停用。", "The account is not disabled.")
		return s.onAccount(ctx, deed, id, why, func(q *rows.Queries, _ civic.AccountRow) (int64, error) { return q.EnableAccount(ctx, id) })
	}
	return s.onAccount(ctx, deed, id, errDisabled(), func(q *rows.Queries, _ civic.AccountRow) (int64, error) {
		n, err := q.DisableAccount(ctx, id)
		if err != nil || n == 0 {
			return n, err
		}
		if err := q.EndOtherSessions(ctx, rows.EndOtherSessionsParams{Account: id, Hash: noSession}); err != nil {
			return 0, err
		}
		return n, q.RevokeTokens(ctx, id)
	})
}

// ResetPassword gives an account a password that must be changed, ends its sessions and unlocks it.
func (s *Store) ResetPassword(ctx context.Context, deed civic.Deed, id, password string) (civic.Account, error) {
	hash, err := HashPassword(password)
	if err != nil {
		return civic.Account{}, err
	}
	return s.onAccount(ctx, deed, id, errDisabled(), func(q *rows.Queries, of civic.AccountRow) (int64, error) {
		n, err := q.ResetPassword(ctx, rows.ResetPasswordParams{ID: id, Password: hash})
		if err != nil || n == 0 {
			return n, err
		}
		if err := q.ForgiveAttempts(ctx, of.Login); err != nil {
			return 0, err
		}
		return n, q.EndOtherSessions(ctx, rows.EndOtherSessionsParams{Account: id, Hash: noSession})
	})
}

// ChangePassword takes the new password when the old one is right, and ends all other sessions of the account. Wrong ones
// are counted like those of sign-ins: a stolen session is no place to guess.
func (s *Store) ChangePassword(ctx context.Context, deed civic.Deed, account, old, next string) error {
	of, err := s.Account(ctx, account)
	if err != nil {
		return err
	}
	now, err := s.q.AccountOfLogin(ctx, of.Login)
	if err != nil {
		return fmt.Errorf("look for an account: %w", err)
	}
	free, err := s.attempt(ctx, of.Login)
	if err != nil {
		return err
	}
	right, err := fits(ctx, old, now.Password)
	if err != nil {
		return err
	}
	wrong := civic.Refuse(civic.Invalid, "wrong_password", "原密码不正确。", "The present password is not right.").At("old")
	switch {
	case !free:
		return s.settled(ctx, deed, errLocked())
	case !right:
		return s.settled(ctx, deed, wrong)
	}
	hash, err := HashPassword(next)
	if err != nil {
		return err
	}
	_, err = perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (struct{}, error) {
		n, err := q.ChangePassword(ctx, rows.ChangePasswordParams{ID: account, Old: now.Password, Next: hash})
		switch {
		case err != nil:
			return struct{}{}, fmt.Errorf("change a password: %w", err)
		case n == 0: // changed or disabled at this very moment
			return struct{}{}, wrong
		}
		if err := q.ForgiveAttempts(ctx, of.Login); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, q.EndOtherSessions(ctx, rows.EndOtherSessionsParams{Account: account, Hash: sessionHash(deed.Actor.Session)})
	})
	return err
}

// settled notes a refusal and returns it.
func (s *Store) settled(ctx context.Context, deed civic.Deed, refusal *civic.Error) error {
	_, err := s.Settle(ctx, deed, refusal)
	return err
}
