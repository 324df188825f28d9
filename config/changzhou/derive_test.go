package changzhou

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestGeneratedCommunitiesFitTheProfile(t *testing.T) {
	t.Parallel()
	p := profile(t)
	regions, parents, err := p.GenerateCommunities(MaxGenerated)
	require.NoError(t, err)
	require.Len(t, regions, MaxGenerated)
	units := make([]Unit, 0, len(regions))
	for _, r := range regions {
		u, ok := UnitOf(r)
		require.True(t, ok, r.Key)
		units = append(units, u)
	}
	more := *p
	more.Regions = slices.Concat(p.Regions, regions)
	more.Parents = slices.Concat(p.Parents, parents)
	more.Units = slices.Concat(p.Units, units)
	require.Empty(t, check(&more, nil))
}

func TestFewerGeneratedCommunitiesAreTheFirstOfMore(t *testing.T) {
	t.Parallel()
	p := profile(t)
	all, allParents, err := p.GenerateCommunities(MaxGenerated)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, MaxGenerated).Draw(t, "n")
		some, parents, err := p.GenerateCommunities(n)
		require.NoError(t, err)
		require.Equal(t, all[:n], some)
		require.Equal(t, allParents[:n], parents)
	})
}

func TestGeneratingMoreThanTheCityHasIsRefused(t *testing.T) {
	t.Parallel()
	for _, n := range []int{-1, MaxGenerated + 1} {
		_, _, err := profile(t).GenerateCommunities(n)
		require.Error(t, err)
	}
}

func TestACityAndADistrictHaveNoSingleBody(t *testing.T) {
	t.Parallel()
	p := profile(t)
	for _, key := range []string{"cz", "cz-tianning"} {
		_, ok := UnitOf(p.region(t, key))
		require.False(t, ok, key)
	}
}
