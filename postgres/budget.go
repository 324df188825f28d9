package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/postgres/rows"
)

const lineColumns = `b.id, b.unit, b.year, b.subject, b.name, b.appropriated, b.reserved, b.committed, b.disbursed, b.returned, b.closed`

func scanLine(scan func(...any) error) (civic.BudgetLine, error) {
	var b civic.BudgetLine
	err := scan(&b.ID, &b.Unit, &b.Year, &b.Subject, &b.Name, &b.Appropriated, &b.Reserved, &b.Committed, &b.Disbursed, &b.Returned, &b.Closed)
	return b, err
}

// Lines lists the budget lines of the units of a scope, by id.
func (s *Store) Lines(ctx context.Context, q civic.LineQuery) ([]civic.BudgetLine, error) {
	var w where
	w.unitScope(q.Scope, "b.unit")
	if q.Unit != "" {
		w.and("b.unit = ?", q.Unit)
	}
	if q.Year != 0 {
		w.and("b.year = ?", q.Year)
	}
	if q.Text != "" {
		text := containing(q.Text)
		w.and("(b.name LIKE ? OR b.subject LIKE ? OR b.id LIKE ?)", text, text, text)
	}
	if q.Open {
		w.and("NOT b.closed")
	}
	if q.After != nil {
		w.and("b.id > ?", q.After.ID)
	}
	query := `SELECT ` + lineColumns + ` FROM budget_line b WHERE ` + w.String() + ` ORDER BY b.id LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "list the budget lines", query, w.args, scanLine)
}

// LineByID is one budget line.
func (s *Store) LineByID(ctx context.Context, id string) (civic.BudgetLine, error) {
	row, err := s.q.Line(ctx, id)
	if err != nil {
		return civic.BudgetLine{}, fmt.Errorf("read budget line: %w", absent(err))
	}
	return lineOf(row), nil
}

// Movements is the ledger of a line or of a case, the latest first.
func (s *Store) Movements(ctx context.Context, q civic.MovementQuery) ([]civic.MovementRow, error) {
	var w where
	if q.Line != "" {
		w.and("m.line = ?", q.Line)
	}
	if q.Case != "" {
		if !isID(q.Case) {
			return nil, civic.ErrNotFound()
		}
		w.and("m.case_id = ?::uuid", q.Case)
	}
	if a := q.After; a != nil {
		w.and("(m.at, m.id) < (?, ?::uuid)", a.At, cursorID(a))
	}
	query := `
		SELECT m.id, m.line, m.kind, coalesce(m.parent::text, ''), m.case_id, m.act, m.amount, m.at, m.amount - m.resolved, coalesce(c.number, ''), c.title, d.actor
		FROM movement m
		JOIN cases c ON c.id = m.case_id
		JOIN decision d ON d.id = m.act
		WHERE ` + w.String() + `
		ORDER BY m.at DESC, m.id DESC LIMIT ` + w.arg(q.Limit)
	return collect(ctx, s.db, "read the ledger", query, w.args, func(scan func(...any) error) (civic.MovementRow, error) {
		var m civic.MovementRow
		err := scan(&m.ID, &m.Line, &m.Kind, &m.Parent, &m.Case, &m.Act, &m.Amount, &m.At, &m.Left, &m.Number, &m.Title, &m.By)
		return m, err
	})
}

// CreateLine adds a budget line.
func (s *Store) CreateLine(ctx context.Context, deed civic.Deed, l civic.NewLine) (civic.BudgetLine, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.BudgetLine, error) {
		n, err := q.InsertLine(ctx, rows.InsertLineParams{ID: l.ID, Unit: l.Unit, Year: int4(l.Year), Subject: l.Subject, Name: l.Name, Appropriated: int64(l.Appropriated)})
		if err != nil {
			return civic.BudgetLine{}, fmt.Errorf("add budget line %s: %w", l.ID, err)
		}
		if n == 0 {
			return civic.BudgetLine{}, civic.Refuse(civic.Conflict, "already_there", "已有相同编号的预算项目。", "There is a budget line with this id already.").At("id")
		}
		deed.Detail["appropriated_fen"], deed.Detail["reason"] = int64(l.Appropriated), l.Reason
		row, err := q.Line(ctx, l.ID)
		return lineOf(row), err
	})
}

// Appropriate changes what is appropriated on a line. The line is locked first, so that nothing is reserved meanwhile; what
// is held stays covered whatever happens.
func (s *Store) Appropriate(ctx context.Context, deed civic.Deed, id string, amount money.Fen, reason string) (civic.BudgetLine, error) {
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (civic.BudgetLine, error) {
		row, err := q.LockLine(ctx, id)
		if err != nil {
			return civic.BudgetLine{}, fmt.Errorf("lock budget line: %w", absent(err))
		}
		line := lineOf(row)
		switch {
		case line.Closed:
			return line, civic.Refuse(civic.Conflict, "line_closed", "该预算项目已关闭。", "This budget line is closed.").With("line", id)
		case line.Appropriated-line.Free() > amount:
			return line, civic.BelowHeld(line, amount)
		}
		n, err := q.AppropriateLine(ctx, rows.AppropriateLineParams{ID: id, Appropriated: int64(amount)})
		if err != nil || n != 1 {
			return line, errors.Join(oneRow("change the appropriation", n), err)
		}
		deed.Detail["before_fen"], deed.Detail["after_fen"], deed.Detail["reason"] = int64(line.Appropriated), int64(amount), reason
		line.Appropriated = amount
		return line, nil
	})
}
