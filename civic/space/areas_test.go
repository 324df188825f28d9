package space_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/space"
)

// six writes the six areas down in their order; "" is not known.
func six(values ...string) space.Areas {
	var a space.Areas
	for i, to := range []**space.Area{&a.Required, &a.Designed, &a.Permitted, &a.Measured, &a.HandedOver, &a.Registered} {
		if i < len(values) && values[i] != "" {
			*to = known(values[i])
		}
	}
	return a
}

func TestTheSixAreasAreHeldAgainstEachOther(t *testing.T) {
	t.Parallel()
	plan := []space.Deviation{{Stage: space.AreaPermitted, From: m2("650"), To: m2("645"), Reference: "规划调整"}}
	for _, c := range []struct {
		name     string
		areas    space.Areas
		recorded []space.Deviation
		want     []string
	}{
		{"all alike", six("640", "640", "640", "640", "640", "640"), nil, nil},
		{"nothing known yet", six(), nil, nil},
		{"as far as it goes", six("640", "650"), nil, nil},
		{"designed a hundredth below", six("640", "639.99"), nil, []string{"fail designed_below_required"}},
		{"permitted otherwise", six("640", "650", "645"), nil, []string{"fail permitted_differs"}},
		{"permitted otherwise, on record", six("640", "650", "645"), plan, []string{"pass permitted_differs_recorded"}},
		{"the design changed after the record", six("640", "651", "645"), plan, []string{"fail permitted_differs"}},
		{"the record is of another number", six("640", "650", "646"), plan, []string{"fail permitted_differs"}},
		{"a record without a reference", six("640", "650", "645"), []space.Deviation{{Stage: space.AreaPermitted, From: m2("650"), To: m2("645")}}, []string{"fail permitted_differs"}},
		{
			"no record lets the permit fall below the standard", six("640", "650", "630"),
			[]space.Deviation{{Stage: space.AreaPermitted, From: m2("650"), To: m2("630"), Reference: "规划调整"}},
			[]string{"pass permitted_differs_recorded", "fail permitted_below_required"},
		},
		{"measured above the permit", six("640", "640", "640", "655"), nil, []string{"pass measured_above_permitted"}},
		{"measured below the permit, not below the standard", six("640", "700", "700", "650"), nil, []string{"fail measured_below_permitted"}},
		{
			"that on record", six("640", "700", "700", "650"),
			[]space.Deviation{{Stage: space.AreaMeasured, From: m2("700"), To: m2("650"), Reference: "竣工变更"}},
			[]string{"pass measured_differs_recorded"},
		},
		{"measured short within the tolerance", six("640", "640", "640", "633.6"), nil, []string{"minor measured_below_permitted_tolerated", "minor area_tolerated"}},
		{"measured short beyond it", six("640", "640", "640", "633.59"), nil, []string{"fail measured_below_permitted", "fail area_short"}},
		{"handed over less", six("640", "640", "640", "640", "600"), nil, []string{"fail handed_over_differs"}},
		{"registered more", six("640", "640", "640", "640", "640", "640.01"), nil, []string{"fail registered_differs"}},
		{"gaps behind what is known", six("640", "", "640", "", "640"), nil, []string{"minor designed_missing", "minor measured_missing"}},
		{"what comes later is not missing", six("640", "640", "640"), nil, nil},
	} {
		findings, err := c.areas.Check(tolerance(), c.recorded)
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, codes(findings), c.name)
		requireWords(t, findings)
	}
	negative := space.Area(-1)
	_, err := space.Areas{Measured: &negative}.Check(tolerance(), nil)
	require.EqualError(t, err, "the measured area -0.01 is none")
}

func TestEveryStageHasItsAreaAndItsWords(t *testing.T) {
	t.Parallel()
	a := six("1", "2", "3", "4", "5", "6")
	for i, s := range space.Stages() {
		require.Equal(t, space.Area(i+1)*space.SquareMetre, *a.At(s))
		zh, en := s.Words()
		require.Regexp(t, `^\p{Han}+$`, zh)
		require.NotEqual(t, string(s), en)
	}
	require.Nil(t, a.At("promised"))
}

func TestWhatIsRecordedIsNeverJudgedWorse(t *testing.T) {
	t.Parallel()
	order := map[space.Grade]int{space.Pass: 0, space.Minor: 1, space.Fail: 2}
	rapid.Check(t, func(t *rapid.T) {
		var a space.Areas
		for _, to := range []**space.Area{&a.Required, &a.Designed, &a.Permitted, &a.Measured, &a.HandedOver, &a.Registered} {
			if rapid.Bool().Draw(t, "known") {
				v := areas(m2("595"), m2("605")).Draw(t, "area")
				*to = &v
			}
		}
		var recorded []space.Deviation
		stages := space.Stages()
		for i := range stages[1:] {
			if from, to := a.At(stages[i]), a.At(stages[i+1]); from != nil && to != nil {
				recorded = append(recorded, space.Deviation{Stage: stages[i+1], From: *from, To: *to, Reference: "r"})
			}
		}
		without, err := a.Check(tolerance(), nil)
		require.NoError(t, err)
		with, err := a.Check(tolerance(), recorded)
		require.NoError(t, err)
		require.LessOrEqual(t, order[space.Worst(with)], order[space.Worst(without)])
	})
}
