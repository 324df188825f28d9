package postgres

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"lizheng/civic"
	"lizheng/postgres/rows"
)

// Brief reads what the desk looks at before an act, as it stood at one instant: the stored answer under (actor, key), or else the case,
// named by itself or by one of its tasks, with its tasks, parties and readers. An unknown case or task is NotFound.
func (s *Store) Brief(ctx context.Context, actor, key, caseID, taskID string) (civic.Brief, error) {
	if taskID == "" && caseID == "" || taskID != "" && !isID(taskID) || caseID != "" && !isID(caseID) {
		return s.bareAnswer(ctx, actor, key)
	}
	row, err := s.q.BriefCase(ctx, rows.BriefCaseParams{Actor: actor, Key: key, CaseID: stored(caseID), TaskID: stored(taskID)})
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return s.bareAnswer(ctx, actor, key)
	case err != nil:
		return civic.Brief{}, fmt.Errorf("read the case of an act: %w", err)
	}
	b := civic.Brief{Parties: row.Parties, Readers: row.Readers}
	if b.Stored, err = answerIn(row.Answers); err != nil || b.Stored != nil {
		return b, err
	}
	b.Case = civic.Case{ID: row.ID, Seq: row.Seq, Number: row.Number, Procedure: civic.Procedure(row.Procedure), Route: civic.Route(row.Route), Title: row.Title,
		Unit: row.Unit, Applicant: row.Applicant, State: civic.State(row.State), Version: int(row.Version), Round: int(row.Round), DueAt: row.DueAt,
		ActsAt: row.ActsAt, Deadline: row.Deadline, PausedAt: row.PausedAt, RulesAt: row.RulesAt, Calendar: int(row.Calendar),
		CreatedAt: row.CreatedAt, UpdatedAt: row.UpdatedAt, ClosedAt: row.ClosedAt}
	if b.Tasks, err = tasksIn(row.Tasks); err != nil || taskID == "" {
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

// bareAnswer is the answer to an act whose case is not there: it may have been a draft that was discarded since.
func (s *Store) bareAnswer(ctx context.Context, actor, key string) (b civic.Brief, err error) {
	if b.Stored, err = s.Answer(ctx, actor, key); err == nil && b.Stored == nil {
		err = civic.ErrNotFound()
	}
	return b, err
}

// answerIn reads the one answer that a statement gave along as a list of rows, nil when there is none.
func answerIn(list json.RawMessage) (*civic.Outcome, error) {
	var found []struct {
		Hash string          `json:"hash"`
		Body json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(list, &found); err != nil || len(found) == 0 {
		return nil, err
	}
	out, err := outcomeOf(rows.AnswerRow{Hash: found[0].Hash, Body: found[0].Body})
	return &out, err
}
