package selection_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

func TestMethodsTurnWhatWasFoundIntoPoints(t *testing.T) {
	t.Parallel()
	tiers := selection.Method{Kind: selection.ByTier, Tiers: selection.Tiers()}
	deduct := selection.Method{Kind: selection.ByDeduct, Each: 50}
	count := selection.Method{Kind: selection.ByCount, Each: 1_50}
	ratio := selection.Method{Kind: selection.ByRatio}
	reached := selection.Method{Kind: selection.ByRatio, Target: 80}
	survey := selection.Method{Kind: selection.BySurvey, Least: 30, Tiers: []selection.Tier{{Name: "满意", Percent: 100}, {Name: "基本满意", Percent: 60}, {Name: "不满意", Percent: 0}}}
	for _, c := range []struct {
		name  string
		m     selection.Method
		most  selection.Points
		found selection.Observation
		want  selection.Points
	}{
		{"A is all", tiers, 3_50, selection.Observation{Tier: "A"}, 3_50},
		{"B is 66 percent", tiers, 3_50, selection.Observation{Tier: "B"}, 2_31},
		{"C is 33 percent, half up", tiers, 3_50, selection.Observation{Tier: "C"}, 1_16},
		{"none is nothing", tiers, 3_50, selection.Observation{Tier: "none"}, 0},
		{"nothing found, nothing deducted", deduct, 4_00, selection.Observation{}, 4_00},
		{"so much for each case", deduct, 4_00, selection.Observation{Count: 3}, 2_50},
		{"never below zero", deduct, 4_00, selection.Observation{Count: 9}, 0},
		{"so much for each piece", count, 4_00, selection.Observation{Count: 2}, 3_00},
		{"never more than all", count, 4_00, selection.Observation{Count: 3}, 4_00},
		{"a third, half up", ratio, 5_00, selection.Observation{Part: 1, Whole: 3}, 1_67},
		{"exactly a half is rounded up", ratio, 5, selection.Observation{Part: 1, Whole: 2}, 3},
		{"the target earns all", reached, 5_00, selection.Observation{Part: 80, Whole: 100}, 5_00},
		{"half of the target earns half", reached, 5_00, selection.Observation{Part: 40, Whole: 100}, 2_50},
		{"over the target is no more than all", reached, 5_00, selection.Observation{Part: 100, Whole: 100}, 5_00},
		{"the mean of the answers", survey, 20_00, selection.Observation{Answers: []int64{20, 10, 10}}, 13_00},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := c.m.Score(c.most, c.found)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestWhatCannotHaveBeenFoundIsNoZero(t *testing.T) {
	t.Parallel()
	survey := selection.Method{Kind: selection.BySurvey, Least: 30, Tiers: selection.Tiers()[:2]}
	for _, c := range []struct {
		name  string
		m     selection.Method
		found selection.Observation
		want  string
	}{
		{"an unknown tier", selection.Method{Kind: selection.ByTier, Tiers: selection.Tiers()}, selection.Observation{Tier: "D"}, `there is no tier "D"`},
		{"an unknown kind", selection.Method{Kind: "mood"}, selection.Observation{}, `there is no scoring by "mood"`},
		{"a ratio of nothing", selection.Method{Kind: selection.ByRatio}, selection.Observation{}, "0 of 0 is no ratio"},
		{"more than the whole", selection.Method{Kind: selection.ByRatio}, selection.Observation{Part: 2, Whole: 1}, "2 of 1 is no ratio"},
		{"a negative count", selection.Method{Kind: selection.ByCount}, selection.Observation{Count: -1}, "the count is -1, which is not within 0 and 1000000000"},
		{"too few answers", survey, selection.Observation{Answers: []int64{20, 9}}, "29 of at least 30: there are too few answers"},
		{"answers to other levels", survey, selection.Observation{Answers: []int64{40}}, "there are answers to 1 levels, not to 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := c.m.Score(5_00, c.found)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestAScoreIsNeverOutsideOfItsPoints(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1_000_000_000)
		m := selection.Method{
			Kind:  rapid.SampledFrom([]selection.Kind{selection.ByTier, selection.ByDeduct, selection.ByRatio, selection.ByCount, selection.BySurvey}).Draw(t, "kind"),
			Tiers: selection.Tiers(), Each: selection.Points(n.Draw(t, "each")), Target: rapid.Int64Range(0, 100).Draw(t, "target"),
		}
		whole := rapid.Int64Range(1, 1_000_000_000).Draw(t, "whole")
		found := selection.Observation{
			Tier: rapid.SampledFrom([]string{"A", "B", "C", "none"}).Draw(t, "tier"), Count: n.Draw(t, "count"),
			Part: rapid.Int64Range(0, whole).Draw(t, "part"), Whole: whole,
			Answers: []int64{n.Draw(t, "a"), n.Draw(t, "b"), n.Draw(t, "c"), 1},
		}
		most := selection.Points(n.Draw(t, "most"))
		got, err := m.Score(most, found)
		require.NoError(t, err)
		require.GreaterOrEqual(t, got, selection.Points(0))
		require.LessOrEqual(t, got, most)
	})
}

func TestPointsAreShownWithTwoDecimals(t *testing.T) {
	t.Parallel()
	for p, want := range map[selection.Points]string{0: "0.00", 5: "0.05", 87_50: "87.50", 110_00: "110.00", -1_05: "-1.05"} {
		require.Equal(t, want, p.String())
	}
}
