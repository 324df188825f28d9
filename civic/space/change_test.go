package space_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/space"
)

func TestAChangeOfPlanDoesNotShrinkTheRooms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, before, after  string
		households, asked    int64
		decision, owed, owes string
		want                 []string
	}{
		{"nothing changes in area", "640", "640", 2_000, 2_000, "", "640", "640", nil},
		{"a hundredth less", "640.01", "640", 2_000, 2_000, "", "640", "640", []string{"fail change_shrinks"}},
		{"less by a decision", "700", "640", 2_000, 2_000, "常社领〔2026〕5号", "640", "640", []string{"pass change_shrinks_by_decision"}},
		{"no decision goes below the standard", "640", "639", 2_000, 2_000, "常社领〔2026〕5号", "640", "640", []string{"pass change_shrinks_by_decision", "fail change_below_required"}},
		{"more homes require more", "640", "640", 2_000, 3_000, "", "640", "960", []string{"pass requirement_changed", "fail change_below_required"}},
		{"more homes and more rooms", "640", "960", 2_000, 3_000, "", "640", "960", []string{"pass requirement_changed"}},
		{"fewer homes keep the rooms", "960", "640", 3_000, 2_000, "", "960", "640", []string{"pass requirement_changed", "fail change_shrinks"}},
		{"fewer homes above the floor only", "640", "640", 2_000, 500, "", "640", "600", []string{"pass requirement_changed"}},
		{"more homes below the floor", "600", "600", 500, 1_200, "", "600", "600", nil},
	} {
		change := space.Change{
			Before: m2(c.before), After: m2(c.after), Decision: c.decision,
			OldPlan: space.Plan{Households: c.households}, NewPlan: space.Plan{Households: c.asked},
		}
		changed, err := change.Judge(standard2014())
		require.NoError(t, err, c.name)
		require.Equal(t, m2(c.owed), changed.Old.Area, c.name)
		require.Equal(t, m2(c.owes), changed.New.Area, c.name)
		require.Equal(t, c.want, codes(changed.Findings), c.name)
		requireWords(t, changed.Findings)
	}
}

func TestAChangeThatCannotBe(t *testing.T) {
	t.Parallel()
	plan := space.Plan{Households: 2_000}
	for _, c := range []space.Change{
		{Before: -1, OldPlan: plan, NewPlan: plan},
		{After: space.MaxArea + 1, OldPlan: plan, NewPlan: plan},
		{OldPlan: plan},
		{NewPlan: plan},
	} {
		_, err := c.Judge(standard2014())
		require.Error(t, err)
	}
}
