package postgres

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/lib/pq"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Projects lists projects with their matters, in the order of Cases. There are thousands of them, not millions: they are
// found by their procedure, and narrowed as they are read.
func (s *Store) Projects(ctx context.Context, q civic.ProjectQuery) ([]civic.ProjectRow, error) {
	var w where
	narrowCases(&w, q.CaseQuery)
	w.sight(q.Sight)
	if len(q.Grams) > 0 {
		w.and("c.grams @> ?::text[]", pq.Array(q.Grams))
	}
	if q.Communities != nil {
		w.and("r.form ->> 'community' = ANY (?::text[])", pq.Array(q.Communities))
	}
	if q.Developer != "" {
		w.and("r.form ->> 'developer' = ?", q.Developer)
	}
	order := "c.seq DESC"
	switch {
	case q.Overdue:
		order = "c.due_at, c.seq"
		w.and("c.due_at < city_now() AND c.due_at IS NOT NULL AND c.closed_at IS NULL AND c.paused_at IS NULL")
		if a := q.After; a != nil {
			w.and("(c.due_at, c.seq) > (?, ?)", a.At, a.Seq)
		}
	case q.Number != "":
		order = `c.number COLLATE "C" DESC`
		w.and("c.number LIKE ?", beginning(q.Number))
		if a := q.After; a != nil {
			w.and(`c.number COLLATE "C" < ?`, a.Text)
		}
	default:
		w.and("c.seq < ?", afterSeq(q.Window))
	}
	query := `SELECT ` + caseColumns + `, r.form FROM cases c JOIN form r ON r.case_id = c.id WHERE ` + w.String() + ` ORDER BY ` + order + ` LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "list projects", query, w.args, func(scan func(...any) error) (civic.ProjectRow, error) {
		var form []byte
		c, err := scanCase(func(places ...any) error { return scan(append(places, &form)...) })
		if err != nil {
			return civic.ProjectRow{}, err
		}
		m, err := civic.ReadMatter(c.Procedure, form)
		h, ok := m.(*civic.Housing)
		if err == nil && !ok {
			err = fmt.Errorf("case %s is no project", c.ID)
		}
		return civic.ProjectRow{Case: c, Project: h}, err
	})
}

// PartsOf are the parts of a case of one procedure that the sight covers, oldest first.
func (s *Store) PartsOf(ctx context.Context, sight civic.Sight, caseID string, p civic.Procedure) ([]civic.ChildCase, error) {
	if !isID(caseID) {
		return nil, nil
	}
	var out []civic.ChildCase
	err := s.frozen(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		parts, err := partsOf(ctx, q, caseID, p)
		if err != nil {
			return err
		}
		for _, part := range parts {
			parties, err := q.CaseParties(ctx, part.Case.ID)
			if err != nil {
				return fmt.Errorf("read the parties: %w", err)
			}
			readers, err := q.CaseReaders(ctx, part.Case.ID)
			if err != nil {
				return fmt.Errorf("read the readers: %w", err)
			}
			if sight.Covers(part.Case.State, parties, readers) {
				out = append(out, part)
			}
		}
		return nil
	})
	return out, err
}
