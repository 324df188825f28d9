package selection_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

// standard has three indicators of 40, 35 and 25 points in two dimensions.
func standard() selection.Standard {
	return selection.Standard{Version: "1", Dimensions: []selection.Dimension{
		{Key: "harmony", Indicators: []selection.Indicator{{Key: "a", Most: 40_00}, {Key: "b", Most: 35_00}}},
		{Key: "safety", Indicators: []selection.Indicator{{Key: "c", Most: 25_00}}},
	}}
}

func panelRule() selection.PanelRule {
	return selection.PanelRule{Limits: selection.Limits{Line: 80_00, BonusMost: 10_00, TotalMost: 110_00}, Least: 3, TrimFrom: 5}
}

// marks gives a, b and c; a negative score is "not applicable".
func marks(scores ...selection.Points) []selection.Mark {
	var all []selection.Mark
	for i, s := range scores {
		all = append(all, selection.Mark{Indicator: string(rune('a' + i)), Score: max(0, s), NotApplicable: s < 0})
	}
	return all
}

func sheets(assessors ...[]selection.Mark) []selection.ScoreSheet {
	var all []selection.ScoreSheet
	for i, m := range assessors {
		all = append(all, selection.ScoreSheet{Assessor: string(rune('p' + i)), Marks: m})
	}
	return all
}

const none = -1

func TestAssess(t *testing.T) {
	t.Parallel()
	percent := func(p selection.Points) *selection.Points { return &p }
	full := marks(40_00, 35_00, 25_00)
	four := sheets(marks(40_00, 30_00, 20_00), marks(40_00, 30_00, 20_00), marks(40_00, 30_00, 20_00), marks(0, 0, 0))
	for _, c := range []struct {
		name        string
		panel       selection.Panel
		survey      int64
		panelPoints selection.Points
		base, total selection.Points
		qualifying  selection.Points
	}{
		{"all points are a hundred", selection.Panel{Sheets: sheets(full, full, full)}, 0, 100_00, 100_00, 100_00, 100_00},
		{"a mean, half up", selection.Panel{Sheets: sheets(marks(40_00, 30_00, 20_00), marks(40_00, 30_00, 20_01), marks(40_00, 30_00, 20_01))}, 0, 90_01, 90_01, 90_01, 90_01},
		{"four assessors: nobody is left out", selection.Panel{Sheets: four}, 0, 67_50, 67_50, 67_50, 67_50},
		{"five assessors: the highest and the lowest are left out", selection.Panel{Sheets: append(four, selection.ScoreSheet{Assessor: "t", Marks: full})}, 0, 90_00, 90_00, 90_00, 90_00},
		{"what is not applicable re-normalises and is no zero", selection.Panel{Sheets: sheets(marks(40_00, 35_00, none), marks(40_00, 35_00, none), marks(40_00, 35_00, none))}, 0, 100_00, 100_00, 100_00, 100_00},
		{"a fraction is rounded once: rounding each total first would give 60.15", selection.Panel{Sheets: sheets(marks(14_01, none, 25_00), marks(14_01, none, 25_00), marks(14_26, none, 25_00))}, 0, 60_14, 60_14, 60_14, 60_14},
		{"the survey has its weight", selection.Panel{Sheets: sheets(full, full, full), Survey: percent(50_00)}, 20, 100_00, 90_00, 90_00, 90_00},
		{"the bonus counts to ten and the total to 110, and not for the line", selection.Panel{Sheets: sheets(full, full, full), Bonus: 12_00}, 0, 100_00, 100_00, 110_00, 100_00},
		{"of a bonus of twelve ten count", selection.Panel{Sheets: sheets(marks(40_00, 30_00, 20_00), marks(40_00, 30_00, 20_00), marks(40_00, 30_00, 20_00)), Bonus: 12_00}, 0, 90_00, 90_00, 100_00, 90_00},
		{"the penalty counts for both", selection.Panel{Sheets: sheets(full, full, full), Bonus: 3_00, Penalty: 5_00}, 0, 100_00, 100_00, 98_00, 95_00},
		{"no total is negative", selection.Panel{Sheets: four, Penalty: 90_00}, 0, 67_50, 67_50, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := panelRule()
			r.SurveyPercent = c.survey
			s, err := selection.Assess(standard(), r, c.panel)
			require.NoError(t, err)
			require.Equal(t, []selection.Points{c.panelPoints, c.base, c.total, c.qualifying}, []selection.Points{s.Panel, s.Base, s.Total, s.Qualifying})
		})
	}
}

func TestEverySheetsUseIsSaid(t *testing.T) {
	t.Parallel()
	p := selection.Panel{Sheets: sheets(marks(20_00, 20_00, 20_00), marks(40_00, 30_00, none), marks(40_00, 35_00, 25_00), marks(30_00, 30_00, 20_00), marks(30_00, 30_00, 20_00), nil)}
	p.Sheets[5].Recused = true
	s, err := selection.Assess(standard(), panelRule(), p)
	require.NoError(t, err)
	require.Equal(t, []selection.AssessorScore{
		{Assessor: "p", Total: 60_00, Use: selection.Lowest},
		{Assessor: "q", Total: 93_33, Use: selection.Counted},
		{Assessor: "r", Total: 100_00, Use: selection.Highest},
		{Assessor: "s", Total: 80_00, Use: selection.Counted},
		{Assessor: "t", Total: 80_00, Use: selection.Counted},
		{Assessor: "u", Use: selection.Recused},
	}, s.Assessors)
	require.Equal(t, []selection.IndicatorScore{
		{Indicator: "a", Marks: 5, Score: 33_33}, {Indicator: "b", Marks: 5, Score: 30_00}, {Indicator: "c", Marks: 4, Score: 21_25},
	}, s.Indicators, "four marks are not trimmed")
	require.Equal(t, selection.Points(84_44), s.Panel)
}

func TestOfEqualSheetsTheFirstAndTheLastAreLeftOut(t *testing.T) {
	t.Parallel()
	m := marks(40_00, 30_00, 20_00)
	s, err := selection.Assess(standard(), panelRule(), selection.Panel{Sheets: sheets(m, m, m, m, m)})
	require.NoError(t, err)
	var uses []selection.Use
	for _, a := range s.Assessors {
		uses = append(uses, a.Use)
	}
	require.Equal(t, []selection.Use{selection.Lowest, selection.Counted, selection.Counted, selection.Counted, selection.Highest}, uses)
	require.Equal(t, selection.Points(90_00), s.Panel)
}

func TestWhatWasMeasuredIsTheSameForEveryAssessor(t *testing.T) {
	t.Parallel()
	m := []selection.Mark{{Indicator: "c", Score: 20_00}}
	s, err := selection.Assess(standard(), panelRule(), selection.Panel{Measured: m, Sheets: sheets(marks(40_00, 35_00), marks(30_00, 35_00), marks(20_00, 35_00))})
	require.NoError(t, err)
	require.Equal(t, selection.Points(85_00), s.Base)
}

func TestAssessRefuses(t *testing.T) {
	t.Parallel()
	ok := marks(40_00, 35_00, 25_00)
	for _, c := range []struct {
		name   string
		sheets []selection.ScoreSheet
		want   string
	}{
		{"too few assessors", sheets(ok, ok), "2 of at least 3: there are too few assessors"},
		{"too few assessors without the recused", append(sheets(ok, ok), selection.ScoreSheet{Assessor: "z", Recused: true}), "2 of at least 3: there are too few assessors"},
		{"a mark that is missing, which is no zero", sheets(ok, ok, marks(40_00, 35_00)), "the sheet of r: there is no mark for c"},
		{"a mark twice", sheets(ok, ok, append(marks(40_00, 35_00, 25_00), marks(1)...)), "the sheet of r: there are two marks for a"},
		{"the last mark twice", sheets(ok, ok, append(marks(40_00, 35_00, 25_00), ok[2])), `the sheet of r: there is a mark too many for "c"`},
		{"a mark for something else", sheets(ok, ok, append(marks(40_00, 35_00), selection.Mark{Indicator: "bb"})), `the sheet of r: the standard has no indicator "bb"`},
		{"a mark above the most", sheets(ok, ok, marks(40_01, 35_00, 25_00)), "the sheet of r: the mark for a is 4001, which is not within 0 and 4000"},
		{"nothing applicable", sheets(ok, ok, marks(none, none, none)), "the sheet of r finds nothing applicable"},
		{"two sheets of one assessor", append(sheets(ok, ok, ok), sheets(ok)...), `"p" has two sheets`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := selection.Assess(standard(), panelRule(), selection.Panel{Sheets: c.sheets})
			require.EqualError(t, err, c.want)
		})
	}
	r := panelRule()
	r.TotalMost = 0
	_, err := selection.Assess(standard(), r, selection.Panel{Sheets: sheets(ok, ok, ok)})
	require.EqualError(t, err, "the largest total is 0, which is not within 10000 and 1000000000", "a limit left out does not make everybody equal")
	r = panelRule()
	r.SurveyPercent = 20
	_, err = selection.Assess(standard(), r, selection.Panel{Sheets: sheets(ok, ok, ok)})
	require.ErrorIs(t, err, selection.ErrNoSurvey, "a survey that was not made is no zero either")
}

func TestAStandardAddsUpToAHundred(t *testing.T) {
	t.Parallel()
	require.NoError(t, standard().Check())
	s := standard()
	s.Dimensions[1].Indicators[0].Most = 24_00
	require.EqualError(t, s.Check(), "the indicators add up to 99.00 points, not to 100.00")
	s.Dimensions[1].Indicators[0].Key = "b"
	require.EqualError(t, s.Check(), "the indicator b is in the standard twice")
	require.Error(t, selection.Standard{}.Check())
}

// panels draws panels of three to seven, with recused ones and what is not applicable.
func panels(t *rapid.T) selection.Panel {
	mark := func(most selection.Points) selection.Points {
		return selection.Points(rapid.Int64Range(-1, int64(most)).Draw(t, "mark"))
	}
	var p selection.Panel
	for i := range rapid.IntRange(3, 7).Draw(t, "assessors") {
		s := selection.ScoreSheet{Assessor: string(rune('p' + i)), Marks: marks(mark(40_00), mark(35_00), max(0, mark(25_00)))}
		s.Recused = i >= 3 && rapid.Bool().Draw(t, "recused")
		p.Sheets = append(p.Sheets, s)
	}
	return p
}

func TestTheScoreIsTheExactOneRoundedOnce(t *testing.T) {
	t.Parallel()
	most := []int64{40_00, 35_00, 25_00}
	rapid.Check(t, func(t *rapid.T) {
		p := panels(t)
		var totals []*big.Rat
		for _, s := range p.Sheets {
			if s.Recused {
				continue
			}
			part, whole := int64(0), int64(0)
			for i, m := range s.Marks {
				if !m.NotApplicable {
					part, whole = part+int64(m.Score), whole+most[i]
				}
			}
			totals = append(totals, big.NewRat(part*100_00, whole))
		}
		sum, lowest, highest := new(big.Rat), totals[0], totals[0]
		for _, x := range totals {
			sum.Add(sum, x)
			if x.Cmp(lowest) < 0 {
				lowest = x
			}
			if x.Cmp(highest) > 0 {
				highest = x
			}
		}
		n := len(totals)
		if n >= 5 {
			sum.Sub(sum.Sub(sum, lowest), highest)
			n -= 2
		}
		sum.Mul(sum, big.NewRat(1, int64(n)))
		score, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		// rounded half up: score - 1/2 <= exact < score + 1/2
		above := new(big.Rat).Sub(sum, big.NewRat(2*int64(score.Panel)-1, 2))
		below := new(big.Rat).Sub(big.NewRat(2*int64(score.Panel)+1, 2), sum)
		require.True(t, above.Sign() >= 0 && below.Sign() > 0, "%s is published as %s", sum, score.Panel)
	})
}

func TestTheRecusedAreInNeitherTheSumNorTheNumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := panels(t)
		want, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		without := selection.Panel{}
		for i := range p.Sheets {
			if !p.Sheets[i].Recused {
				without.Sheets = append(without.Sheets, p.Sheets[i])
				continue
			}
			p.Sheets[i].Marks = marks(selection.Points(rapid.Int64Range(0, 99_00).Draw(t, "anything")))
		}
		got, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		require.Equal(t, want, got, "what a recused assessor wrote changes nothing")
		got, err = selection.Assess(standard(), panelRule(), without)
		require.NoError(t, err)
		require.Equal(t, want.Panel, got.Panel, "as if they had not been there")
		require.Equal(t, want.Indicators, got.Indicators)
	})
}

func TestTheOrderOfSheetsAndMarksMeansNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := panels(t)
		want, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		p.Sheets = shuffled(t, p.Sheets)
		for i := range p.Sheets {
			p.Sheets[i].Marks = shuffled(t, p.Sheets[i].Marks)
		}
		got, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

func TestABetterMarkNeverLowersTheScore(t *testing.T) {
	t.Parallel()
	most := []selection.Points{40_00, 35_00, 25_00}
	rapid.Check(t, func(t *rapid.T) {
		p := panels(t)
		before, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		sheet, i := rapid.IntRange(0, len(p.Sheets)-1).Draw(t, "sheet"), rapid.IntRange(0, 2).Draw(t, "indicator")
		m := &p.Sheets[sheet].Marks[i]
		m.Score = selection.Points(rapid.Int64Range(int64(m.Score), int64(most[i])).Draw(t, "better"))
		after, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		require.GreaterOrEqual(t, after.Total, before.Total)
	})
}

// BenchmarkAssess scores one candidate as the city's standard has it: 32 indicators,
// five assessors.
func BenchmarkAssess(b *testing.B) {
	s, p := selection.Standard{Version: "1", Dimensions: []selection.Dimension{{Key: "all"}}}, selection.Panel{}
	for a := range 5 {
		p.Sheets = append(p.Sheets, selection.ScoreSheet{Assessor: string(rune('p' + a))})
	}
	for i := range 32 {
		key := fmt.Sprintf("%02d", i)
		s.Dimensions[0].Indicators = append(s.Dimensions[0].Indicators, selection.Indicator{Key: key, Most: 3_12})
		for a := range p.Sheets {
			p.Sheets[a].Marks = append(p.Sheets[a].Marks, selection.Mark{Indicator: key, Score: selection.Points(2_00 + 7*a + i), NotApplicable: i == 7})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		_, err := selection.Assess(s, panelRule(), p)
		require.NoError(b, err)
	}
}
