package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"github.com/lib/pq"

	"lizheng/civic"
)

// caseColumns are what a list shows of a case, of a row c.
const caseColumns = `c.id, c.seq, coalesce(c.number, ''), c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round,
	c.next_seats, c.due_at, c.acts_at, c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at`

// caseRow are the places that a case is read into, and reading it.
type caseRow struct {
	c     civic.Case
	seats []byte
}

func (r *caseRow) places() []any {
	c := &r.c
	return []any{&c.ID, &c.Seq, &c.Number, &c.Procedure, &c.Route, &c.Title, &c.Unit, &c.Applicant, &c.State, &c.Version, &c.Round,
		&r.seats, &c.DueAt, &c.ActsAt, &c.Deadline, &c.PausedAt, &c.RulesAt, &c.Calendar, &c.CreatedAt, &c.UpdatedAt, &c.ClosedAt}
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

// Cases lists cases. Which table leads depends on what narrows most: a short list of units leads when nothing else does.
func (s *Store) Cases(ctx context.Context, q civic.CaseQuery) ([]civic.Case, error) {
	var query string
	var w where
	switch {
	case q.Overdue:
		query = overdueCases(&w, q)
	case !q.Cases.All && len(q.Grams) == 0 && q.Number == "" && q.Unit == "" && !q.Mine && oneReader(q.Sight):
		query = partyCases(&w, q)
	default:
		narrowCases(&w, q)
		w.sight(q.Sight)
		w.and("c.seq < ?", afterSeq(q.Window))
		query = `SELECT ` + caseColumns + ` FROM cases c WHERE ` + w.String() + ` ORDER BY c.seq DESC LIMIT ` + w.arg(q.Limit)
	}
	return collect(ctx, s.db, "list cases", query, w.args, scanCase)
}

// afterSeq is the sequence number that the next part lies below.
func afterSeq(w civic.Window) int64 {
	if w.After == nil {
		return math.MaxInt64
	}
	return w.After.Seq
}

// narrowCases adds a filter's conditions on a row c of cases.
func narrowCases(w *where, q civic.CaseQuery) {
	if len(q.States) > 0 {
		states := make([]string, len(q.States))
		for i, s := range q.States {
			states[i] = string(s)
		}
		w.and("c.state = ANY(?::text[])", pq.Array(states))
	}
	if q.Procedure != "" {
		w.and("c.procedure = ?", string(q.Procedure))
	}
	if q.Unit != "" {
		w.and("c.unit = ?", q.Unit)
	}
	if q.Mine {
		w.and("c.applicant = ?", q.Me)
	}
	if len(q.Grams) > 0 {
		w.and("c.grams @> ?::text[]", pq.Array(q.Grams))
	}
	if q.Number != "" {
		w.and("c.number LIKE ?", beginning(q.Number))
	}
	// Numbers of creation and instants of creation run almost alike: the bound on the number lets every index that is
	// sorted by it skip what is too new or too old; the slack covers transactions that overtook each other.
	if from := q.Created[0]; from != nil {
		w.and("c.created_at >= ? AND c.seq >= coalesce((SELECT x.seq - 10000 FROM cases x WHERE x.created_at >= ? ORDER BY x.created_at LIMIT 1), 0)", *from, *from)
	}
	if to := q.Created[1]; to != nil {
		w.and("c.created_at < ? AND c.seq <= coalesce((SELECT x.seq + 10000 FROM cases x WHERE x.created_at < ? ORDER BY x.created_at DESC LIMIT 1), 0)", *to, *to)
	}
}

// overdueCases lists the open cases of which a task is past its due instant, the longest overdue first.
func overdueCases(w *where, q civic.CaseQuery) string {
	w.and("c.due_at < city_now() AND c.due_at IS NOT NULL AND c.closed_at IS NULL AND c.paused_at IS NULL")
	narrowCases(w, q)
	w.sight(q.Sight)
	if q.After != nil {
		w.and("(c.due_at, c.seq) > (?, ?)", q.After.At, q.After.Seq)
	}
	return `SELECT ` + caseColumns + ` FROM cases c WHERE ` + w.String() + ` ORDER BY c.due_at, c.seq LIMIT ` + w.arg(q.Limit)
}

// partyCases lists the cases of a few units and of a reader: each one's newest, then the newest of these.
func partyCases(w *where, q civic.CaseQuery) string {
	narrowCases(w, q)
	all, filed, drafts := units(q.Sight)
	after, limit := w.arg(afterSeq(q.Window)), w.arg(q.Limit)
	reads := func(filed, drafts string) string {
		return "CASE WHEN c.state = 'draft' THEN " + drafts + " ELSE " + filed + " END"
	}
	mayRead := func(s civic.Scope) string {
		if s.All {
			return "true"
		}
		return w.arg(s.Person != "" && s.Person == reader(q.Sight)) + "::boolean"
	}
	query := `
		WITH seen AS (
			SELECT x.seq, x.case_id
			FROM unnest(` + w.arg(pq.Array(all)) + `::text[], ` + w.arg(pq.Array(filed)) + `::boolean[], ` + w.arg(pq.Array(drafts)) + `::boolean[]) AS u (unit, filed, drafts)
			CROSS JOIN LATERAL (
				SELECT p.seq, p.case_id
				FROM case_party p
				JOIN cases c ON c.id = p.case_id
				WHERE p.unit = u.unit AND p.seq < ` + after + ` AND ` + reads("u.filed", "u.drafts") + ` AND ` + w.String() + `
				ORDER BY p.seq DESC LIMIT ` + limit + `) x
			UNION
			(SELECT r.seq, r.case_id
			FROM case_reader r
			JOIN cases c ON c.id = r.case_id
			WHERE r.person = ` + w.arg(reader(q.Sight)) + ` AND r.seq < ` + after + ` AND ` + reads(mayRead(q.Cases), mayRead(q.Drafts)) + ` AND ` + w.String() + `
			ORDER BY r.seq DESC LIMIT ` + limit + `)`
	if q.Drafts.All {
		query += `
			UNION
			(SELECT c.seq, c.id FROM cases c
			WHERE c.state = 'draft' AND c.seq < ` + after + ` AND ` + w.String() + `
			ORDER BY c.seq DESC LIMIT ` + limit + `)`
	}
	return query + `
		)
		SELECT ` + caseColumns + `
		FROM seen
		JOIN cases c ON c.id = seen.case_id
		ORDER BY seen.seq DESC LIMIT ` + limit
}

// oneReader reports whether a sight lets one person read along at most: it always is the actor.
func oneReader(s civic.Sight) bool {
	return s.Cases.Person == "" || s.Drafts.Person == "" || s.Cases.Person == s.Drafts.Person
}

// reader is the person whom a sight lets read along.
func reader(s civic.Sight) string {
	if s.Cases.Person != "" {
		return s.Cases.Person
	}
	return s.Drafts.Person
}
