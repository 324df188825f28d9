package civic

import (
	"context"
	"time"
)

// InboxQuery asks for open tasks of seats: the nearest due instant first.
type InboxQuery struct {
	TaskFilter
	Window
	Me     string
	Seats  []SeatOf
	Yellow time.Time // for Soon: what is due until then
}

// TaskRow is a task with what a list shows of its case.
type TaskRow struct {
	Task   Task
	Case   Case
	Holder string // the principal for whom it is in the inbox, "" for one's own
}

// TaskReader reads tasks.
type TaskReader interface {
	Inbox(ctx context.Context, q InboxQuery) ([]TaskRow, error)
	// CountInbox counts the open tasks of seats, those due before an instant, and those overdue.
	CountInbox(ctx context.Context, me string, seats []SeatOf, before time.Time) (InboxCount, error)
	// Answered are the tasks that a person answered, of the cases within the sight, the latest first.
	Answered(ctx context.Context, s Sight, person string, w Window) ([]TaskRow, error)
	// MarkTaskRead notes that somebody of the seat has opened the task; from then on nothing that led to it is recalled.
	MarkTaskRead(ctx context.Context, task string) error
}
