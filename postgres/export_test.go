package postgres

import (
	"context"
	"database/sql"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Within lets tests share the store's transactions.
func (s *Store) Within(ctx context.Context, f func(tx *sql.Tx, q *rows.Queries) error) error {
	return s.within(ctx, f)
}

// StockQuery is the statement by which a list of rooms is read.
func StockQuery(q civic.StockQuery) (string, []any) { return stockQuery(q) }
