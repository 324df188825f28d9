package civic

import (
	"fmt"
	"slices"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
	"lizheng/civic/workday"
)

// year is one year's assessment with the world around it: three districts, three departments, one row for each category.
type year struct {
	*run
	book    AssessmentBook
	project string
	quota   int
}

var districtsAssessed = []string{"d-east", "d-north", "d-west"}

// weights are a small city's: with the survey's 5 they make a hundred.
var weights = map[string]int{"burden": 20, "interaction": 10, "linkage": 20, "party": 10, "workforce": 10, "funding": 10, "housing": 15}

func tableRows() []TableRow {
	var out []TableRow
	for i, c := range TableCategories {
		out = append(out, TableRow{Key: fmt.Sprint(i + 1), Category: c, Task: "任务", Target: "标准", Lead: []string{"cz-finance", "cz-organisation", "cz-human-resources"}[i%3],
			Supports: []string{}, Points: selection.Points(weights[c]) * 100, Evidence: "材料", Due: "2014-12-31"})
	}
	return out
}

// newYear is the draft of 2014, begun by xu-ming on 3 March.
func newYear(t tester) *year {
	all := parameters()
	for key, value := range map[string]string{
		"assessment.units": "d-east|d-north|d-west", "appraisal.naming_units": "cz-party-committee", "appraisal.advanced_units": "2",
		"appraisal.project_required": "true", "assessment.table_draft_due": "01-31", "assessment.table_issue_due": "02-28", "assessment.self_score_opens": "11-26",
		"assessment.self_score_due": "12-10", "assessment.weight_satisfaction": "5", "assessment.bonus_max_points": "5", "assessment.complaint_hundredths": "50",
		"assessment.shortfall_hundredths": "20", "assessment.late_penalty_points": "1", "assessment.line_score_wd": "10",
	} {
		all = append(all, Parameter{Key: key, Value: value, From: beginning})
	}
	for _, s := range assessmentSteps {
		if s.Name != "score_rows" {
			all = append(all, Parameter{Key: s.Term, Value: "5", From: beginning})
		}
	}
	for c, w := range weights {
		all = append(all, Parameter{Key: weightOf(c), Value: fmt.Sprint(w), From: beginning})
	}
	all = append(all, Parameter{Key: "assessment.public_notice_wd", Value: "5", From: beginning})
	for i := range all {
		all[i].From = day("2014-01-01")
	}
	begun := clock("2014-03-03 09:00")
	r := &run{t: t, now: begun, atlas: atlas(), holders: holders(), lines: lines(), quick: true, d: Dossier{
		Case: Case{ID: AssessmentID(2014), Procedure: AssessmentProcedure, Unit: "cz-leading-office", Applicant: "xu-ming", State: Draft, Version: 1, Round: 1,
			Calendar: workday.Builtin().Version(), CreatedAt: begun, UpdatedAt: begun},
		Matter: &AssessmentYear{Year: 2014}, Calendar: workday.Builtin(), Rules: RulesAt(all, begun), Now: begun}}
	return &year{run: r}
}

// Holders are two of every seat.
func (y *year) Holders(_ Role, unit string) ([]string, error) {
	return []string{"one-of-" + unit, "other-of-" + unit}, nil
}

func (y *year) Book() (AssessmentBook, error) { return y.book, nil }
func (y *year) Template() ([]TableRow, error) {
	rows := tableRows()
	for i := range rows {
		rows[i].Due = "12-31"
	}
	return rows, nil
}
func (y *year) Commendation(string, int) (string, int, error) { return y.project, y.quota, nil }

// does brings one act to the year and folds what it changed.
func (y *year) does(a Act) error {
	y.t.Helper()
	y.acts++
	y.now = y.now.Add(time.Second)
	a.ID, a.Case, a.Procedure = NewID("act", fmt.Sprint(y.acts)), y.d.Case.ID, AssessmentProcedure
	y.d.Now = y.now
	fx, err := Apply(y.d, a, y)
	if err != nil {
		return err
	}
	y.fold(fx)
	if fx.Matter != nil {
		y.d.Matter = fx.Matter
	}
	if c := fx.Assessment; c != nil {
		y.write(*c)
	}
	if y.visit != nil {
		y.visit(y.d, y)
	}
	return nil
}

// write does what the record does with the book.
func (y *year) write(c AssessmentChange) {
	if len(c.Rows) > 0 {
		y.book.Rows = c.Rows
	}
	for _, a := range append(c.Asked, deref(c.Answered)...) {
		i := slices.IndexFunc(y.book.Appeals, func(o RowAppeal) bool { return o.Row == a.Row && o.Unit == a.Unit })
		y.book.Appeals[i] = a
	}
	if c.Sheet != nil {
		y.book.Sheets = append(y.book.Sheets, *c.Sheet)
	}
	y.book.Named = append(y.book.Named, c.Named...)
}

func deref(a *RowAppeal) []RowAppeal {
	if a == nil {
		return nil
	}
	return []RowAppeal{*a}
}

// all answers every open task of a step, each by a person of its own.
func (y *year) all(step, outcome string, details ...Details) {
	y.t.Helper()
	n := 0
	for _, k := range slices.Clone(y.d.Tasks) {
		if k.Open() && k.Step == step {
			y.answer(k, outcome, details...)
			n++
		}
	}
	require.Positive(y.t, n, "nothing of %s is open in state %s", step, y.d.Case.State)
}

func (y *year) answer(k Task, outcome string, details ...Details) {
	y.t.Helper()
	a := Act{Kind: ActDecide, Task: k.ID, Actor: "p-" + k.Step + "-" + k.Seat.Unit, Outcome: outcome, Opinion: "依据考核办法"}
	if len(details) > 0 {
		a.Details = details[0]
	}
	require.NoError(y.t, y.does(a), "%s %s", k.Step, outcome)
}

// open is the first open task of a step.
func (y *year) open(step string) Task {
	y.t.Helper()
	i := slices.IndexFunc(y.d.Tasks, func(k Task) bool { return k.Open() && k.Step == step })
	require.GreaterOrEqual(y.t, i, 0, "nothing of %s is open in state %s", step, y.d.Case.State)
	return y.d.Tasks[i]
}

// itself lets the system act when the state's instant comes.
func (y *year) itself(kind ActKind) {
	y.t.Helper()
	require.NotNil(y.t, y.d.Case.ActsAt, "nothing is due in state %s", y.d.Case.State)
	if y.now.Before(*y.d.Case.ActsAt) {
		y.now = *y.d.Case.ActsAt
	}
	require.NoError(y.t, y.does(Act{Kind: kind, Actor: System}), "in state %s", y.d.Case.State)
}

func (y *year) stands(s State) { y.t.Helper(); require.Equal(y.t, s, y.d.Case.State) }

// reports fills a district's report of a quarter.
func (y *year) reports(quarter int, light Light) {
	for _, unit := range districtsAssessed {
		for _, r := range y.book.Rows {
			y.book.Reports = append(y.book.Reports, QuarterReport{Quarter: quarter, Unit: unit, Row: r.Key, Light: light, Progress: "按计划"})
		}
	}
}

// running is a year whose table is issued.
func running(t tester) *year { return newYear(t).running() }

func (y *year) running() *year {
	require.NoError(y.t, y.does(Act{Kind: ActSubmit, Actor: "xu-ming"}))
	y.all("compile_table", "send")
	y.all("cosign_table", "agree")
	y.all("issue_table", "issue")
	y.stands(Running)
	return y
}

// scoring is a year in which everything was handed in.
func scoring(t tester) *year { return running(t).scoring() }

func (y *year) scoring() *year {
	for quarter := 1; quarter <= 3; quarter++ {
		y.itself(ActQuarter)
		y.reports(quarter, Green)
		y.all("report_quarter", "hand_in")
	}
	y.itself(ActQuarter)
	y.stands(SelfScoring)
	for _, unit := range districtsAssessed {
		for _, r := range y.book.Rows {
			y.book.Self = append(y.book.Self, RowScore{Row: r.Key, Unit: unit, Points: r.Points})
		}
	}
	y.all("self_score", "hand_in")
	y.itself(ActQuarter)
	y.reports(4, Green)
	y.all("report_quarter", "hand_in")
	y.itself(ActQuarter) // at once: nothing is owed any more
	y.stands(Scoring)
	return y
}

// scored is a year that the departments have scored: d-west lost two points, d-north one.
func scored(t tester) *year { return scoring(t).scored() }

func (y *year) scored() *year {
	for _, unit := range districtsAssessed {
		for _, r := range y.book.Rows {
			s := RowScore{Row: r.Key, Unit: unit, Points: r.Points}
			if less := map[string]selection.Points{"d-north": 100, "d-west": 200}[unit]; r.Key == "1" && less > 0 {
				s.Points, s.Reason = s.Points-less, "抽查发现未准入事项"
			}
			y.book.Scores = append(y.book.Scores, s)
		}
	}
	y.all("score_rows", "scored")
	y.stands(Feedback)
	return y
}

// summing is a year whose scores stand.
func summing(t tester) *year { return scored(t).summing() }

func (y *year) summing() *year {
	y.all("review_scores", "accept")
	y.stands(Summing)
	for _, unit := range districtsAssessed {
		for _, kind := range InputKinds[:3] {
			y.book.Inputs = append(y.book.Inputs, UnitInput{Unit: unit, Kind: kind, Value: map[InputKind]int64{Satisfaction: 90_00}[kind], Source: "第三方调查"})
		}
	}
	return y
}

func proposing(titles int64, vetoes ...Veto) Details {
	return Details{Assessment: &AssessmentDetails{Titles: &titles, Vetoes: vetoes}}
}

// fork is a second year that goes its own way from here.
func (y *year) fork() *year {
	c := *y
	c.run = y.clone()
	c.book.Sheets, c.book.Appeals = slices.Clone(y.book.Sheets), slices.Clone(y.book.Appeals)
	return &c
}

func (y *year) waitsFor(step string) bool {
	return slices.ContainsFunc(y.d.Tasks, func(k Task) bool { return k.Open() && k.Step == step })
}

func (y *year) openOf(step string) (out []Task) {
	for _, k := range y.d.Tasks {
		if k.Open() && k.Step == step {
			out = append(out, k)
		}
	}
	return out
}
