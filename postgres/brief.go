package postgres

import (
	"context"
	"errors"
	"fmt"

	"lizheng/civic"
)

// Brief reads what the desk looks at before an act: the stored answer under (actor, key), or else the case, named by itself or by one
// of its tasks, with its tasks, parties and readers. An unknown case or task is NotFound.
func (s *Store) Brief(ctx context.Context, actor, key, caseID, taskID string) (civic.Brief, error) {
	var b civic.Brief
	var err error
	if b.Stored, err = s.Answer(ctx, actor, key); err != nil || b.Stored != nil {
		return b, err
	}
	if taskID != "" {
		if !isID(taskID) {
			return b, civic.ErrNotFound()
		}
		of, err := s.q.TaskCase(ctx, taskID)
		if err != nil {
			return b, fmt.Errorf("read task: %w", absent(err))
		}
		if caseID != "" && caseID != of {
			return b, civic.ErrNotFound()
		}
		caseID = of
	}
	if !isID(caseID) {
		return b, civic.ErrNotFound()
	}
	return b, errors.Join(s.briefCase(ctx, caseID, &b), s.briefTasks(ctx, caseID, taskID, &b))
}

func (s *Store) briefCase(ctx context.Context, id string, b *civic.Brief) error {
	row, err := s.q.CaseRow(ctx, id)
	if err != nil {
		return absent(err)
	}
	b.Case = civic.Case{ID: row.ID, Seq: row.Seq, Number: row.Number, Procedure: civic.Procedure(row.Procedure), Route: civic.Route(row.Route), Title: row.Title,
		Unit: row.Unit, Applicant: row.Applicant, State: civic.State(row.State), Version: int(row.Version), Round: int(row.Round), DueAt: row.DueAt,
		ActsAt: row.ActsAt, Deadline: row.Deadline, PausedAt: row.PausedAt, RulesAt: row.RulesAt, Calendar: int(row.Calendar),
		CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, ClosedAt: row.ClosedAt}
	if b.Parties, err = s.q.CaseParties(ctx, id); err != nil {
		return fmt.Errorf("read the parties: %w", err)
	}
	if b.Readers, err = s.q.CaseReaders(ctx, id); err != nil {
		return fmt.Errorf("read the readers: %w", err)
	}
	return nil
}

func (s *Store) briefTasks(ctx context.Context, id, taskID string, b *civic.Brief) error {
	var err error
	if b.Tasks, err = tasksOf(ctx, s.q, id); err != nil {
		return err
	}
	for i := range b.Tasks {
		if b.Tasks[i].ID == taskID {
			b.Task = &b.Tasks[i]
		}
	}
	return nil
}
