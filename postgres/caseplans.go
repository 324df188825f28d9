package postgres

import (
	"math"
	"slices"
	"strings"

	"github.com/lib/pq"

	"lizheng/civic"
)

// afterSeq is the sequence number that the next part lies below.
func afterSeq(w civic.Window) int64 {
	if w.After == nil || w.After.Seq == 0 {
		return math.MaxInt64
	}
	return w.After.Seq
}

// narrowCases adds a filter's conditions on a row c of cases.
func narrowCases(w *where, q civic.CaseQuery) {
	if len(q.States) > 0 {
		w.and("c.state = ANY(?::text[])", pq.Array(stateNames(q.States)))
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
	if q.Filed {
		w.and("c.state <> 'draft'")
	}
	if q.Copied {
		w.and("EXISTS (SELECT FROM case_reader m WHERE m.person = ? AND m.case_id = c.id)", q.Me)
	}
	if len(q.Grams) > 0 { // an expression that no index has: their index is for wordCases, elsewhere it would bring too many
		w.and("(c.grams || '{}'::text[]) @> ?::text[]", pq.Array(q.Grams))
	}
	if from := q.Created[0]; from != nil {
		w.and("c.created_at >= ?", *from)
	}
	if to := q.Created[1]; to != nil {
		w.and("c.created_at < ?", *to)
	}
}

// boundSeq adds bounds on a column with sequence numbers for a filter by creation. Numbers and instants of creation run
// almost alike: with the bounds every index that is sorted by the number skips what is too new or too old; the slack covers
// transactions that overtook each other.
func boundSeq(w *where, q civic.CaseQuery, seq string) {
	w.and(seq+" < ?", afterSeq(q.Window))
	if from := q.Created[0]; from != nil {
		w.and(seq+" >= coalesce((SELECT x.seq - 200 FROM cases x WHERE x.created_at >= ? ORDER BY x.created_at LIMIT 1), 0)", *from)
	}
	if to := q.Created[1]; to != nil {
		w.and(seq+" <= coalesce((SELECT x.seq + 200 FROM cases x WHERE x.created_at < ? ORDER BY x.created_at DESC LIMIT 1), 0)", *to)
	}
}

func stateNames(states []civic.State) []string {
	out := make([]string, 0, len(states))
	for _, s := range states {
		if !slices.Contains(out, string(s)) {
			out = append(out, string(s))
		}
	}
	return out
}

// newestCases goes through the cases from the newest on, or through those of a unit or an applicant.
func newestCases(w *where, q civic.CaseQuery) string {
	narrowCases(w, q)
	w.sight(q.Sight)
	boundSeq(w, q, "c.seq")
	return `SELECT ` + caseColumns + ` FROM cases c WHERE ` + w.String() + ` ORDER BY c.seq DESC LIMIT ` + w.arg(q.Limit)
}

// copiedCases goes through what was sent to the actor for reading, the newest case first.
func copiedCases(w *where, q civic.CaseQuery) string {
	narrowCases(w, q)
	w.sight(q.Sight)
	w.and("r.person = ?", q.Me)
	boundSeq(w, q, "r.seq")
	return `SELECT ` + caseColumns + ` FROM case_reader r JOIN cases c ON c.id = r.case_id WHERE ` + w.String() + ` ORDER BY r.seq DESC LIMIT ` + w.arg(q.Limit)
}

// recent is how far recentCases looks back.
const recent = 30_000

// recentCases goes through the newest cases, and gives up soon.
func recentCases(w *where, q civic.CaseQuery) string {
	narrowCases(w, q)
	w.sight(q.Sight)
	after := w.arg(afterSeq(q.Window))
	w.and("c.seq < "+after+" AND c.seq > (SELECT least(max(x.seq), "+after+") - ? FROM cases x)", recent)
	return `SELECT ` + caseColumns + ` FROM cases c WHERE ` + w.String() + ` ORDER BY c.seq DESC LIMIT ` + w.arg(q.Limit)
}

// wordCases finds all cases with the words first: they are few.
func wordCases(w *where, q civic.CaseQuery) string {
	found := w.arg(pq.Array(q.Grams))
	q.Grams = nil
	narrowCases(w, q)
	w.sight(q.Sight)
	boundSeq(w, q, "c.seq")
	return `
		WITH found AS MATERIALIZED (SELECT x.id, x.seq FROM cases x WHERE x.grams @> ` + found + `::text[])
		SELECT ` + caseColumns + `
		FROM (SELECT f.id FROM found f ORDER BY f.seq DESC) f
		JOIN cases c ON c.id = f.id
		WHERE ` + w.String() + `
		ORDER BY c.seq DESC LIMIT ` + w.arg(q.Limit)
}

// numberedCases lists the cases whose numbers begin so, the highest number first.
func numberedCases(w *where, q civic.CaseQuery) string {
	narrowCases(w, q)
	w.and(`c.number COLLATE "C" LIKE ?`, beginning(q.Number))
	w.sight(q.Sight)
	if q.After != nil {
		w.and(`c.number COLLATE "C" < ?`, q.After.Text)
	}
	return `SELECT ` + caseColumns + ` FROM cases c WHERE ` + w.String() + ` ORDER BY c.number COLLATE "C" DESC LIMIT ` + w.arg(q.Limit)
}

// overdueCases lists the open cases of which a task is past its due instant, the longest overdue first.
func overdueCases(w *where, q civic.CaseQuery) string {
	w.and("c.due_at < city_now() AND c.due_at IS NOT NULL AND c.closed_at IS NULL AND c.paused_at IS NULL")
	narrowCases(w, q)
	if q.Number != "" {
		w.and(`c.number COLLATE "C" LIKE ?`, beginning(q.Number))
	}
	w.sight(q.Sight)
	if q.After != nil {
		w.and("(c.due_at, c.seq) > (?, ?)", q.After.At, q.After.Seq)
	}
	return `SELECT ` + caseColumns + ` FROM cases c WHERE ` + w.String() + ` ORDER BY c.due_at, c.seq LIMIT ` + w.arg(q.Limit)
}

// stateCases lists the cases in a few states: each one's newest, then the newest of these.
func stateCases(w *where, q civic.CaseQuery) string {
	narrowed := q
	narrowed.States = nil
	narrowCases(w, narrowed)
	w.sight(q.Sight)
	boundSeq(w, q, "c.seq")
	limit := w.arg(q.Limit)
	var each []string
	for _, state := range stateNames(q.States) {
		each = append(each, "(SELECT c.* FROM cases c WHERE c.state = "+w.arg(state)+" AND "+w.String()+" ORDER BY c.seq DESC LIMIT "+limit+")")
	}
	return `SELECT ` + caseColumns + ` FROM (` + strings.Join(each, " UNION ALL ") + `) c ORDER BY c.seq DESC LIMIT ` + limit
}

// partyCases lists the cases of a few units and of a reader: each one's newest, then the newest of these. OFFSET has each
// case looked up by itself: else the planner, when it takes a filter for narrow, may read all cases first.
func partyCases(w *where, q civic.CaseQuery) string {
	limit := w.arg(q.Limit)
	all, filed, drafts := units(q.Sight)
	reads := func(filed, drafts string) string {
		return "CASE WHEN c.state = 'draft' THEN " + drafts + " ELSE " + filed + " END"
	}
	alongside := func(s civic.Scope) string { return w.arg(s.Person != "" && s.Person == reader(q.Sight)) + "::boolean" }
	parties := `unnest(` + w.arg(pq.Array(all)) + `::text[], ` + w.arg(pq.Array(filed)) + `::boolean[], ` + w.arg(pq.Array(drafts)) + `::boolean[])`
	person, alongFiled, alongDrafts := w.arg(reader(q.Sight)), alongside(q.Cases), alongside(q.Drafts)
	bounds := func(seq string) string {
		w.parts = nil
		boundSeq(w, q, seq)
		return w.String()
	}
	ofUnit, ofReader := bounds("p.seq"), bounds("r.seq")
	w.parts = nil
	narrowCases(w, q)
	return `
		WITH seen AS (
			SELECT x.seq, x.case_id
			FROM ` + parties + ` AS u (unit, filed, drafts)
			CROSS JOIN LATERAL (
				SELECT p.seq, p.case_id
				FROM case_party p
				CROSS JOIN LATERAL (SELECT FROM cases c WHERE c.id = p.case_id AND ` + reads("u.filed", "u.drafts") + ` AND ` + w.String() + ` OFFSET 0) c
				WHERE p.unit = u.unit AND ` + ofUnit + `
				ORDER BY p.seq DESC LIMIT ` + limit + `) x
			UNION
			(SELECT r.seq, r.case_id
			FROM case_reader r
			CROSS JOIN LATERAL (SELECT FROM cases c WHERE c.id = r.case_id AND ` + reads(alongFiled, alongDrafts) + ` AND ` + w.String() + ` OFFSET 0) c
			WHERE r.person = ` + person + ` AND ` + ofReader + `
			ORDER BY r.seq DESC LIMIT ` + limit + `)
		)
		SELECT ` + caseColumns + `
		FROM seen
		JOIN cases c ON c.id = seen.case_id
		ORDER BY seen.seq DESC LIMIT ` + limit
}

// fewReaders reports whether units and one reader are all that a sight is made of: what one person's always is.
func fewReaders(s civic.Sight) bool {
	one := s.Cases.Person == "" || s.Drafts.Person == "" || s.Cases.Person == s.Drafts.Person
	return one && !s.Cases.All && !s.Drafts.All
}

// reader is the person whom a sight lets read along.
func reader(s civic.Sight) string {
	if s.Cases.Person != "" {
		return s.Cases.Person
	}
	return s.Drafts.Person
}
