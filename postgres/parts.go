package postgres

import (
	"context"
	"fmt"
	"time"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// RulesOn are the parameters in force on another day than the case's own.
func (w world) RulesOn(day time.Time) (civic.Rules, error) {
	parameters, err := w.s.parameters(w.ctx)
	return civic.RulesAt(parameters, day), err
}

// Children are the cases that are a part of this one, as they are committed: what is being decided about one of them at
// this moment waits for this case.
func (w world) Children(p civic.Procedure) ([]civic.ChildCase, error) {
	return partsOf(w.ctx, w.q, w.d.Case.ID, p)
}

// Whole is the case of which this one is a part. It is locked after this one's own row; a case never locks its parts.
func (w world) Whole() (*civic.ChildCase, error) {
	if w.d.Case.Parent == "" {
		return nil, nil // most cases are a part of none
	}
	row, err := w.q.LockWhole(w.ctx, w.d.Case.Parent)
	if err != nil {
		return nil, fmt.Errorf("lock case %s: %w", w.d.Case.Parent, absent(err))
	}
	whole, err := partOf(rows.PartsOfRow(row))
	return &whole, err
}

// Parts are the parts of that case, this one among them.
func (w world) Parts() ([]civic.ChildCase, error) {
	return partsOf(w.ctx, w.q, w.d.Case.Parent, w.d.Case.Procedure)
}

func partsOf(ctx context.Context, q *rows.Queries, id string, p civic.Procedure) ([]civic.ChildCase, error) {
	list, err := q.PartsOf(ctx, rows.PartsOfParams{Parent: &id, Procedure: string(p)})
	if err != nil {
		return nil, fmt.Errorf("read the parts of case %s: %w", id, err)
	}
	out := make([]civic.ChildCase, len(list))
	for i, row := range list {
		if out[i], err = partOf(row); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func partOf(r rows.PartsOfRow) (civic.ChildCase, error) {
	c := civic.ChildCase{Case: civic.Case{ID: r.ID, Seq: r.Seq, Number: r.Number, Procedure: civic.Procedure(r.Procedure), Title: r.Title, Unit: r.Unit,
		Applicant: r.Applicant, State: civic.State(r.State), Version: int(r.Version), RulesAt: r.RulesAt}}
	var err error
	c.Matter, err = civic.ReadMatter(c.Case.Procedure, r.Form)
	if err != nil {
		return c, fmt.Errorf("read the form of case %s: %w", r.ID, err)
	}
	return c, nil
}
