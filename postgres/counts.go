package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/lib/pq"

	"lizheng/civic"
)

// countedAge is how long a count is believed: counting is the one read that grows with the record.
const countedAge = 30 * time.Second

// maxCounted bounds the counts kept; there are about as many sights as there are sorts of seats in units.
const maxCounted = 2000

// counts are kept by sight, so that a screen full of dashboards counts once.
type counts struct {
	mu   sync.Mutex
	kept map[string]civic.CaseCounts
}

// CountCases counts the cases of a sight by state; the answer says as of when.
func (s *Store) CountCases(ctx context.Context, sight civic.Sight) (civic.CaseCounts, error) {
	key := fmt.Sprintf("%t %q %q / %t %q %q", sight.Cases.All, sight.Cases.Units, sight.Cases.Person, sight.Drafts.All, sight.Drafts.Units, sight.Drafts.Person)
	s.counted.mu.Lock()
	n, ok := s.counted.kept[key]
	s.counted.mu.Unlock()
	if ok && s.Now().Sub(n.AsOf) < countedAge && !s.Now().Before(n.AsOf) {
		return n, nil
	}
	n, err := s.count(ctx, sight)
	if err != nil {
		return n, fmt.Errorf("count the cases: %w", err)
	}
	s.counted.mu.Lock()
	defer s.counted.mu.Unlock()
	if s.counted.kept == nil || len(s.counted.kept) >= maxCounted {
		s.counted.kept = map[string]civic.CaseCounts{}
	}
	s.counted.kept[key] = n
	return n, nil
}

func (s *Store) count(ctx context.Context, sight civic.Sight) (civic.CaseCounts, error) {
	n := civic.CaseCounts{States: map[civic.State]int64{}, AsOf: s.Now()}
	var w where
	type line struct {
		state civic.State
		count int64
	}
	states, err := collect(ctx, s.db, "by state", countFiled(&w, sight.Cases), w.args, func(scan func(...any) error) (line, error) {
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
	query := `SELECT count(*) FROM cases c WHERE c.state = 'draft' AND ` + drafts.scope(sight.Drafts)
	var began int64
	if err := s.db.QueryRowContext(ctx, query, drafts.args...).Scan(&began); err != nil {
		return n, err
	}
	n.States[civic.Draft] = began
	late.and("c.due_at < city_now() AND c.due_at IS NOT NULL AND c.closed_at IS NULL AND c.paused_at IS NULL")
	late.sight(sight)
	err = s.db.QueryRowContext(ctx, `SELECT count(*) FROM cases c WHERE `+late.String(), late.args...).Scan(&n.Overdue)
	return n, err
}

// countFiled counts what was filed: from the index of states when all of it is seen, else from the units' side.
func countFiled(w *where, s civic.Scope) string {
	if s.All {
		return `SELECT c.state, count(*) FROM cases c WHERE c.state <> 'draft' GROUP BY c.state`
	}
	return `
		SELECT c.state, count(*)
		FROM (
			SELECT p.case_id FROM case_party p WHERE p.unit = ANY(` + w.arg(pq.Array(s.Units)) + `::text[])
			UNION
			SELECT r.case_id FROM case_reader r WHERE r.person = ` + w.arg(s.Person) + `) m
		JOIN cases c ON c.id = m.case_id
		WHERE c.state <> 'draft'
		GROUP BY c.state`
}
