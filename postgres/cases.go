package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"lizheng/civic"
)

// caseColumns are what a list shows of a case, of a row c.
const caseColumns = `c.id, c.seq, coalesce(c.number, ''), c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
	c.next_seats, c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at,
	coalesce(c.parent::text, '')`

// caseRow are the places that a case is read into, and reading it.
type caseRow struct {
	c     civic.Case
	seats []byte
}

func (r *caseRow) places() []any {
	c := &r.c
	return []any{&c.ID, &c.Seq, &c.Number, &c.Procedure, &c.Route, &c.Title, &c.Unit, &c.Applicant, &c.State, &c.Version, &c.Round,
		&r.seats, &c.DueAt, &c.ActsAt, &c.Deadline, &c.PausedAt, &c.RulesAt, &c.Calendar, &c.CreatedAt, &c.UpdatedAt, &c.ClosedAt, &c.Parent}
}

func (r *caseRow) read() (civic.Case, error) {
	if err := json.Unmarshal(r.seats, &r.c.NextSeats); err != nil {
		return r.c, fmt.Errorf("read the seats of case %s: %w", r.c.ID, err)
	}
	return r.c, nil
}

func scanCase(scan func(...any) error) (civic.Case, error) {
	var r caseRow
	if err := scan(r.places()...); err != nil {
		return r.c, err
	}
	return r.read()
}

// Cases lists cases. Several indexes could lead the way; the one with the fewest rows to look at does.
func (s *Store) Cases(ctx context.Context, q civic.CaseQuery) ([]civic.Case, error) {
	z, err := s.sizes(ctx)
	if err != nil {
		return nil, err
	}
	if len(q.Grams) > 0 && !q.Copied && !z.unitsLead(q) && z.common(q.Grams) { // the newest are likely to have the words
		list, err := s.listCases(ctx, q, recentCases)
		if err != nil || len(list) == q.Limit {
			return list, err
		}
	}
	return s.listCases(ctx, q, z.plan(q))
}

// casePlan makes the statement of a list of cases.
type casePlan func(w *where, q civic.CaseQuery) string

func (s *Store) listCases(ctx context.Context, q civic.CaseQuery, plan casePlan) ([]civic.Case, error) {
	var w where
	query := plan(&w, q)
	return collect(ctx, s.db, "list cases", query, w.args, scanCase)
}

// plan chooses what leads.
func (z sizes) plan(q civic.CaseQuery) casePlan {
	switch {
	case q.Overdue:
		return overdueCases
	case q.Number != "":
		return numberedCases
	case q.Copied:
		return copiedCases
	case q.Unit != "" || q.Mine:
		return newestCases // the planner has an index for each
	case z.unitsLead(q):
		return partyCases
	case len(q.Grams) > 0:
		return wordCases
	case len(q.States) > 0:
		return stateCases
	}
	return newestCases
}
