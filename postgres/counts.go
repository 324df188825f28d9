package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/lib/pq"

	"lizheng/civic"
)

// A count is believed for countedAge, and for countedTimes as long as it took: counting is the one read that grows with
// the record, and is not to take more than a small part of its time.
const (
	countedAge   = 30 * time.Second
	countedTimes = 30
)

// maxCounted bounds the counts kept; there are about as many sights as there are sorts of seats in units.
const maxCounted = 2000

// counts are kept by sight, so that a screen full of dashboards counts once.
type counts struct {
	mu   sync.Mutex
	kept map[string]*counted
}

// counted is one sight's count. Whoever comes while it is being counted waits for it.
type counted struct {
	mu    sync.Mutex
	until time.Time
	civic.CaseCounts
}

// of is the count under a key, empty when it was never made.
func (c *counts) of(key string) *counted {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= maxCounted {
		c.kept = map[string]*counted{}
	}
	if c.kept[key] == nil {
		c.kept[key] = &counted{}
	}
	return c.kept[key]
}

// CountCases counts the cases of a sight by state, of one procedure unless it is empty; the answer says as of when.
func (s *Store) CountCases(ctx context.Context, sight civic.Sight, of civic.Procedure) (civic.CaseCounts, error) {
	key := fmt.Sprintf("%s %t %q %q / %t %q %q", of, sight.Cases.All, sight.Cases.Units, sight.Cases.Person, sight.Drafts.All, sight.Drafts.Units, sight.Drafts.Person)
	c := s.counted.of(key)
	c.mu.Lock()
	defer c.mu.Unlock()
	begin := time.Now()
	if begin.Before(c.until) {
		return c.CaseCounts, nil
	}
	n, err := s.count(ctx, sight, of)
	if err != nil {
		return n, fmt.Errorf("count the cases: %w", err)
	}
	took := time.Since(begin)
	c.CaseCounts, c.until = n, begin.Add(countedAge+countedTimes*took)
	return n, nil
}

func (s *Store) count(ctx context.Context, sight civic.Sight, of civic.Procedure) (civic.CaseCounts, error) {
	n := civic.CaseCounts{States: map[civic.State]int64{}, AsOf: s.Now()}
	var w where
	type line struct {
		state civic.State
		count int64
	}
	states, err := collect(ctx, s.db, "by state", countFiled(&w, sight.Cases, of), w.args, func(scan func(...any) error) (line, error) {
		var l line
		return l, scan(&l.state, &l.count)
	})
	if err != nil {
		return n, err
	}
	for _, l := range states {
		n.States[l.state] = l.count
	}
	var drafts, late where
	drafts.procedure(of)
	drafts.and("c.state = 'draft' AND " + drafts.scope(sight.Drafts))
	query := `SELECT count(*) FROM cases c WHERE ` + drafts.String()
	var began int64
	if err := s.db.QueryRowContext(ctx, query, drafts.args...).Scan(&began); err != nil {
		return n, err
	}
	n.States[civic.Draft] = began
	late.and("c.due_at < city_now() AND c.due_at IS NOT NULL AND c.closed_at IS NULL AND c.paused_at IS NULL")
	late.procedure(of)
	late.sight(sight)
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM cases c WHERE `+late.String(), late.args...).Scan(&n.Overdue)
	return n, err
}

// countFiled counts what was filed: from the index of states when all of it is seen, else from the units' side.
func countFiled(w *where, s civic.Scope, of civic.Procedure) string {
	w.and("c.state <> 'draft'")
	w.procedure(of)
	if s.All {
		return `SELECT c.state, count(*) FROM cases c WHERE ` + w.String() + ` GROUP BY c.state`
	}
	return `
		SELECT c.state, count(*)
		FROM (
			SELECT p.case_id FROM case_party p WHERE p.unit = ANY(` + w.arg(pq.Array(s.Units)) + `::text[])
			UNION
			SELECT r.case_id FROM case_reader r WHERE r.person = ` + w.arg(s.Person) + `) m
		JOIN cases c ON c.id = m.case_id
		WHERE ` + w.String() + `
		GROUP BY c.state`
}

// procedure narrows to the cases of a procedure, unless it is empty.
func (w *where) procedure(of civic.Procedure) {
	if of != "" {
		w.and("c.procedure = ?", string(of))
	}
}
