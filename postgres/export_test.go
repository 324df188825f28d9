package postgres

import (
	"context"
	"database/sql"

	"lizheng/postgres/rows"
)

// Within lets tests share the store's transactions.
func (s *Store) Within(ctx context.Context, f func(tx *sql.Tx, q *rows.Queries) error) error {
	return s.within(ctx, f)
}
