package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// writingDown carries out a deed that writes something down for a year's assessment: with the case locked, so that nobody
// answers the task meanwhile, and only while that task is open.
func writingDown[T any](ctx context.Context, s *Store, deed civic.Deed, on civic.Assessing, do func(q *rows.Queries, at rows.LockAssessmentRow) (T, error)) (T, error) {
	deed.Case = on.Case
	return perform(ctx, s, deed, func(_ *sql.Tx, q *rows.Queries) (T, error) {
		var none T
		at, err := q.LockAssessment(ctx, on.Case)
		if err != nil {
			return none, fmt.Errorf("lock case %s: %w", on.Case, absent(err))
		}
		if at.Paused {
			return none, civic.Refuse(civic.Conflict, "paused", "该事项已中止，恢复后方可操作。", "The case is paused; it must be resumed first.")
		}
		open, err := q.AssessmentTask(ctx, rows.AssessmentTaskParams{CaseID: on.Case, Step: on.Step, Unit: on.Unit, Round: int4(on.Round),
			Person: deed.Actor.Person, Principal: deed.Permit.Principal})
		if err != nil {
			return none, fmt.Errorf("look for the task: %w", err)
		}
		if open == 0 {
			return none, civic.Refuse(civic.Conflict, "not_asked", "现在没有要求填报此项内容，或该任务已由同事认领。", "Nobody is asked for this now, or a colleague has claimed the task.").
				With("step", on.Step).With("state", at.State)
		}
		if err := q.BeginAssessment(ctx, on.Case); err != nil {
			return none, fmt.Errorf("begin the book: %w", err)
		}
		return do(q, at)
	})
}

// writingPart also counts the revision of the part, if it is still the one that was seen.
func writingPart(ctx context.Context, s *Store, deed civic.Deed, on civic.Assessing, do func(q *rows.Queries, at rows.LockAssessmentRow) (int, error)) (civic.Written, error) {
	return writingDown(ctx, s, deed, on, func(q *rows.Queries, at rows.LockAssessmentRow) (civic.Written, error) {
		part := on.Part()
		current, err := q.PartRevision(ctx, rows.PartRevisionParams{CaseID: on.Case, Kind: part.Kind, Unit: part.Unit, Quarter: int4(part.Quarter)})
		if err != nil {
			return civic.Written{}, fmt.Errorf("read the revision: %w", err)
		}
		if int(current) != on.Seen {
			return civic.Written{}, errStaleBook(on.Seen, int(current))
		}
		saved, err := do(q, at)
		if err != nil {
			return civic.Written{}, err
		}
		if err := q.NextPart(ctx, rows.NextPartParams{CaseID: on.Case, Kind: part.Kind, Unit: part.Unit, Quarter: int4(part.Quarter)}); err != nil {
			return civic.Written{}, fmt.Errorf("count the revision: %w", err)
		}
		deed.Detail["revision"] = current + 1
		return civic.Written{Saved: saved, Revision: int(current) + 1}, nil
	})
}

func errStaleBook(seen, current int) *civic.Error {
	return civic.Refuse(civic.Stale, "stale", "页面内容已过时，请刷新后再操作。", "Somebody has saved another revision since you looked; look again.").
		With("seen", seen).With("current", current)
}

// SaveRows replaces the task table.
func (s *Store) SaveRows(ctx context.Context, deed civic.Deed, on civic.Assessing, seen int, table []civic.TableRow) (int, error) {
	return writingDown(ctx, s, deed, on, func(q *rows.Queries, _ rows.LockAssessmentRow) (int, error) {
		revision, err := q.TableRevision(ctx, on.Case)
		if err != nil {
			return 0, fmt.Errorf("read the revision: %w", err)
		}
		current := int(revision)
		if current != seen {
			return 0, errStaleBook(seen, current)
		}
		if err := q.DropRows(ctx, on.Case); err != nil {
			return 0, fmt.Errorf("replace the table: %w", err)
		}
		if err := insertRows(ctx, q, on.Case, table); err != nil {
			return 0, err
		}
		deed.Detail["revision"], deed.Detail["rows"] = current+1, len(table)
		if err := q.NextTable(ctx, on.Case); err != nil {
			return 0, fmt.Errorf("count the revision: %w", err)
		}
		return current + 1, nil
	})
}

func insertRows(ctx context.Context, q *rows.Queries, id string, table []civic.TableRow) error {
	p := rows.InsertRowsParams{CaseID: id}
	for i, r := range table {
		p.Keys, p.Ords, p.Categories, p.Tasks = append(p.Keys, r.Key), append(p.Ords, int32(i)), append(p.Categories, r.Category), append(p.Tasks, r.Task)
		p.Targets, p.Leads, p.Supports = append(p.Targets, r.Target), append(p.Leads, r.Lead), append(p.Supports, strings.Join(r.Supports, "|"))
		p.Points, p.Evidences = append(p.Points, int64(r.Points)), append(p.Evidences, r.Evidence)
		p.Dues, p.Sources = append(p.Dues, r.Due), append(p.Sources, r.Source)
	}
	if err := q.InsertRows(ctx, p); err != nil {
		return fmt.Errorf("keep the table: %w", err)
	}
	return nil
}

// SaveReports keeps what a district says about rows at the end of a quarter.
func (s *Store) SaveReports(ctx context.Context, deed civic.Deed, on civic.Assessing, reports []civic.QuarterReport) (civic.Written, error) {
	return writingPart(ctx, s, deed, on, func(q *rows.Queries, at rows.LockAssessmentRow) (int, error) {
		p := rows.SaveReportsParams{CaseID: on.Case, Quarter: int4(on.Round), Unit: on.Unit, SavedBy: deed.Actor.Person, SavedAt: at.Now}
		for _, r := range reports {
			p.Keys, p.Lights = append(p.Keys, r.Row), append(p.Lights, string(r.Light))
			p.Progresses, p.Evidences = append(p.Progresses, r.Progress), append(p.Evidences, r.Evidence)
		}
		if err := q.SaveReports(ctx, p); err != nil {
			return 0, fmt.Errorf("keep the report: %w", noRow(err))
		}
		deed.Detail["quarter"], deed.Detail["unit"], deed.Detail["rows"] = on.Round, on.Unit, len(reports)
		return len(reports), nil
	})
}

// SaveScores keeps scores: a district's of itself, or a department's of all districts.
func (s *Store) SaveScores(ctx context.Context, deed civic.Deed, on civic.Assessing, scores []civic.RowScore) (civic.Written, error) {
	return writingPart(ctx, s, deed, on, func(q *rows.Queries, at rows.LockAssessmentRow) (int, error) {
		p := rows.SaveScoresParams{CaseID: on.Case, Kind: "lead", SavedBy: deed.Actor.Person, SavedAt: at.Now}
		if on.Step == "self_score" {
			p.Kind = "self"
		}
		for _, c := range scores {
			points := int64(c.Points)
			if c.NoData {
				points = noData
			}
			p.Keys, p.Units, p.Points = append(p.Keys, c.Row), append(p.Units, c.Unit), append(p.Points, points)
			p.Reasons, p.Evidences = append(p.Reasons, c.Reason), append(p.Evidences, c.Evidence)
		}
		n, err := q.SaveScores(ctx, p)
		if err != nil {
			return 0, fmt.Errorf("keep the scores: %w", err)
		}
		if n != int64(len(scores)) { // the desk has compared them with the table, which does not change any more
			return 0, fmt.Errorf("keep the scores: %d of %d", n, len(scores))
		}
		deed.Detail["kind"], deed.Detail["unit"], deed.Detail["scores"] = p.Kind, on.Unit, len(scores)
		return len(scores), nil
	})
}

// noData stands for no score at all on its way into the database, where there is none.
const noData = -1

// FileAppeal keeps a district's one appeal against a row.
func (s *Store) FileAppeal(ctx context.Context, deed civic.Deed, on civic.Assessing, a civic.RowAppeal) (civic.RowAppeal, error) {
	return writingDown(ctx, s, deed, on, func(q *rows.Queries, at rows.LockAssessmentRow) (civic.RowAppeal, error) {
		a.Unit, a.By, a.At = on.Unit, deed.Actor.Person, at.Now
		n, err := q.FileAppeal(ctx, rows.FileAppealParams{CaseID: on.Case, RowKey: a.Row, Unit: a.Unit, Text: a.Text, FiledBy: a.By, FiledAt: a.At})
		if err != nil {
			return a, fmt.Errorf("file the appeal: %w", noRow(err))
		}
		if n == 0 {
			return a, civic.Refuse(civic.Conflict, "appealed_once", "每行只能申诉一次。", "There is one appeal for each row.").At("row")
		}
		deed.Detail["row"], deed.Detail["unit"] = a.Row, a.Unit
		return a, nil
	})
}

// SaveInputs keeps the figures that no row holds.
func (s *Store) SaveInputs(ctx context.Context, deed civic.Deed, on civic.Assessing, inputs []civic.UnitInput) (civic.Written, error) {
	return writingPart(ctx, s, deed, on, func(q *rows.Queries, at rows.LockAssessmentRow) (int, error) {
		p := rows.SaveInputsParams{CaseID: on.Case, SavedBy: deed.Actor.Person, SavedAt: at.Now}
		for _, in := range inputs {
			p.Units, p.Kinds, p.Vals, p.Sources = append(p.Units, in.Unit), append(p.Kinds, string(in.Kind)), append(p.Vals, in.Value), append(p.Sources, in.Source)
		}
		if err := q.SaveInputs(ctx, p); err != nil {
			return 0, fmt.Errorf("keep the figures: %w", err)
		}
		deed.Detail["inputs"] = len(inputs)
		return len(inputs), nil
	})
}

// noRow refuses what speaks of a row that the table does not have.
func noRow(err error) error {
	if sqlState(err) == "23503" && slices.Contains([]string{"quarter_report_case_id_row_key_fkey", "row_appeal_case_id_row_key_fkey"}, constraint(err)) {
		return civic.Refuse(civic.Invalid, "no_such_row", "任务分解表中没有这一行。", "The task table has no such row.").At("row")
	}
	return err
}
