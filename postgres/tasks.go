package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/lib/pq"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// taskColumns are a task, of a row t.
const taskColumns = `t.id, t.case_id, t.step, t.role, t.unit, t.person, t.round, t.state, t.outcome, t.claimed_by, t.read_at, t.opened_at, t.opened_by,
	t.term, t.due_at, t.remind_at, t.reminded, t.escalated, t.urged, coalesce(t.returns::text, ''), t.ended_at, coalesce(t.ended_by::text, ''),
	t.answered_by, t.principal, t.automatic, t.void_reason, t.added`

func taskPlaces(t *civic.Task) []any {
	return []any{&t.ID, &t.Case, &t.Step, &t.Seat.Role, &t.Seat.Unit, &t.Seat.Person, &t.Round, &t.State, &t.Outcome, &t.ClaimedBy, &t.ReadAt, &t.OpenedAt, &t.OpenedBy,
		&t.Term, &t.DueAt, &t.RemindAt, &t.Reminded, &t.Escalated, &t.Urged, &t.Returns, &t.EndedAt, &t.EndedBy,
		&t.Person, &t.Principal, &t.Automatic, &t.VoidReason, &t.Added}
}

// seats are the columns that unnest takes: each seat with the person for whom one sits there.
type seats struct{ roles, units, holders, principals []string }

func seatsOf(me string, list []civic.SeatOf) seats {
	var s seats
	seen := map[[3]string]bool{}
	for _, x := range list {
		holder := me
		if x.Principal != "" {
			holder = x.Principal
		}
		key := [3]string{string(x.Seat.Role), x.Seat.Unit, holder}
		if seen[key] {
			continue
		}
		seen[key] = true
		s.roles, s.units = append(s.roles, string(x.Seat.Role)), append(s.units, x.Seat.Unit)
		s.holders, s.principals = append(s.holders, holder), append(s.principals, x.Principal)
	}
	return s
}

// from is the seats as a table s (role, unit, holder, principal).
func (s seats) from(w *where) string {
	return "unnest(" + w.arg(pq.Array(s.roles)) + "::text[], " + w.arg(pq.Array(s.units)) + "::text[], " + w.arg(pq.Array(s.holders)) + "::text[], " +
		w.arg(pq.Array(s.principals)) + "::text[]) AS s (role, unit, holder, principal)"
}

// seated is the condition that a row t of task is an open one of a row s of seats.
const seated = "t.unit = s.unit AND t.role = s.role AND t.state = 'open' AND (t.person = '' OR t.person = s.holder)"

// Inbox lists the open tasks of seats, the nearest due instant first. Each seat gives its first ones; the first of these
// are the answer, so that the size of the record does not matter. A task in two of one's seats is there once, as one's own.
func (s *Store) Inbox(ctx context.Context, q civic.InboxQuery) ([]civic.TaskRow, error) {
	if len(q.Seats) == 0 {
		return nil, nil
	}
	var w where
	narrowTasks(&w, q)
	limit := w.arg(q.Limit)
	query := `
		WITH mine AS (
			SELECT x.id, min(s.principal) AS principal
			FROM ` + seatsOf(q.Me, q.Seats).from(&w) + `
			CROSS JOIN LATERAL (
				SELECT t.id FROM task t
				WHERE ` + seated + ` AND ` + w.String() + `
				ORDER BY t.due_at, t.id LIMIT ` + limit + `) x
			GROUP BY x.id
		)
		SELECT mine.principal, ` + taskColumns + `, ` + caseColumns + `
		FROM mine
		JOIN task t ON t.id = mine.id
		JOIN cases c ON c.id = t.case_id
		ORDER BY t.due_at, t.id LIMIT ` + limit
	return collect(ctx, s.db, "read the inbox", query, w.args, scanTask)
}

// narrowTasks adds a filter's conditions on a row t of task.
func narrowTasks(w *where, q civic.InboxQuery) {
	if q.Step != "" {
		w.and("t.step = ?", q.Step)
	}
	if q.Procedure != "" {
		w.and("EXISTS (SELECT FROM cases p WHERE p.id = t.case_id AND p.procedure = ?)", string(q.Procedure))
	}
	if q.Overdue {
		w.and("t.due_at <= city_now()")
	}
	if q.Soon {
		w.and("t.due_at > city_now() AND t.due_at <= ?", q.Yellow)
	}
	switch q.Claimed {
	case "me":
		w.and("t.claimed_by = ?", q.Me)
	case "nobody":
		w.and("t.claimed_by = ''")
	case "others":
		w.and("t.claimed_by NOT IN ('', ?)", q.Me)
	}
	if q.After != nil {
		w.and("(t.due_at, t.id) > (?, ?::uuid)", q.After.At, cursorID(q.After))
	}
}

// cursorID is a cursor's id; a made-up one stands before all others.
func cursorID(c *civic.Cursor) string {
	if !isID(c.ID) {
		return strings.Repeat("0", 8) + "-0000-0000-0000-" + strings.Repeat("0", 12)
	}
	return c.ID
}

func scanTask(scan func(...any) error) (civic.TaskRow, error) {
	var r civic.TaskRow
	var c caseRow
	places := append([]any{&r.Holder}, taskPlaces(&r.Task)...)
	if err := scan(append(places, c.places()...)...); err != nil {
		return r, err
	}
	var err error
	r.Case, err = c.read()
	return r, err
}

// CountInbox counts the open tasks of seats: all, those due before an instant, and those overdue.
func (s *Store) CountInbox(ctx context.Context, me string, list []civic.SeatOf, before time.Time) (civic.InboxCount, error) {
	var n civic.InboxCount
	if len(list) == 0 {
		return n, nil
	}
	var w where
	query := `
		SELECT count(DISTINCT t.id), count(DISTINCT t.id) FILTER (WHERE t.due_at <= ` + w.arg(before) + ` AND t.due_at > city_now()),
		       count(DISTINCT t.id) FILTER (WHERE t.due_at <= city_now())
		FROM ` + seatsOf(me, list).from(&w) + `
		JOIN task t ON ` + seated
	if err := s.db.QueryRowContext(ctx, query, w.args...).Scan(&n.Open, &n.Yellow, &n.Overdue); err != nil {
		return n, fmt.Errorf("count the inbox: %w", err)
	}
	return n, nil
}

// Answered lists the tasks that a person answered, of the cases within the sight, the latest first.
func (s *Store) Answered(ctx context.Context, sight civic.Sight, person string, window civic.Window) ([]civic.TaskRow, error) {
	var w where
	w.and("t.answered_by = ? AND t.answered_by <> ''", person)
	w.sight(sight)
	if a := window.After; a != nil {
		w.and("(t.ended_at, t.id) < (?, ?::uuid)", a.At, cursorID(a))
	}
	query := `
		SELECT '', ` + taskColumns + `, ` + caseColumns + `
		FROM task t
		JOIN cases c ON c.id = t.case_id
		WHERE ` + w.String() + `
		ORDER BY t.ended_at DESC, t.id DESC LIMIT ` + w.arg(window.Limit)
	return collect(ctx, s.db, "list what was answered", query, w.args, scanTask)
}

// MarkTaskRead notes that somebody of the seat has opened the task. Only the first time counts.
func (s *Store) MarkTaskRead(ctx context.Context, task string) error {
	return s.within(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		if _, err := q.MarkTaskRead(ctx, task); err != nil {
			return fmt.Errorf("mark task %s as read: %w", task, err)
		}
		return nil
	})
}
