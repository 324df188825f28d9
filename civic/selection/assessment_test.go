package selection_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

// oneYear is an assessment of so many units by three rows, all with full marks.
func oneYear(units int) selection.Assessment {
	a := selection.Assessment{
		Subject: "assessment/2026", SurveyPercent: 5, Given: 3,
		Rule:       selection.Rule{Version: "2026-01-01", Titles: 3, TieBreaks: selection.UnitTieBreaks(), Limits: selection.Limits{BonusMost: 5_00, TotalMost: 105_00}},
		Deductions: selection.Deductions{Complaint: 50, Shortfall: 20, Late: 1_00},
		Rows:       []selection.TaskRow{{Key: "1", Lead: "a", Most: 40_00}, {Key: "2", Lead: "b", Most: 30_00}, {Key: "3", Lead: "a", Most: 25_00}},
	}
	for i := range units {
		u := selection.AssessedUnit{Key: fmt.Sprintf("unit-%d", i), Standing: selection.Stands, Survey: 80_00}
		for _, r := range a.Rows {
			u.Marks = append(u.Marks, selection.Mark{Indicator: r.Key, Score: r.Most})
		}
		a.Units = append(a.Units, u)
	}
	return a
}

func publishedYear(t require.TestingT, a selection.Assessment) selection.AssessmentSheet {
	s, err := selection.PublishAssessment(a)
	require.NoError(t, err)
	return s
}

func TestAUnitsScoreIsItsRowsItsSurveyAndWhatIsTakenOff(t *testing.T) {
	t.Parallel()
	for claim, c := range map[string]struct {
		change func(*selection.AssessedUnit)
		total  selection.Points
	}{
		"full rows and a survey of 80":                 {func(*selection.AssessedUnit) {}, 99_00},
		"an upheld complaint costs its points":         {func(u *selection.AssessedUnit) { u.Complaints = 3 }, 97_50},
		"a hundred square metres begun count as whole": {func(u *selection.AssessedUnit) { u.Shortfall = 101 }, 98_60},
		"late costs a point":                           {func(u *selection.AssessedUnit) { u.Late = true }, 98_00},
		"no more bonus than the rule allows":           {func(u *selection.AssessedUnit) { u.Bonus = 9_00 }, 104_00},
		"nothing falls below zero":                     {func(u *selection.AssessedUnit) { u.Penalty = 100_00 }, 0},
		"without data a row is left out, never zero":   {func(u *selection.AssessedUnit) { u.Marks[0] = selection.Mark{Indicator: "1", NotApplicable: true} }, 99_00},
	} {
		a := oneYear(1)
		c.change(&a.Units[0])
		require.Equal(t, c.total, publishedYear(t, a).Scores[0].Total, claim)
	}
}

func TestEqualTotalsAreToldApartBySatisfactionThenByComplaints(t *testing.T) {
	t.Parallel()
	a := oneYear(3)
	a.Deductions = selection.Deductions{} // so that complaints cost nothing and all totals are equal
	a.SurveyPercent = 0
	a.Units[0].Complaints, a.Units[1].Complaints = 2, 1
	a.Units[2].Survey = 81_00
	places := publishedYear(t, a).Places
	require.Equal(t, []string{"unit-2", "unit-1", "unit-0"}, []string{places[0].Key, places[1].Key, places[2].Key})
	require.Equal(t, selection.Comparison{Rival: "unit-1", Step: 2, Figure: "upheld_complaints", Mine: 2, Theirs: 1}, places[2].Reason.Ahead)
}

func TestTheSameYearHasOneHashInWhateverOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := oneYear(rapid.IntRange(1, 9).Draw(t, "units"))
		for i := range a.Units {
			u := &a.Units[i]
			u.Survey = selection.Points(rapid.IntRange(0, 100_00).Draw(t, "survey"))
			u.Complaints = int64(rapid.IntRange(0, 20).Draw(t, "complaints"))
			for j := range u.Marks {
				u.Marks[j].Score = selection.Points(rapid.IntRange(0, int(a.Rows[j].Most)).Draw(t, "mark"))
			}
		}
		first := publishedYear(t, a)
		r := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		r.Shuffle(len(a.Units), func(i, j int) { a.Units[i], a.Units[j] = a.Units[j], a.Units[i] })
		r.Shuffle(len(a.Rows), func(i, j int) { a.Rows[i], a.Rows[j] = a.Rows[j], a.Rows[i] })
		require.Equal(t, first, publishedYear(t, a))
		proposed := 0
		for _, p := range first.Places {
			if p.Outcome == selection.IsProposed {
				proposed++
			}
		}
		require.Equal(t, min(3, len(a.Units)), proposed, "never more than may be given")
		document, err := first.Encode()
		require.NoError(t, err)
		_, found, err := selection.VerifyAssessment(document)
		require.NoError(t, err)
		require.Empty(t, found)
	})
}

func TestAChangedSheetIsFoundOut(t *testing.T) {
	t.Parallel()
	document, err := publishedYear(t, oneYear(2)).Encode()
	require.NoError(t, err)
	for claim, change := range map[string][2]string{
		"a mark":  {`"score":4000`, `"score":3900`},
		"a total": {`"total":9900`, `"total":9901`},
		"a title": {`"given":3`, `"given":2`},
	} {
		_, found, err := selection.VerifyAssessment(bytes.Replace(document, []byte(change[0]), []byte(change[1]), 1))
		require.NoError(t, err, claim)
		require.NotEmpty(t, found, claim)
	}
	_, _, err = selection.VerifyAssessment([]byte(`{"format":"lizheng-selection/1"}`))
	require.ErrorContains(t, err, "the format is")
}

func TestWhatNoSheetCanBeMadeOf(t *testing.T) {
	t.Parallel()
	for claim, change := range map[string]func(*selection.Assessment){
		"more titles than the rule has": func(a *selection.Assessment) { a.Given = 4 },
		"a mark above its row":          func(a *selection.Assessment) { a.Units[0].Marks[0].Score = 40_01 },
		"a row without a mark":          func(a *selection.Assessment) { a.Units[0].Marks = a.Units[0].Marks[1:] },
		"a unit twice":                  func(a *selection.Assessment) { a.Units = append(a.Units, a.Units[0]) },
		"a unit without any data": func(a *selection.Assessment) {
			for i := range a.Units[0].Marks {
				a.Units[0].Marks[i] = selection.Mark{Indicator: a.Rows[i].Key, NotApplicable: true}
			}
		},
		"tie-breaks that are not theirs": func(a *selection.Assessment) { a.Rule.TieBreaks = nil },
		"no subject":                     func(a *selection.Assessment) { a.Subject = "" },
	} {
		a := oneYear(2)
		change(&a)
		_, err := selection.PublishAssessment(a)
		require.Error(t, err, claim)
	}
}
