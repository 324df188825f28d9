package postgres

import (
	"encoding/json"
	"fmt"
	"time"

	"lizheng/civic"
)

// taskRow is a row of task as the database writes it in JSON.
type taskRow struct {
	ID         string          `json:"id"`
	Case       string          `json:"case_id"`
	Ord        int             `json:"ord"`
	Step       string          `json:"step"`
	Role       civic.Role      `json:"role"`
	Unit       string          `json:"unit"`
	Person     string          `json:"person"`
	Round      int             `json:"round"`
	State      civic.TaskState `json:"state"`
	Outcome    string          `json:"outcome"`
	ClaimedBy  string          `json:"claimed_by"`
	ReadAt     *time.Time      `json:"read_at"`
	OpenedAt   time.Time       `json:"opened_at"`
	OpenedBy   string          `json:"opened_by"`
	Term       int             `json:"term"`
	DueAt      *time.Time      `json:"due_at"`
	RemindAt   *time.Time      `json:"remind_at"`
	Reminded   int             `json:"reminded"`
	Escalated  bool            `json:"escalated"`
	Urged      int             `json:"urged"`
	Returns    *string         `json:"returns"`
	Added      bool            `json:"added"`
	EndedAt    *time.Time      `json:"ended_at"`
	EndedBy    *string         `json:"ended_by"`
	AnsweredBy string          `json:"answered_by"`
	Principal  string          `json:"principal"`
	Automatic  bool            `json:"automatic"`
	VoidReason string          `json:"void_reason"`
}

// tasksIn reads the tasks that a statement gave along as a list of rows.
func tasksIn(list json.RawMessage) ([]civic.Task, error) {
	var found []taskRow
	if err := json.Unmarshal(list, &found); err != nil {
		return nil, fmt.Errorf("read the tasks of a case: %w", err)
	}
	out := make([]civic.Task, len(found))
	for i, r := range found {
		out[i] = civic.Task{
			ID: r.ID, Case: r.Case, Step: r.Step, Seat: civic.Seat{Role: r.Role, Unit: r.Unit, Person: r.Person}, Round: r.Round,
			State: r.State, Outcome: r.Outcome, ClaimedBy: r.ClaimedBy, ReadAt: r.ReadAt, OpenedAt: r.OpenedAt, OpenedBy: r.OpenedBy,
			Term: r.Term, DueAt: r.DueAt, RemindAt: r.RemindAt, Reminded: r.Reminded, Escalated: r.Escalated, Urged: r.Urged,
			Returns: text(r.Returns), EndedAt: r.EndedAt, EndedBy: text(r.EndedBy), Person: r.AnsweredBy, Principal: r.Principal, Automatic: r.Automatic,
			VoidReason: r.VoidReason, Added: r.Added,
		}
	}
	return out, nil
}

// tasksOut writes tasks for a statement that takes them as a list of rows, numbered from the first on.
func tasksOut(tasks []civic.Task, first int) (json.RawMessage, error) {
	list := make([]taskRow, len(tasks))
	for i, t := range tasks {
		list[i] = taskRow{
			ID: t.ID, Case: t.Case, Ord: first + i, Step: t.Step, Role: t.Seat.Role, Unit: t.Seat.Unit, Person: t.Seat.Person, Round: t.Round,
			State: t.State, Outcome: t.Outcome, ClaimedBy: t.ClaimedBy, ReadAt: t.ReadAt, OpenedAt: t.OpenedAt, OpenedBy: t.OpenedBy,
			Term: t.Term, DueAt: t.DueAt, RemindAt: t.RemindAt, Reminded: t.Reminded, Escalated: t.Escalated, Urged: t.Urged,
			Returns: stored(t.Returns), EndedAt: t.EndedAt, EndedBy: stored(t.EndedBy), AnsweredBy: t.Person, Principal: t.Principal, Automatic: t.Automatic,
			VoidReason: t.VoidReason, Added: t.Added,
		}
	}
	out, err := json.Marshal(list)
	if err != nil {
		return nil, fmt.Errorf("write the tasks: %w", err)
	}
	return out, nil
}
