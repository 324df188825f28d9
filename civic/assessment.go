package civic

import (
	"fmt"
	"time"

	"lizheng/civic/names"
	"lizheng/civic/workday"
)

// AssessmentProcedure assesses the districts once a year by the task-decomposition table (任务分解表, "3 社区建设先进地区").
const AssessmentProcedure Procedure = "assessment"

// The states of a year's assessment beside those that it shares with other procedures.
const (
	TableDraft  State = "table"        // C1 the office writes the task table
	Cosigning   State = "cosigning"    // C2 the departments named in it sign
	Running     State = "running"      // C3 the year runs; districts report every quarter
	SelfScoring State = "self_scoring" // C4 districts score themselves; the fourth quarter is reported
	Scoring     State = "scoring"      // C5 lead departments score their rows
	Feedback    State = "feedback"     // C6 districts see the provisional sheet and may appeal
	Summing     State = "summing"      // C7 the office puts everything together
	ToBeNamed   State = "naming"       // C10 the notice is over; the city names, or does not
	Closed      State = "closed"
)

// The acts that only this procedure knows.
const (
	ActQuarter       ActKind = "quarter"        // a quarter is over, or the time of self-scoring has come, or is over
	ActCloseFeedback ActKind = "close_feedback" // no appeal in time is no appeal
)

// AssessmentYear is what a year's assessment keeps with its case; what departments and districts write down is in its book.
type AssessmentYear struct {
	Year    int       `json:"year"`
	Units   []string  `json:"units,omitempty"`   // the districts' offices that are assessed, fixed when the table is issued
	Quarter int       `json:"quarter,omitempty"` // the last one that reports were asked for
	Began   time.Time `json:"began,omitzero"`    // the present term that no task carries: from when it runs
}

// Title is what the year is called.
func (a *AssessmentYear) Title() string {
	return fmt.Sprintf("%d年度社区建设先进地区考核", a.Year)
}

// Storable refuses a year that lies too far from any that is run.
func (a *AssessmentYear) Storable() error {
	if a.Year < 2014 || a.Year > 2100 {
		return Refuse(Invalid, "bad_year", "年度不正确。", "There is no such year.").At("year")
	}
	return nil
}

// AssessmentID is the case of a year: a fact, so that a year is assessed once.
func AssessmentID(year int) string { return NewID("assessment", fmt.Sprint(year)) }

// assessment is the case's matter, to be changed and set again.
func (t *turn) assessment() AssessmentYear {
	m, ok := t.Matter.(*AssessmentYear)
	if !ok || m == nil { // a case of this procedure has its matter
		return AssessmentYear{}
	}
	return *m
}

// keep makes a changed matter the act's effect.
func (t *turn) keep(m AssessmentYear) { t.fx.Matter, t.Matter = &m, &m }

// over is the first instant after a quarter of the assessed year.
func (a AssessmentYear) over(quarter int) time.Time {
	return workday.NewDate(a.Year, time.Month(3*quarter+1), 1).Start()
}

// on is a day of the assessed year, given as month and day.
func (t *turn) on(m AssessmentYear, parameter string) (workday.Date, error) {
	day, err := workday.ParseDate(fmt.Sprintf("%04d-%s", m.Year, t.Rules.Text(parameter)))
	if err != nil {
		return day, fmt.Errorf("parameter %s: %w", parameter, err)
	}
	return day, nil
}

// openBy opens a step for a seat until a day of the assessed year, or for the step's own term if that day is too near.
func (t *turn) openBy(step string, seat Seat, m AssessmentYear, parameter string) (*Task, error) {
	day, err := t.on(m, parameter)
	if err != nil {
		return nil, err
	}
	s, _ := t.def.Step(step)
	least, err := t.Rules.Int(s.Term)
	if err != nil {
		return nil, err
	}
	return t.ask(step, seat, max(least, t.Calendar.Between(dateOf(t.Now), day))), nil
}

// turnTo moves the case on with its open tasks: what is asked for in one state may be handed in in the next.
func (t *turn) turnTo(s State) {
	t.fx.Case.State, t.fx.Case.ActsAt = s, nil
}

// soon lets the system take the next step of the year at once: it is nobody's decision.
func (t *turn) soon() {
	now := t.Now
	t.fx.Case.ActsAt = &now
}

// words of at most n characters, without control characters.
func fitsText(s string, n int) bool { return names.ValidText(s, n) == nil }
