package civic

import (
	"slices"
	"time"

	"lizheng/civic/selection"
)

// AssessmentBook is what departments and districts have written down for a year: too much for the case itself, and
// written by deeds. Rules read it whole, in the transaction of the act that they decide.
type AssessmentBook struct {
	Revision int             `json:"revision"` // of the rows
	Rows     []TableRow      `json:"rows"`
	Parts    []BookPart      `json:"parts"`
	Reports  []QuarterReport `json:"reports"`
	Self     []RowScore      `json:"self"`   // the districts' own scores
	Scores   []RowScore      `json:"scores"` // the lead departments'
	Appeals  []RowAppeal     `json:"appeals"`
	Inputs   []UnitInput     `json:"inputs"`
	Sheets   []FrozenSheet   `json:"sheets"` // oldest first
	Named    []NamedArea     `json:"named"`
}

// BookPart is what one unit writes down - its report of a quarter, its own scores, its scores of the rows that it leads, the
// office's figures - with its revision.
type BookPart struct {
	Kind     string `json:"kind"`
	Unit     string `json:"unit,omitempty"` // none of the figures
	Quarter  int    `json:"quarter,omitempty"`
	Revision int    `json:"revision"`
}

// TableRow is one row of the task table: who has to reach what by when, and what it is worth.
type TableRow struct {
	Key      string           `json:"key"`
	Category string           `json:"category"` // whose points add up to its weight
	Task     string           `json:"task"`
	Target   string           `json:"target"` // and the standard by which it is scored
	Lead     string           `json:"lead"`
	Supports []string         `json:"supports"`
	Points   selection.Points `json:"points"`
	Evidence string           `json:"evidence"`
	Due      string           `json:"due"`    // a day
	Source   string           `json:"source"` // the document that the target comes from
}

// QuarterReport is what a district says about one row at the end of a quarter.
type QuarterReport struct {
	Quarter  int       `json:"quarter,omitempty"`
	Unit     string    `json:"unit,omitempty"`
	Row      string    `json:"row"`
	Light    Light     `json:"light"` // green, yellow or red
	Progress string    `json:"progress"`
	Evidence string    `json:"evidence,omitempty"`
	By       string    `json:"by,omitempty"`
	At       time.Time `json:"at,omitzero"`
}

// RowScore is what a unit gets for a row: from itself, or from the lead department.
type RowScore struct {
	Row      string           `json:"row"`
	Unit     string           `json:"unit"`
	Points   selection.Points `json:"points"`
	NoData   bool             `json:"no_data,omitempty"` // taken out of what the unit is measured against; never zero
	Reason   string           `json:"reason,omitempty"`  // for whatever is less than all points
	Evidence string           `json:"evidence,omitempty"`
	By       string           `json:"by,omitempty"`
	At       time.Time        `json:"at,omitzero"`
}

// RowAppeal is a district's one appeal against its score for a row.
type RowAppeal struct {
	Row    string            `json:"row"`
	Unit   string            `json:"unit"`
	Text   string            `json:"text"`
	By     string            `json:"by,omitempty"`
	At     time.Time         `json:"at,omitzero"`
	Task   string            `json:"task,omitempty"`   // that asks the department for its answer
	Result string            `json:"result,omitempty"` // upheld or changed
	Answer string            `json:"answer,omitempty"`
	Points *selection.Points `json:"points,omitempty"` // the changed score
}

// UnitInput is one figure of a unit that no row holds, with the source it was taken from.
type UnitInput struct {
	Unit   string    `json:"unit"`
	Kind   InputKind `json:"kind"`
	Value  int64     `json:"value"`
	Source string    `json:"source"`
	By     string    `json:"by,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// InputKind says what a figure is.
type InputKind string

// The figures that are added up with the rows: hundredths of a point, but for complaints, which are counted, and rooms
// owed, which are square metres.
const (
	Satisfaction InputKind = "satisfaction"
	Complaints   InputKind = "complaints"
	RoomsOwed    InputKind = "shortfall"
	Bonus        InputKind = "bonus"
	Penalty      InputKind = "penalty"
)

// InputKinds are all figures, those that every unit must have first.
var InputKinds = []InputKind{Satisfaction, Complaints, RoomsOwed, Bonus, Penalty}

// mostOf is the largest value that makes sense.
func (k InputKind) mostOf() int64 {
	switch k {
	case Satisfaction, Penalty, Bonus:
		return int64(selection.Full)
	case Complaints:
		return 10_000
	}
	return 1_000_000
}

// FrozenSheet is a sheet with its hash, as it was when it was made; nothing it holds changes after.
type FrozenSheet struct {
	Kind  string    `json:"kind"` // frozen: the scores, before deliberation; result: with the proposal
	Round int       `json:"round"`
	Hash  string    `json:"hash"`
	Body  []byte    `json:"-"`
	At    time.Time `json:"at"`
}

// NamedArea is a district that was named, with its place among the titles of the project.
type NamedArea struct {
	Unit     string `json:"unit"`
	Seq      int    `json:"seq"`
	Document string `json:"document,omitempty"`
}

// row finds a row by its key.
func (b AssessmentBook) row(key string) (TableRow, bool) {
	i := slices.IndexFunc(b.Rows, func(r TableRow) bool { return r.Key == key })
	if i < 0 {
		return TableRow{}, false
	}
	return b.Rows[i], true
}

// final is what a unit has for a row after its appeal was answered.
func (b AssessmentBook) final(row, unit string) (RowScore, bool) {
	s, ok := b.score(row, unit)
	for _, a := range b.Appeals {
		if a.Row == row && a.Unit == unit && a.Points != nil {
			s.Row, s.Unit, s.Points, s.NoData, s.Reason, ok = row, unit, *a.Points, false, a.Answer, true
		}
	}
	return s, ok
}

// score is what the lead department gave a unit for a row.
func (b AssessmentBook) score(row, unit string) (RowScore, bool) {
	i := slices.IndexFunc(b.Scores, func(s RowScore) bool { return s.Row == row && s.Unit == unit })
	if i < 0 {
		return RowScore{}, false
	}
	return b.Scores[i], true
}

// input is a unit's figure.
func (b AssessmentBook) input(unit string, kind InputKind) (UnitInput, bool) {
	i := slices.IndexFunc(b.Inputs, func(in UnitInput) bool { return in.Unit == unit && in.Kind == kind })
	if i < 0 {
		return UnitInput{}, false
	}
	return b.Inputs[i], true
}

// AssessmentChange is what an act writes beside the case.
type AssessmentChange struct {
	Asked    []RowAppeal // with the task that asks for the answer
	Answered *RowAppeal
	Rows     []TableRow // with which the table begins
	Sheet    *FrozenSheet
	Named    []NamedArea
	Project  string // the commendation project that covers the naming
	Most     int    // how many may be named
}

// AssessmentWorld answers what the rules of the assessment ask beyond their case.
type AssessmentWorld interface {
	Book() (AssessmentBook, error)
	Template() ([]TableRow, error) // of the city; days are month and day
	// Commendation is the approved project that covers a title in a year, and how many it may name; "" when there is none.
	Commendation(title string, year int) (project string, quota int, err error)
}
