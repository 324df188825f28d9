package selection_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

func dossiers() []selection.Dossier {
	panel := func(scores ...selection.Points) selection.Panel {
		return selection.Panel{Sheets: sheets(marks(scores...), marks(scores...), marks(scores...))}
	}
	return []selection.Dossier{
		{Candidate: candidate("b", 0), Panel: panel(30_00, 35_00, 25_00)},
		{Candidate: candidate("a", 0), Panel: panel(40_00, 28_00, 20_00)},
	}
}

func oneTitle() selection.Appraisal {
	return selection.Appraisal{Subject: "appraisal/2014", Rule: year(1), Units: []selection.Unit{{Code: "320402", Urban: 9}}}
}

func TestOtherWeightsMayGiveAnotherOrder(t *testing.T) {
	t.Parallel()
	shifts, err := selection.WhatIf(standard(), map[string]selection.Points{"a": 60_00, "b": 20_00, "c": 20_00}, panelRule(), oneTitle(), dossiers())
	require.NoError(t, err)
	require.Equal(t, []selection.Shift{
		{Key: "a", Unit: "320402", Before: selection.Position{Rank: 2, Total: 88_00, Outcome: selection.IsReserve}, After: selection.Position{Rank: 1, Total: 92_00, Outcome: selection.IsProposed}},
		{Key: "b", Unit: "320402", Before: selection.Position{Rank: 1, Total: 90_00, Outcome: selection.IsProposed}, After: selection.Position{Rank: 2, Total: 85_00, Outcome: selection.IsReserve}},
	}, shifts)
}

func TestAWeightOfZeroLeavesAnIndicatorOut(t *testing.T) {
	t.Parallel()
	s, err := standard().Reweigh(map[string]selection.Points{"a": 0})
	require.NoError(t, err)
	score, err := selection.Assess(s, panelRule(), dossiers()[0].Panel)
	require.NoError(t, err)
	require.Equal(t, selection.Points(100_00), score.Base)
}

func TestReweighRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		weights map[string]selection.Points
		want    string
	}{
		{"a weight for nothing", map[string]selection.Points{"z": 1}, "a weight is for an indicator that the standard does not have"},
		{"a negative weight", map[string]selection.Points{"a": -1}, "the weight of a is -1, which is not within 0 and 10000"},
		{"no weight at all", map[string]selection.Points{"a": 0, "b": 0, "c": 0}, "all weights are zero"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := standard().Reweigh(c.weights)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestTheSameWeightsChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		factor := selection.Points(rapid.Int64Range(1, 2).Draw(t, "factor"))
		s, err := standard().Reweigh(map[string]selection.Points{"a": 40_00 * factor, "b": 35_00 * factor, "c": 25_00 * factor})
		require.NoError(t, err)
		p := panels(t)
		want, err := selection.Assess(standard(), panelRule(), p)
		require.NoError(t, err)
		got, err := selection.Assess(s, panelRule(), p)
		require.NoError(t, err)
		require.Equal(t, want, got, "only the proportion of weights counts")
	})
}
