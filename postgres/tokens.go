package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Token says who an API token stands for, until it expires, is revoked or its account is disabled.
func (s *Store) Token(ctx context.Context, token string) (civic.Actor, error) {
	refusal := civic.Refuse(civic.Unauthorised, "token_over", "访问令牌无效或已失效。", "The API token is not valid, or no longer.")
	if !strings.HasPrefix(token, civic.TokenPrefix) {
		return civic.Actor{}, refusal
	}
	hash := digest(token)
	row, err := s.q.TokenOf(ctx, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return civic.Actor{}, refusal
	}
	if err != nil {
		return civic.Actor{}, fmt.Errorf("look for the token: %w", err)
	}
	if row.Stale {
		err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error { return q.TouchToken(ctx, hash) })
		if err != nil {
			return civic.Actor{}, fmt.Errorf("note the use of a token: %w", err)
		}
	}
	return civic.Actor{Person: row.Person, Account: row.Account, MustChange: row.MustChange}, nil
}

// Tokens are the API tokens of an account, the latest first.
func (s *Store) Tokens(ctx context.Context, account string) ([]civic.TokenView, error) {
	if !isID(account) {
		return nil, civic.ErrNotFound()
	}
	list, err := s.q.TokensOf(ctx, account)
	if err != nil {
		return nil, fmt.Errorf("list the tokens: %w", err)
	}
	out := make([]civic.TokenView, len(list))
	for i, r := range list {
		out[i] = civic.TokenView{ID: r.ID, Label: r.Label, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, RevokedAt: r.RevokedAt, UsedAt: r.UsedAt}
	}
	return out, nil
}

// CreateToken adds an API token, of whose secret the record keeps the hash only.
func (s *Store) CreateToken(ctx context.Context, deed civic.Deed, account string, t civic.NewToken, secret string) (civic.TokenView, error) {
	if !isID(account) {
		return civic.TokenView{}, civic.ErrNotFound()
	}
	note(&deed, "days", t.Days)
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.TokenView, error) {
		r, err := q.InsertToken(ctx, rows.InsertTokenParams{ID: civic.NewID("api token", deed.ID), Hash: digest(secret), Account: account, Label: t.Label, Days: int32(t.Days)})
		if err != nil {
			return civic.TokenView{}, fmt.Errorf("add a token: %w", err)
		}
		return civic.TokenView{ID: r.ID, Label: r.Label, CreatedAt: r.CreatedAt, ExpiresAt: r.ExpiresAt, RevokedAt: r.RevokedAt, UsedAt: r.UsedAt}, nil
	})
}

// RevokeToken ends an API token at once; a revoked one stays revoked.
func (s *Store) RevokeToken(ctx context.Context, deed civic.Deed, account, id string) error {
	if !isID(account) || !isID(id) {
		return civic.ErrNotFound()
	}
	return s.found(ctx, deed, "revoke the token", func(q *rows.Queries) (int64, error) {
		return q.RevokeToken(ctx, rows.RevokeTokenParams{Account: account, ID: id})
	})
}

// note adds to a deed's audit line.
func note(deed *civic.Deed, name string, value any) {
	if deed.Detail == nil {
		deed.Detail = map[string]any{}
	}
	deed.Detail[name] = value
}
