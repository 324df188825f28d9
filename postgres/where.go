package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"
)

// where collects the conditions of a list with their arguments. Conditions are constants of this package; whatever comes
// from outside is an argument.
type where struct {
	parts []string
	args  []any
}

// arg adds an argument and returns its place.
func (w *where) arg(value any) string {
	w.args = append(w.args, value)
	return fmt.Sprintf("$%d", len(w.args))
}

// and adds a condition; each ? in it stands for one of the values.
func (w *where) and(condition string, values ...any) {
	var b strings.Builder
	for part := range strings.SplitSeq(condition, "?") {
		b.WriteString(part)
		if len(values) > 0 {
			b.WriteString(w.arg(values[0]))
			values = values[1:]
		}
	}
	w.parts = append(w.parts, b.String())
}

// String is the whole condition; no condition holds for everything.
func (w *where) String() string {
	if len(w.parts) == 0 {
		return "true"
	}
	return strings.Join(w.parts, " AND ")
}

// querier is the pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// collect reads all lines of a query.
func collect[T any](ctx context.Context, db querier, what, query string, args []any, scan func(func(...any) error) (T, error)) ([]T, error) {
	list, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	defer list.Close()
	var out []T
	for list.Next() {
		item, err := scan(list.Scan)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		out = append(out, item)
	}
	if err := list.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

// int4 is a count as the database keeps it; nothing that is counted here comes near its bounds.
func int4(n int) int32 {
	if n < math.MinInt32 || n > math.MaxInt32 {
		return math.MaxInt32
	}
	return int32(n)
}

// beginning escapes a text for LIKE and lets anything follow.
func beginning(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// containing escapes a text for LIKE and lets anything stand around it.
func containing(text string) string { return "%" + beginning(text) }
