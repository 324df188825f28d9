package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/civic/selection"
	"lizheng/postgres/rows"
)

// Book is everything that was written down for a year, all of one moment.
func (s *Store) Book(ctx context.Context, caseID string) (b civic.AssessmentBook, err error) {
	if !isID(caseID) {
		return b, civic.ErrNotFound()
	}
	err = s.frozen(ctx, func(_ *sql.Tx, q *rows.Queries) error {
		b, err = bookOf(ctx, q, caseID)
		return err
	})
	return b, err
}

// Book is what the rules read, in the transaction of the act.
func (w world) Book() (civic.AssessmentBook, error) { return bookOf(w.ctx, w.q, w.d.Case.ID) }

func bookOf(ctx context.Context, q *rows.Queries, id string) (civic.AssessmentBook, error) {
	b := civic.AssessmentBook{Rows: []civic.TableRow{}, Parts: []civic.BookPart{}, Reports: []civic.QuarterReport{}, Self: []civic.RowScore{}, Scores: []civic.RowScore{},
		Appeals: []civic.RowAppeal{}, Inputs: []civic.UnitInput{}, Sheets: []civic.FrozenSheet{}, Named: []civic.NamedArea{}}
	for _, part := range []func(context.Context, *rows.Queries, string, *civic.AssessmentBook) error{bookRows, bookReports, bookScores, bookAppeals, bookFigures} {
		if err := part(ctx, q, id, &b); err != nil {
			return b, fmt.Errorf("read the book of case %s: %w", id, err)
		}
	}
	return b, nil
}

func bookRows(ctx context.Context, q *rows.Queries, id string, b *civic.AssessmentBook) error {
	at, err := q.TableRevision(ctx, id)
	if err != nil {
		return fmt.Errorf("its revision: %w", err)
	}
	b.Revision = int(at)
	parts, err := q.BookParts(ctx, id)
	if err != nil {
		return fmt.Errorf("its parts: %w", err)
	}
	for _, p := range parts {
		b.Parts = append(b.Parts, civic.BookPart{Kind: p.Kind, Unit: p.Unit, Quarter: int(p.Quarter), Revision: int(p.Revision)})
	}
	list, err := q.TableRows(ctx, id)
	if err != nil {
		return fmt.Errorf("its rows: %w", err)
	}
	for _, r := range list {
		b.Rows = append(b.Rows, civic.TableRow{Key: r.Key, Category: r.Category, Task: r.Task, Target: r.Target, Lead: r.Lead, Supports: r.Supports,
			Points: selection.Points(r.Points), Evidence: r.Evidence, Due: r.Due, Source: r.Source})
	}
	return nil
}

func bookReports(ctx context.Context, q *rows.Queries, id string, b *civic.AssessmentBook) error {
	list, err := q.QuarterReports(ctx, id)
	if err != nil {
		return fmt.Errorf("its reports: %w", err)
	}
	for _, r := range list {
		b.Reports = append(b.Reports, civic.QuarterReport{Quarter: int(r.Quarter), Unit: r.Unit, Row: r.RowKey, Light: civic.Light(r.Light), Progress: r.Progress,
			Evidence: r.Evidence, By: r.SavedBy, At: r.SavedAt})
	}
	return nil
}

func bookScores(ctx context.Context, q *rows.Queries, id string, b *civic.AssessmentBook) error {
	list, err := q.RowScores(ctx, id)
	if err != nil {
		return fmt.Errorf("its scores: %w", err)
	}
	for _, r := range list {
		s := civic.RowScore{Row: r.RowKey, Unit: r.Unit, Points: selection.Points(r.Points), Reason: r.Reason, Evidence: r.Evidence, By: r.SavedBy, At: r.SavedAt}
		if r.Points == noData {
			s.Points, s.NoData = 0, true
		}
		if r.Kind == "self" {
			b.Self = append(b.Self, s)
		} else {
			b.Scores = append(b.Scores, s)
		}
	}
	return nil
}

func bookAppeals(ctx context.Context, q *rows.Queries, id string, b *civic.AssessmentBook) error {
	list, err := q.RowAppeals(ctx, id)
	if err != nil {
		return fmt.Errorf("its appeals: %w", err)
	}
	for _, r := range list {
		a := civic.RowAppeal{Row: r.RowKey, Unit: r.Unit, Text: r.Text, By: r.FiledBy, At: r.FiledAt, Task: text(r.TaskID), Result: r.Result, Answer: r.Answer}
		if r.Points.Valid {
			points := selection.Points(r.Points.Int64)
			a.Points = &points
		}
		b.Appeals = append(b.Appeals, a)
	}
	return nil
}

// bookFigures reads what the sum is made of, and what was made of it.
func bookFigures(ctx context.Context, q *rows.Queries, id string, b *civic.AssessmentBook) error {
	inputs, err := q.UnitInputs(ctx, id)
	if err != nil {
		return fmt.Errorf("its figures: %w", err)
	}
	for _, r := range inputs {
		b.Inputs = append(b.Inputs, civic.UnitInput{Unit: r.Unit, Kind: civic.InputKind(r.Kind), Value: r.Value, Source: r.Source, By: r.SavedBy, At: r.SavedAt})
	}
	sheets, err := q.Sheets(ctx, id)
	if err != nil {
		return fmt.Errorf("its sheets: %w", err)
	}
	for _, r := range sheets {
		b.Sheets = append(b.Sheets, civic.FrozenSheet{Kind: r.Kind, Round: int(r.Round), Hash: r.Hash, Body: []byte(r.Body), At: r.MadeAt})
	}
	named, err := q.AdvancedAreas(ctx, id)
	if err != nil {
		return fmt.Errorf("who was named: %w", err)
	}
	for _, r := range named {
		a := civic.NamedArea{Unit: r.Unit, Seq: int(r.Seq)}
		if r.Mark != nil {
			a.Document = documentNumber(*r.Mark, int(r.Year.Int32), r.Number.Int64)
		}
		b.Named = append(b.Named, a)
	}
	return nil
}

// Template is the city's task table, with which the office begins.
func (w world) Template() ([]civic.TableRow, error) {
	list, err := w.q.TableTemplate(w.ctx)
	if err != nil {
		return nil, fmt.Errorf("read the template of the task table: %w", err)
	}
	out := make([]civic.TableRow, len(list))
	for i, r := range list {
		out[i] = civic.TableRow{Key: r.Key, Category: r.Category, Task: r.Task, Target: r.Target, Lead: r.Lead, Supports: r.Supports,
			Points: selection.Points(r.Points), Evidence: r.Evidence, Due: r.Due, Source: r.Source}
	}
	return out, nil
}

// Commendation is the approved project that covers a title in a year.
func (w world) Commendation(title string, year int) (string, int, error) {
	list, err := w.q.CoveringProjects(w.ctx, rows.CoveringProjectsParams{Strpos: title, FirstYear: int4(year)})
	if err != nil {
		return "", 0, fmt.Errorf("look for a commendation project: %w", err)
	}
	for _, p := range list {
		if (int32(year)-p.FirstYear)%p.Cycle == 0 { // a project that is held every so many years covers those years only
			return p.Approval, int(p.Quota), nil
		}
	}
	return "", 0, nil
}

// assess writes what an act changes in the book of its year.
func (w *writing) assess(ctx context.Context) error {
	c := w.fx.Assessment
	if c == nil {
		return nil
	}
	id := w.d.Case.ID
	if len(c.Rows) > 0 {
		if err := w.q.BeginAssessment(ctx, id); err != nil {
			return fmt.Errorf("begin the book: %w", err)
		}
		if err := insertRows(ctx, w.q, id, c.Rows); err != nil {
			return err
		}
	}
	for _, a := range c.Asked {
		n, err := w.q.AskAppeal(ctx, rows.AskAppealParams{TaskID: &a.Task, CaseID: id, RowKey: a.Row, Unit: a.Unit})
		if err != nil || n != 1 {
			return errors.Join(err, oneRow("ask about an appeal", n))
		}
	}
	if a := c.Answered; a != nil {
		p := rows.AnswerAppealParams{Result: &a.Result, Answer: a.Answer, CaseID: id, RowKey: a.Row, Unit: a.Unit}
		if a.Points != nil {
			p.Points = sql.NullInt64{Int64: int64(*a.Points), Valid: true}
		}
		n, err := w.q.AnswerAppeal(ctx, p)
		if err != nil || n != 1 {
			return errors.Join(err, oneRow("answer an appeal", n))
		}
	}
	if s := c.Sheet; s != nil {
		err := w.q.KeepSheet(ctx, rows.KeepSheetParams{CaseID: id, Kind: s.Kind, Round: int4(s.Round), Hash: s.Hash, Body: string(s.Body), Act: w.act.ID, MadeAt: s.At})
		if err != nil {
			return fmt.Errorf("keep the sheet: %w", err)
		}
	}
	for _, a := range c.Named {
		err := w.q.NameArea(ctx, rows.NameAreaParams{CaseID: id, Unit: a.Unit, Seq: int4(a.Seq), Most: int4(c.Most), Project: c.Project, Act: w.act.ID})
		if err != nil {
			return fmt.Errorf("name an area: %w", err)
		}
	}
	return nil
}
