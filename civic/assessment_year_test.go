package civic

import (
	"fmt"
	"slices"
	"testing"
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
func running(t tester) *year {
	y := newYear(t)
	require.NoError(t, y.does(Act{Kind: ActSubmit, Actor: "xu-ming"}))
	y.all("compile_table", "send")
	y.all("cosign_table", "agree")
	y.all("issue_table", "issue")
	y.stands(Running)
	return y
}

// scoring is a year in which everything was handed in.
func scoring(t tester) *year {
	y := running(t)
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
func scored(t tester) *year {
	y := scoring(t)
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
func summing(t tester) *year {
	y := scored(t)
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

func TestAWholeYearEndsWithTheNamingOfTheBest(t *testing.T) {
	t.Parallel()
	y := summing(t)
	y.all("sum_up", "freeze")
	y.stands(Deliberation)
	require.Len(t, y.book.Sheets, 1)
	y.all("propose_areas", "propose", proposing(2))
	y.stands(Publicity)
	require.True(t, Refused(y.does(Act{Kind: ActCloseNotice, Actor: System}), "not_due"), "a notice lasts its days")
	y.itself(ActCloseNotice)
	y.stands(ToBeNamed)
	k := y.open("name_areas")
	require.Equal(t, Seat{Role: NamingOfficer, Unit: "cz-party-committee"}, k.Seat)
	name := Act{Kind: ActDecide, Task: k.ID, Actor: "wen-hua", Outcome: "name"}
	require.True(t, Refused(y.does(name), "no_commendation_project"), "nobody is named without an approved project")
	y.project, y.quota = "苏表彰〔2013〕7号", 1
	require.True(t, Refused(y.does(name), "over_quota"))
	y.quota = 5
	require.NoError(t, y.does(name))
	y.stands(Closed)
	require.Equal(t, []NamedArea{{Unit: "d-east", Seq: 1}, {Unit: "d-north", Seq: 2}}, y.book.Named)
	y.itself(ActArchive)
	y.stands(Archived)
}

func TestTheFrozenSheetComputesAgain(t *testing.T) {
	t.Parallel()
	y := summing(t)
	y.all("sum_up", "freeze")
	sheet, found, err := selection.VerifyAssessment(y.book.Sheets[0].Body)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, y.book.Sheets[0].Hash, sheet.Hash)
	want := map[string]selection.Points{"d-east": 99_50, "d-north": 98_50, "d-west": 97_50} // 95 of the rows, and 90 of a hundred of the survey's 5
	for _, s := range sheet.Scores {
		require.Equal(t, want[s.Key], s.Total, s.Key)
	}
}

func TestNobodyIsNamedWhileAnObjectionIsOpen(t *testing.T) {
	t.Parallel()
	y := summing(t)
	y.all("sum_up", "freeze")
	y.all("propose_areas", "propose", proposing(1))
	require.NoError(t, y.does(Act{Kind: ActObject, Actor: Public, Opinion: "有重大事故未扣分"}))
	y.stands(Objected)
	y.now = *y.d.Case.ActsAt
	require.True(t, Refused(y.does(Act{Kind: ActCloseNotice, Actor: System}), "not_due"), "the notice cannot end")
	dismissed := *y.fork()
	dismissed.all("objection", "dismiss")
	dismissed.stands(ToBeNamed)
	y.all("objection", "sustain")
	y.stands(Deliberation)
	require.Equal(t, 2, y.d.Case.Round)
	y.all("propose_areas", "propose", proposing(1, Veto{Unit: "d-east", Grounds: "重大安全事故"}))
	sheet, err := lastResult(y.book)
	require.NoError(t, err)
	require.Equal(t, []string{"d-north"}, proposedOf(sheet), "the vetoed district is out, whatever its score")
}

// fork is a second year that goes its own way from here.
func (y *year) fork() *year {
	c := *y
	c.run = y.clone()
	c.book.Sheets, c.book.Appeals = slices.Clone(y.book.Sheets), slices.Clone(y.book.Appeals)
	return &c
}

func TestAppealsAreAnsweredBeforeTheSum(t *testing.T) {
	t.Parallel()
	y := scored(t)
	review := func(unit string) Task {
		i := slices.IndexFunc(y.d.Tasks, func(k Task) bool { return k.Open() && k.Step == "review_scores" && k.Seat.Unit == unit })
		return y.d.Tasks[i]
	}
	nothing := Act{Kind: ActDecide, Task: review("d-west").ID, Actor: "p", Outcome: "appeal"}
	require.True(t, Refused(y.does(nothing), "no_appeal"))
	y.book.Appeals = []RowAppeal{{Row: "1", Unit: "d-west", Text: "已整改"}, {Row: "2", Unit: "d-north", Text: "有误"}}
	y.answer(review("d-west"), "appeal")
	y.answer(review("d-east"), "accept")
	y.itself(ActCloseFeedback) // d-north never answered its sheet, but has appealed in time
	y.stands(Feedback)
	require.Nil(t, y.d.Case.ActsAt, "departments are waited for")
	changed := selection.Points(1950)
	k := y.open("answer_appeal")
	over := selection.Points(2001)
	act := Act{Kind: ActDecide, Task: k.ID, Actor: "p", Outcome: "change", Opinion: "材料补齐", Details: Details{Assessment: &AssessmentDetails{Points: &over}}}
	require.True(t, Refused(y.does(act), "bad_points"))
	y.answer(k, "change", Details{Assessment: &AssessmentDetails{Points: &changed}})
	y.all("answer_appeal", "uphold")
	y.stands(Summing)
	s, _ := y.book.final("1", "d-west")
	require.Equal(t, changed, s.Points)
	was, _ := y.book.score("1", "d-west")
	require.Equal(t, selection.Points(18_00), was.Points, "the score that was appealed against stays on record")
}

func TestWhatIsNotHandedInIsMissingAndLate(t *testing.T) {
	t.Parallel()
	y := running(t)
	for range 3 {
		y.itself(ActQuarter)
	}
	y.itself(ActQuarter)
	y.stands(SelfScoring)
	require.True(t, y.waitsFor("report_quarter"), "reports that are owed stay open")
	y.itself(ActQuarter) // the fourth quarter
	y.itself(ActQuarter) // and its term
	y.stands(Scoring)
	for _, k := range y.d.Tasks {
		if oneOf(k.Step, "report_quarter", "self_score") {
			require.Equal(t, "not_handed_in", k.VoidReason)
		}
	}
	turn := &turn{Dossier: y.d}
	require.True(t, turn.scoredLate("d-east"))
}

func (y *year) waitsFor(step string) bool {
	return slices.ContainsFunc(y.d.Tasks, func(k Task) bool { return k.Open() && k.Step == step })
}

func TestARedRowIsSupervised(t *testing.T) {
	t.Parallel()
	y := running(t)
	y.itself(ActQuarter)
	missing := Act{Kind: ActDecide, Task: y.open("report_quarter").ID, Actor: "p", Outcome: "hand_in"}
	require.True(t, Refused(y.does(missing), "missing"), "a report says something about every row")
	y.reports(1, Red)
	y.all("report_quarter", "hand_in")
	require.Len(t, y.openOf("supervise"), len(districtsAssessed))
	for _, k := range y.openOf("supervise") {
		require.Equal(t, 1, k.Round, "of which quarter it is")
	}
	y.all("supervise", "resolved")
	y.stands(Running)
}

func (y *year) openOf(step string) (out []Task) {
	for _, k := range y.d.Tasks {
		if k.Open() && k.Step == step {
			out = append(out, k)
		}
	}
	return out
}

func TestATableThatIsSentBackIsSignedAnew(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	require.NoError(t, y.does(Act{Kind: ActSubmit, Actor: "xu-ming"}))
	whole := y.book.Rows
	y.book.Rows = slices.Clone(whole)
	y.book.Rows[0].Points -= 100
	send := Act{Kind: ActDecide, Task: y.open("compile_table").ID, Actor: "xu-ming", Outcome: "send"}
	err := AsRefusal(y.does(send))
	require.Equal(t, []any{"does_not_add_up", "assessment.weight_burden"}, []any{err.Code, err.Rule})
	y.book.Rows = whole
	require.NoError(t, y.does(send), "the office writes its own table, whoever began the year")
	y.answer(y.open("cosign_table"), "return")
	y.stands(Cosigning) // all reasons are heard before it goes back
	y.all("cosign_table", "agree")
	y.stands(TableDraft)
	require.Equal(t, 2, y.d.Case.Round)
	y.all("compile_table", "send")
	y.all("cosign_table", "agree")
	y.all("issue_table", "return")
	y.stands(TableDraft)
}

// Every move of the definition is one that the tests above make; the database knows no other.
func TestTheStepsOfAYearAreWhole(t *testing.T) {
	t.Parallel()
	def, reg := Definitions[AssessmentProcedure], regulations[AssessmentProcedure]
	rules := newYear(t).d.Rules
	for _, s := range def.Steps {
		require.Contains(t, reg.outcomes, s.Name)
		days, err := rules.Int(s.Term)
		require.NoError(t, err)
		require.Positive(t, days, s.Name)
		for _, c := range s.Outcomes {
			for _, to := range c.To {
				require.True(t, slices.Contains(s.States(), to) || def.Allows(s.State, to), "%s.%s", s.Name, c.Name)
			}
		}
	}
	require.Len(t, reg.outcomes, len(def.Steps))
	for _, pair := range def.Separate {
		for _, name := range pair {
			_, known := def.Step(name)
			require.True(t, known, name)
		}
	}
	for _, w := range def.States {
		leaves := slices.ContainsFunc(def.Moves, func(m Move) bool { return m.From == w.State })
		require.Equal(t, w.State != Archived, leaves, "%s is for ever", w.State)
	}
}
