package civic

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/selection"
)

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

func TestScoringDoesNotEndWhileADistrictHasNoDataAtAll(t *testing.T) {
	t.Parallel()
	y := scoring(t)
	for _, unit := range districtsAssessed[:2] {
		y.book.Scores = append(y.book.Scores, RowScore{Row: "1", Unit: unit, Points: 100, Reason: "见附件"})
	}
	y.book.Scores = append(y.book.Scores, RowScore{Row: "1", Unit: "d-west", NoData: true})
	for len(y.openOf("score_rows")) > 1 {
		y.answer(y.open("score_rows"), "no_data")
	}
	last := Act{Kind: ActDecide, Task: y.open("score_rows").ID, Actor: "p", Outcome: "no_data", Opinion: "无数据"}
	require.Equal(t, "d-west", AsRefusal(y.does(last)).Figures["unit"], "no total could be made of nothing")
	y.book.Scores = append(y.book.Scores, RowScore{Row: "2", Unit: "d-west", Points: 100, Reason: "见附件"})
	require.NoError(t, y.does(last))
	y.stands(Feedback)
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
