package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// SignIn opens a session, or refuses. Whatever is wrong, the same work is done and the same is said, so that nobody learns
// which logins there are; a login that was tried too often is locked whether it exists or not. Every attempt is on the
// audit trail.
func (s *Store) SignIn(ctx context.Context, c civic.Credentials) (civic.SignedIn, error) {
	account, err := s.q.AccountOfLogin(ctx, c.Login)
	if errors.Is(err, sql.ErrNoRows) {
		account.Password = nobody
	} else if err != nil {
		return civic.SignedIn{}, fmt.Errorf("look for an account: %w", err)
	}
	free, err := s.attempt(ctx, c.Login)
	if err != nil {
		return civic.SignedIn{}, err
	}
	right, err := fits(ctx, c.Password, account.Password)
	if err != nil {
		return civic.SignedIn{}, err
	}
	switch {
	case !free:
		return civic.SignedIn{}, s.turnedAway(ctx, c, account.ID, errLocked())
	case !right || account.ID == "" || account.Disabled:
		return civic.SignedIn{}, s.turnedAway(ctx, c, account.ID, civic.BadCredentials())
	}
	return s.open(ctx, c, account)
}

func errLocked() *civic.Error {
	return civic.Refuse(civic.TooMany, "login_locked", "登录失败次数过多，该登录名暂时锁定，请稍后再试。",
		"This login was tried too often and is locked for a while; try again later.").By("account.lock")
}

// attempt counts an attempt before its password is looked at, or reports that the login is locked.
func (s *Store) attempt(ctx context.Context, login string) (free bool, err error) {
	err = s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		_, err := q.TakeAttempt(ctx, login)
		if free = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil {
		return false, fmt.Errorf("count the attempt: %w", err)
	}
	return free, nil
}

// turnedAway notes a failed attempt. Nobody has proven to be anybody: the line names the account that was tried, if there is
// one, and never what else was typed, which may be a password in the wrong field.
func (s *Store) turnedAway(ctx context.Context, c civic.Credentials, account string, refusal *civic.Error) error {
	object := "login"
	if account != "" {
		object = "account:" + account
	}
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		if err := q.ForgetAttempts(ctx); err != nil {
			return err
		}
		return s.event(ctx, q, signEvent("session.sign_in", civic.Public, object, c.Address, c.Request, refusal))
	})
	if err != nil {
		return fmt.Errorf("note a failed sign-in: %w", err)
	}
	return refusal
}

// signEvent is the audit line of coming and going.
func signEvent(kind, actor, object, address, request string, refusal *civic.Error) event {
	e := event{result: "done", object: object, detail: "{}"}
	if refusal != nil {
		e.result, e.code = "refused", refusal.Code
	}
	e.Kind, e.Actor, e.Address, e.Request = civic.ActKind(kind), actor, address, request
	return e
}

// open makes the session of somebody who has brought the right password.
func (s *Store) open(ctx context.Context, c civic.Credentials, account rows.AccountOfLoginRow) (civic.SignedIn, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return civic.SignedIn{}, fmt.Errorf("make a token: %w", err)
	}
	in := civic.SignedIn{Token: base64.RawURLEncoding.EncodeToString(secret), Person: account.Person, Account: account.ID, MustChange: account.MustChange}
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		var err error
		in.ExpiresAt, err = q.InsertSession(ctx, rows.InsertSessionParams{Hash: digest(in.Token), Account: account.ID, Password: account.Password, Address: c.Address, Agent: c.Agent})
		if errors.Is(err, sql.ErrNoRows) { // disabled, or given another password, at this very moment
			return civic.BadCredentials()
		}
		if err != nil {
			return err
		}
		if err := q.ForgiveAttempts(ctx, c.Login); err != nil {
			return err
		}
		if err := q.ForgetSessions(ctx, account.ID); err != nil {
			return err
		}
		return s.event(ctx, q, signEvent("session.sign_in", account.Person, "account:"+account.ID, c.Address, c.Request, nil))
	})
	switch refusal := civic.AsRefusal(err); {
	case err == nil:
		return in, nil
	case refusal != nil:
		return civic.SignedIn{}, s.turnedAway(ctx, c, account.ID, refusal)
	}
	return civic.SignedIn{}, fmt.Errorf("open a session: %w", err)
}

// digest is what is stored of a token. Tokens have 256 random bits, so that a plain hash is enough.
func digest(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// SignOut ends the session of a token; a session that has ended stays so.
func (s *Store) SignOut(ctx context.Context, token string, from civic.Actor) error {
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		ended, err := q.EndSessionByHash(ctx, digest(token))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.event(ctx, q, signEvent("session.sign_out", ended.Person, "account:"+ended.Account, from.Address, from.Request, nil))
	})
	if err != nil {
		return fmt.Errorf("end the session: %w", err)
	}
	return nil
}

// Session says who a session's token stands for. It is over after half an hour without a request, after twelve hours, and at
// once when it is ended or its account disabled.
func (s *Store) Session(ctx context.Context, token string) (civic.Actor, error) {
	hash := digest(token)
	row, err := s.q.SessionOf(ctx, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Actor{}, civic.Refuse(civic.Unauthorised, "session_over", "登录已失效，请重新登录。", "The session is over; please sign in again.")
	}
	if err != nil {
		return civic.Actor{}, fmt.Errorf("look for the session: %w", err)
	}
	if row.Stale {
		err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error { return q.TouchSession(ctx, hash) })
		if err != nil {
			return civic.Actor{}, fmt.Errorf("keep the session: %w", err)
		}
	}
	return civic.Actor{Person: row.Person, Account: row.Account, Session: sessionID(hash), MustChange: row.MustChange}, nil
}

// sessionID names a session: the hash of its token, of which nobody makes the token.
func sessionID(hash []byte) string { return hex.EncodeToString(hash) }

// noSession is the hash of none: whoever ends all others than this ends all.
var noSession = []byte{}

// sessionHash is the hash under which a named session is stored, noSession when it is none.
func sessionHash(id string) []byte {
	hash, err := hex.DecodeString(id)
	if err != nil || len(hash) == 0 {
		return noSession
	}
	return hash
}

// Sessions are the sessions of an account, the latest first.
func (s *Store) Sessions(ctx context.Context, account string) ([]civic.SessionView, error) {
	if !isID(account) {
		return nil, civic.ErrNotFound()
	}
	list, err := s.q.SessionsOf(ctx, account)
	if err != nil {
		return nil, fmt.Errorf("list the sessions: %w", err)
	}
	out := make([]civic.SessionView, len(list))
	for i, r := range list {
		out[i] = civic.SessionView{ID: sessionID(r.Hash), CreatedAt: r.CreatedAt, SeenAt: r.SeenAt, ExpiresAt: r.ExpiresAt, Address: r.Address, Agent: r.Agent}
		if r.Over {
			out[i].EndedAt = &r.EndsAt
		}
	}
	return out, nil
}

// EndSession ends one session of an account; an ended one stays ended.
func (s *Store) EndSession(ctx context.Context, deed civic.Deed, account, id string) error {
	if !isID(account) {
		return civic.ErrNotFound()
	}
	return s.found(ctx, deed, "end the session", func(q *rows.Queries) (int64, error) {
		return q.EndSessionOf(ctx, rows.EndSessionOfParams{Account: account, Hash: sessionHash(id)})
	})
}

// found performs a deed that changes one row, or says that there is none.
func (s *Store) found(ctx context.Context, deed civic.Deed, what string, do func(q *rows.Queries) (int64, error)) error {
	_, err := perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (struct{}, error) {
		n, err := do(q)
		switch {
		case err != nil:
			return struct{}{}, fmt.Errorf("%s: %w", what, err)
		case n == 0:
			return struct{}{}, civic.ErrNotFound()
		}
		return struct{}{}, nil
	})
	return err
}
