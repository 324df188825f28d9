package civic

import (
	"context"
	"time"

	"lizheng/civic/workday"
)

// OpenTerm is the term of one open task.
type OpenTerm struct {
	Case, Number, Task, Step string
	OpenedAt                 time.Time
	Term                     int
	Due                      time.Time
}

// Rulebook keeps what a city may tune, and its places and bodies. Snapshots are at most a second old.
type Rulebook interface {
	Atlas(ctx context.Context) (*Atlas, error)
	Parameters(ctx context.Context) ([]Parameter, error)
	// Calendar is one version of the calendar, 0 for the newest.
	Calendar(ctx context.Context, version int) (*workday.Calendar, error)
	// ChangeParameter adds a version.
	ChangeParameter(ctx context.Context, deed Deed, p Parameter) (Parameter, error)
	// ImportCalendar adds a version; open terms are recomputed afterwards, case by case.
	ImportCalendar(ctx context.Context, deed Deed, days []workday.Day, official []int, source string) (CalendarImported, error)
	// OpenTerms gives every open term.
	OpenTerms(ctx context.Context, give func(OpenTerm) error) error
}
