package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Messages are the messages to a person, the latest first.
func (s *Store) Messages(ctx context.Context, person string, unread bool, window civic.Window) ([]civic.Message, error) {
	var w where
	w.and("n.person = ?", person)
	if unread {
		w.and("n.read_at IS NULL")
	}
	if window.After != nil {
		w.and("(n.at, n.id) < (?, ?::uuid)", window.After.At, cursorID(window.After))
	}
	query := `
		SELECT n.id, n.kind, coalesce(n.case_id::text, ''), coalesce(c.number, ''), coalesce(c.title, ''), coalesce(n.task_id::text, ''), coalesce(t.step, ''), n.at, n.read_at
		FROM notice n
		LEFT JOIN cases c ON c.id = n.case_id
		LEFT JOIN task t ON t.id = n.task_id
		WHERE ` + w.String() + ` ORDER BY n.at DESC, n.id DESC LIMIT ` + w.arg(window.Limit)
	return collect(ctx, s.db, "list messages", query, w.args, func(scan func(...any) error) (civic.Message, error) {
		var m civic.Message
		return m, scan(&m.ID, &m.Kind, &m.Case, &m.Number, &m.Title, &m.Task, &m.Step, &m.At, &m.ReadAt)
	})
}

// Unread counts the messages that a person has not read.
func (s *Store) Unread(ctx context.Context, person string) (int64, error) {
	n, err := s.q.UnreadNotices(ctx, person)
	if err != nil {
		return 0, fmt.Errorf("count unread messages: %w", err)
	}
	return n, nil
}

// MarkRead marks these messages of the person as read, or all when none is named; others' are left alone.
func (s *Store) MarkRead(ctx context.Context, person string, ids []string) error {
	all := len(ids) == 0
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !isID(id) })
	err := s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		if all {
			return q.MarkAllNotices(ctx, person)
		}
		return q.MarkNotices(ctx, rows.MarkNoticesParams{Person: person, Ids: ids})
	})
	if err != nil {
		return fmt.Errorf("mark messages as read: %w", err)
	}
	return nil
}
