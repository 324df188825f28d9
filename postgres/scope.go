package postgres

import (
	"slices"
	"strings"

	"github.com/lib/pq"

	"lizheng/civic"
)

// sight compiles what somebody may see of cases to a condition on a row c of cases. civic.Sight.Covers says the same of a
// single case; a test holds the two together.
func (w *where) sight(s civic.Sight) {
	filed, drafts := w.scope(s.Cases), w.scope(s.Drafts)
	if filed == "true" && drafts == "true" {
		return
	}
	w.parts = append(w.parts, "CASE WHEN c.state = 'draft' THEN "+drafts+" ELSE "+filed+" END")
}

// scope compiles a scope to a condition on a row c of cases. OFFSET keeps each question what it is, a look into an index:
// else the planner may read all cases of a unit before it shows the first.
func (w *where) scope(s civic.Scope) string {
	if s.All {
		return "true"
	}
	var parts []string
	if len(s.Units) > 0 {
		parts = append(parts, "EXISTS (SELECT FROM case_party p WHERE p.case_id = c.id AND p.unit = ANY("+w.arg(pq.Array(s.Units))+"::text[]) OFFSET 0)")
	}
	if s.Person != "" {
		parts = append(parts, "EXISTS (SELECT FROM case_reader r WHERE r.case_id = c.id AND r.person = "+w.arg(s.Person)+" OFFSET 0)")
	}
	if len(parts) == 0 {
		return "false"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// units are all units of a sight, and for each whether it shows filed cases and whether it shows drafts.
func units(s civic.Sight) (all []string, filed, drafts []bool) {
	all = append(slices.Clone(s.Cases.Units), s.Drafts.Units...)
	slices.Sort(all)
	all = slices.Compact(all)
	for _, u := range all {
		filed = append(filed, s.Cases.All || slices.Contains(s.Cases.Units, u))
		drafts = append(drafts, s.Drafts.All || slices.Contains(s.Drafts.Units, u))
	}
	return all, filed, drafts
}

// unitScope compiles a scope to a condition on a unit that owns a row.
func (w *where) unitScope(s civic.Scope, column string) {
	switch {
	case s.All:
	case len(s.Units) == 0:
		w.and("false")
	default:
		w.and(column+" = ANY(?::text[])", pq.Array(s.Units))
	}
}
