package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// layout brings a version of the city's layout plan into force, or ends the case's own. The one before has ended with the
// same instant; its case finds out by its own automatic act, which is due from now on.
func (w *writing) layout(ctx context.Context) error {
	change := w.fx.Layout
	if change == nil {
		return nil
	}
	if change.Version == 0 {
		n, err := w.q.EndOwnLayout(ctx, rows.EndOwnLayoutParams{At: w.d.Now, CaseID: w.d.Case.ID})
		return errors.Join(err, oneRow("end the layout plan", n))
	}
	if err := w.q.WakeLayouts(ctx, &w.d.Now); err != nil {
		return fmt.Errorf("wake the layout plan before: %w", err)
	}
	if err := w.q.EndLayout(ctx, w.d.Now); err != nil {
		return fmt.Errorf("end the layout plan before: %w", err)
	}
	err := w.q.InsertLayout(ctx, rows.InsertLayoutParams{Version: int4(change.Version), CaseID: w.d.Case.ID, Act: w.act.ID, FromYear: int4(change.From),
		ToYear: int4(change.To), At: w.d.Now})
	if err != nil {
		return fmt.Errorf("bring the layout plan into force: %w", err)
	}
	return nil
}

// PlanInForce is the city's layout plan.
func (w world) PlanInForce() (*civic.LayoutPlan, error) { return planInForce(w.ctx, w.q) }

// NextPlan is the version that comes next; it is not taken before this act is done.
func (w world) NextPlan() (int, error) {
	if err := w.q.LockLayouts(w.ctx); err != nil {
		return 0, fmt.Errorf("wait for other layout plans: %w", err)
	}
	n, err := w.q.NextLayout(w.ctx)
	if err != nil {
		return 0, fmt.Errorf("number the layout plan: %w", err)
	}
	return int(n), nil
}

// PlanInForce is the city's layout plan, for whoever reads.
func (s *Store) PlanInForce(ctx context.Context) (*civic.LayoutPlan, error) {
	return planInForce(ctx, s.q)
}

func planInForce(ctx context.Context, q *rows.Queries) (*civic.LayoutPlan, error) {
	row, err := q.LayoutInForce(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the layout plan in force: %w", err)
	}
	l, err := layoutIn(row.CaseID, row.Form)
	return &civic.LayoutPlan{Case: row.CaseID, Version: int(row.Version), Since: row.Since, Layout: l}, err
}

func layoutIn(id string, form []byte) (*civic.Layout, error) {
	m, err := civic.ReadMatter(civic.LayoutProcedure, form)
	l, ok := m.(*civic.Layout)
	if err == nil && !ok {
		err = fmt.Errorf("case %s is no layout plan", id)
	}
	return l, err
}

// Layouts lists layout plans with their matters, newest first. There are a few in a year.
func (s *Store) Layouts(ctx context.Context, q civic.LayoutQuery) ([]civic.LayoutRecordRow, error) {
	var w where
	w.and("c.procedure = ?", string(civic.LayoutProcedure))
	w.and("c.seq < ?", afterSeq(q.Window))
	w.sight(q.Sight)
	query := `SELECT ` + caseColumns + `, r.form FROM cases c JOIN form r ON r.case_id = c.id WHERE ` + w.String() + ` ORDER BY c.seq DESC LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "list layout plans", query, w.args, func(scan func(...any) error) (civic.LayoutRecordRow, error) {
		var form []byte
		c, err := scanCase(func(places ...any) error { return scan(append(places, &form)...) })
		if err != nil {
			return civic.LayoutRecordRow{}, err
		}
		l, err := layoutIn(c.ID, form)
		return civic.LayoutRecordRow{Case: c, Layout: l}, err
	})
}
