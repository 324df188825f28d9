package civic

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/space"
)

func TestARequirementIsComputedUnderTheStandardOfItsDay(t *testing.T) {
	t.Parallel()
	three, people := space.Decimal(3_0000), space.Decimal(9_600_0000)
	for name, c := range map[string]struct {
		asked RequirementAsked
		on    string
		area  string
	}{
		"the floor of 2014":                     {RequirementAsked{Households: 500}, "2014-09-01", "600"},
		"1,875 homes are just at the floor":     {RequirementAsked{Households: 1875}, "2014-09-01", "600"},
		"above the floor by persons":            {RequirementAsked{Households: 2000}, "2014-09-01", "640"},
		"the last day of the old standard":      {RequirementAsked{Households: 2000}, "2022-01-28", "640"},
		"the first day of the new one":          {RequirementAsked{Households: 2000}, "2022-01-29", "600"},
		"the new one has no floor":              {RequirementAsked{Households: 500}, "2022-01-29", "150"},
		"persons per household as planned":      {RequirementAsked{Households: 2000, PerHome: &three}, "2014-09-01", "600"},
		"a population that the plan has itself": {RequirementAsked{Households: 2000, Population: &people}, "2014-09-01", "960"},
	} {
		need, err := requirementOf(c.asked, RulesAt(housingParameters(), day(c.on)))
		require.NoError(t, err, name)
		require.Equal(t, m2(c.area), need.Area, name)
		require.NotEmpty(t, need.Figures, name)
	}
}

func TestWhatCannotBeComputedIsSaid(t *testing.T) {
	t.Parallel()
	three := space.Decimal(3_0000)
	for code, asked := range map[string]RequirementAsked{
		"stated_twice":   {Households: 1, Population: &three, PerHome: &three},
		"no_requirement": {Households: space.MaxHouseholds + 1},
	} {
		_, err := requirementOf(asked, RulesAt(housingParameters(), day("2014-09-01")))
		require.True(t, Refused(err, code), "%s: %v", code, err)
	}
	_, err := requirementOf(RequirementAsked{Households: 1}, RulesAt(housingParameters(), day("2001-01-01")))
	require.True(t, Refused(err, "no_standard"), "%v", err)
}
