package postgres

import (
	"context"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Brief reads what the desk looks at before an act: the stored answer under (actor, key), or else the case, named by itself or by one
// of its tasks, with its tasks, parties and readers. An unknown case or task is NotFound.
func (s *Store) Brief(ctx context.Context, actor, key, caseID, taskID string) (civic.Brief, error) {
	var b civic.Brief
	var err error
	if b.Stored, err = s.Answer(ctx, actor, key); err != nil || b.Stored != nil {
		return b, err
	}
	if taskID == "" && caseID == "" || taskID != "" && !isID(taskID) || caseID != "" && !isID(caseID) {
		return b, civic.ErrNotFound()
	}
	row, err := s.q.BriefCase(ctx, rows.BriefCaseParams{CaseID: stored(caseID), TaskID: stored(taskID)})
	if err != nil {
		return b, fmt.Errorf("read the case of an act: %w", absent(err))
	}
	b.Case = civic.Case{ID: row.ID, Seq: row.Seq, Number: row.Number, Procedure: civic.Procedure(row.Procedure), Route: civic.Route(row.Route), Title: row.Title,
		Unit: row.Unit, Applicant: row.Applicant, State: civic.State(row.State), Version: int(row.Version), Round: int(row.Round), DueAt: row.DueAt,
		ActsAt: row.ActsAt, Deadline: row.Deadline, PausedAt: row.PausedAt, RulesAt: row.RulesAt, Calendar: int(row.Calendar),
		CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, ClosedAt: row.ClosedAt}
	b.Parties, b.Readers = row.Parties, row.Readers
	if b.Tasks, err = tasksOf(ctx, s.q, row.ID); err != nil || taskID == "" {
		return b, err
	}
	for i := range b.Tasks {
		if b.Tasks[i].ID == taskID {
			b.Task = &b.Tasks[i]
			return b, nil
		}
	}
	return b, civic.ErrNotFound() // the task is another case's
}
