package civic

import "context"

// Assessing is on which open task of a year somebody writes something down.
type Assessing struct {
	Case  string
	Step  string
	Unit  string
	Round int // 0: whichever
	Seen  int // the revision of what was written down that the person had before them
}

// The parts of a year's book that are written down by one unit, each with a revision of its own.
const (
	ReportPart = "report"
	SelfPart   = "self"
	LeadPart   = "lead"
	InputsPart = "inputs"
)

// Part is which part of the book is written on a step.
func (on Assessing) Part() BookPart {
	kinds := map[string]string{"report_quarter": ReportPart, "self_score": SelfPart, "score_rows": LeadPart, "sum_up": InputsPart}
	p := BookPart{Kind: kinds[on.Step], Unit: on.Unit}
	switch p.Kind {
	case ReportPart:
		p.Quarter = on.Round
	case InputsPart:
		p.Unit = "" // whichever office sums up, the figures are the year's
	}
	return p
}

// AssessmentRecord keeps what is written down for a year's assessment. Everything is refused but while the task that
// asks for it is open: the record looks again in the transaction.
type AssessmentRecord interface {
	// Book is everything written down for a year, all of one moment.
	Book(ctx context.Context, caseID string) (AssessmentBook, error)
	// SaveRows replaces the task table if it is still the one that was seen, and returns its new revision.
	SaveRows(ctx context.Context, deed Deed, on Assessing, seen int, rows []TableRow) (int, error)
	// What follows replaces lines of one unit's part if it is still the one that was seen.
	SaveReports(ctx context.Context, deed Deed, on Assessing, reports []QuarterReport) (Written, error)
	// SaveScores keeps a district's own scores, or a lead department's.
	SaveScores(ctx context.Context, deed Deed, on Assessing, scores []RowScore) (Written, error)
	FileAppeal(ctx context.Context, deed Deed, on Assessing, a RowAppeal) (RowAppeal, error)
	SaveInputs(ctx context.Context, deed Deed, on Assessing, inputs []UnitInput) (Written, error)
}

// Written says how many lines were kept, and as which revision of their part.
type Written struct {
	Saved    int `json:"saved"`
	Revision int `json:"revision"`
}
