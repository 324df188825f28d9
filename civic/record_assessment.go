package civic

import "context"

// Assessing is on which open task of a year somebody writes something down.
type Assessing struct {
	Case  string
	Step  string
	Unit  string
	Round int // 0: whichever
}

// AssessmentRecord keeps what is written down for a year's assessment. Everything is refused but while the task that
// asks for it is open: the record looks again in the transaction.
type AssessmentRecord interface {
	// Book is everything written down for a year, all of one moment.
	Book(ctx context.Context, caseID string) (AssessmentBook, error)
	// SaveRows replaces the task table if it is still the one that was seen, and returns its new revision.
	SaveRows(ctx context.Context, deed Deed, on Assessing, seen int, rows []TableRow) (int, error)
	SaveReports(ctx context.Context, deed Deed, on Assessing, reports []QuarterReport) (Written, error)
	// SaveScores keeps a district's own scores, or a lead department's.
	SaveScores(ctx context.Context, deed Deed, on Assessing, scores []RowScore) (Written, error)
	FileAppeal(ctx context.Context, deed Deed, on Assessing, a RowAppeal) (RowAppeal, error)
	SaveInputs(ctx context.Context, deed Deed, on Assessing, inputs []UnitInput) (Written, error)
}

// Written says how many lines were kept.
type Written struct {
	Saved int `json:"saved"`
}
