package civic

import (
	"context"
	"time"
)

// AuditQuery asks for lines of the audit trail, the latest first.
type AuditQuery struct {
	AuditFilter
	Window
}

// AuditReader reads and checks the audit trail.
type AuditReader interface {
	Audit(ctx context.Context, q AuditQuery) ([]AuditLine, error)
	// VerifyChain recomputes every line.
	VerifyChain(ctx context.Context) (ChainReport, error)
	// Note writes a line for something that changed nothing else: personal data that was read, an export.
	Note(ctx context.Context, deed Deed, detail map[string]string) error
}

// Counted is what a statistic is about: from one instant to before another, of a unit and a procedure unless empty.
type Counted struct {
	From, To  time.Time
	Unit      string
	Procedure Procedure
}

// Stats count.
type Stats interface {
	// Funnel counts the cases filed in a time by the steps they reached and the states they are in.
	Funnel(ctx context.Context, c Counted) (filed int64, steps map[string]int64, states map[State]int64, err error)
	// OnTime counts the answers given in a time by step and unit.
	OnTime(ctx context.Context, c Counted) ([]OnTimeRow, error)
	// Passages are how long people's answers took, and how long cases filed took to their first decision.
	Passages(ctx context.Context, c Counted) (answers []AnswerPassage, rulings []RulingPassage, err error)
	// OverdueByUnit counts the open tasks past their due instant.
	OverdueByUnit(ctx context.Context, unit string) ([]OverdueRow, error)
}

// OnTimeRow is what one unit answered in one step.
type OnTimeRow struct {
	Step, Unit   string
	Done, InTime int64
}

// AnswerPassage is how long answers of one unit in one step took.
type AnswerPassage struct {
	Step, Unit string
	Passage
}

// RulingPassage is how long cases of one unit took to their first decision.
type RulingPassage struct {
	Unit string // that filed them
	Passage
}

// OverdueRow is what one unit has overdue.
type OverdueRow struct {
	Unit   string
	Count  int64
	Oldest time.Time
}
