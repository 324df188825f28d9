package selection_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

func urban(code string, committees int64) selection.Unit {
	return selection.Unit{Code: code, Urban: committees}
}

func titles(s selection.QuotaSheet) []int64 {
	all := []int64{}
	for _, share := range s.Shares {
		all = append(all, share.Titles)
	}
	return all
}

func TestAllocate(t *testing.T) {
	t.Parallel()
	u := func(committees ...int64) []selection.Unit {
		var all []selection.Unit
		for i, n := range committees {
			all = append(all, urban(string(rune('a'+i)), n))
		}
		return all
	}
	for _, c := range []struct {
		name   string
		titles int64
		units  []selection.Unit
		want   []int64
		left   int64
	}{
		{"whole shares stay whole", 100, u(10, 20, 70), []int64{10, 20, 70}, 0},
		{"what is left goes to the largest remainder", 100, u(85, 120, 97), []int64{28, 40, 32}, 0},
		{"of equal remainders to the lower code", 100, u(1, 1, 1), []int64{34, 33, 33}, 0},
		{"of equal remainders first to the larger unit", 6, u(1, 3), []int64{1, 5}, 0},
		{"a single district gets all", 100, u(7), []int64{100}, 0},
		{"a unit without committees gets nothing", 100, u(0, 5, 0, 5), []int64{0, 50, 0, 50}, 0},
		{"every unit gets one", 10, u(1, 1, 998), []int64{1, 1, 8}, 0},
		{"raising one may leave another under the least, which is raised too", 4, u(10, 10, 100, 300), []int64{1, 1, 1, 1}, 0},
		{"fewer titles than units: the remainders decide alone", 2, u(5, 4, 3), []int64{1, 1, 0}, 0},
		{"as many titles as units: one each", 3, u(1, 1, 998), []int64{1, 1, 1}, 0},
		{"no titles", 0, u(3, 4), []int64{0, 0}, 0},
		{"nobody has a committee: all are left, and it is said", 100, u(0, 0), []int64{0, 0}, 100},
		{"no units: all are left", 100, nil, []int64{}, 100},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, err := selection.Allocate(c.titles, 1, false, c.units)
			require.NoError(t, err)
			require.Equal(t, c.want, titles(s))
			require.Equal(t, c.left, s.Left)
		})
	}
}

func TestTheQuotaOf2014CanBePublishedWithEveryFigure(t *testing.T) {
	t.Parallel()
	s, err := selection.Allocate(100, 1, false, units2014())
	require.NoError(t, err)
	require.Equal(t, []selection.QuotaRound{{Titles: 100, Committees: 1075, Lines: []selection.QuotaLine{
		{Code: "320402", Committees: 99, Quotient: 9, Remainder: 225, Rank: 6, Share: 9},
		{Code: "320404", Committees: 92, Quotient: 8, Remainder: 600, Rank: 3, Extra: selection.ByRemainder, Share: 9},
		{Code: "320405", Committees: 25, Quotient: 2, Remainder: 350, Rank: 5, Share: 2},
		{Code: "320411", Committees: 123, Quotient: 11, Remainder: 475, Rank: 4, Share: 11},
		{Code: "320412", Committees: 385, Quotient: 35, Remainder: 875, Rank: 1, Extra: selection.ByRemainder, Share: 36},
		{Code: "320481", Committees: 216, Quotient: 20, Remainder: 100, Rank: 7, Share: 20},
		{Code: "320482", Committees: 135, Quotient: 12, Remainder: 600, Rank: 2, Extra: selection.ByRemainder, Share: 13},
	}}}, s.Rounds)
	require.Equal(t, []int64{9, 9, 2, 11, 36, 20, 13}, titles(s))
	require.Zero(t, s.Left)
}

func TestEqualRemaindersSayWhichRuleDecided(t *testing.T) {
	t.Parallel()
	s, err := selection.Allocate(6, 1, false, []selection.Unit{urban("a", 1), urban("b", 3)})
	require.NoError(t, err)
	require.Equal(t, []selection.QuotaLine{
		{Code: "a", Committees: 1, Quotient: 1, Remainder: 2, Rank: 2, Share: 1},
		{Code: "b", Committees: 3, Quotient: 4, Remainder: 2, Rank: 1, Extra: selection.ByCommittees, Share: 5},
	}, s.Rounds[0].Lines)

	s, err = selection.Allocate(1, 1, false, []selection.Unit{urban("b", 3), urban("a", 3)})
	require.NoError(t, err)
	require.Equal(t, selection.ByCode, s.Rounds[0].Lines[0].Extra)
	require.Zero(t, s.Least, "one title cannot be one for each of two")
}

func TestAUnitRaisedToTheLeastLeavesWithItsTitle(t *testing.T) {
	t.Parallel()
	s, err := selection.Allocate(10, 1, false, []selection.Unit{urban("a", 1), urban("b", 500), urban("c", 499)})
	require.NoError(t, err)
	require.Len(t, s.Rounds, 2)
	require.Equal(t, selection.AtLeast, s.Rounds[0].Lines[0].Fixed)
	require.Equal(t, int64(9), s.Rounds[1].Titles)
	require.Equal(t, int64(999), s.Rounds[1].Committees)
	require.Equal(t, []int64{1, 5, 4}, titles(s))
}

func TestAreasSplitAUnitsShareByItsOwnCommittees(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                 string
		titles               int64
		urban, rural         int64
		wantUrban, wantRural int64
	}{
		{"by number", 10, 30, 70, 3, 7},
		{"the larger remainder rounds up", 9, 61, 38, 6, 3},
		{"of equal remainders the larger kind", 2, 1, 3, 0, 2},
		{"all equal: the urban", 1, 5, 5, 1, 0},
		{"no village, no rural title", 4, 5, 0, 4, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, err := selection.Allocate(c.titles, 1, true, []selection.Unit{{Code: "a", Urban: c.urban, Rural: c.rural}})
			require.NoError(t, err)
			require.Equal(t, []selection.Share{{Code: "a", Titles: c.titles, Urban: c.wantUrban, Rural: c.wantRural}}, s.Shares)
		})
	}
}

func TestReturnedTitlesGoWhereThereAreCandidates(t *testing.T) {
	t.Parallel()
	s, err := selection.Redistribute(6, []selection.Claim{{Code: "c", Committees: 10, Candidates: 9}, {Code: "a", Committees: 80, Candidates: 1}, {Code: "b", Committees: 10}})
	require.NoError(t, err)
	require.Equal(t, []int64{1, 0, 5}, titles(s), "a had most committees but one candidate, b none")
	require.Equal(t, selection.AtMost, s.Rounds[0].Lines[0].Fixed)

	s, err = selection.Redistribute(6, []selection.Claim{{Code: "a", Committees: 80, Candidates: 1}})
	require.NoError(t, err)
	require.Equal(t, []int64{1}, titles(s))
	require.Equal(t, int64(5), s.Left, "what nobody can take is said")
}

func TestAllocateRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		titles int64
		units  []selection.Unit
		want   string
	}{
		{"a negative quota", -1, nil, "the number of titles is -1, which is not within 0 and 1000000000"},
		{"a negative number of committees", 1, []selection.Unit{urban("a", -1)}, "the number of residents' committees of a is -1, which is not within 0 and 1000000000"},
		{"a unit twice", 1, []selection.Unit{urban("a", 1), urban("a", 1)}, "the unit a is there twice"},
		{"a unit without a code", 1, []selection.Unit{urban("", 1)}, "a unit has no code"},
		{"more committees than can be", 1, []selection.Unit{urban("a", 1_000_000_000), urban("b", 1)}, "the number of all committees is 1000000001, which is not within 0 and 1000000000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := selection.Allocate(c.titles, 1, false, c.units)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestSharesAddUpWhateverTheSizes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 9), rapid.Int64Range(0, 10_000_000))
		var units []selection.Unit
		with, all := int64(0), int64(0)
		for i := range rapid.IntRange(0, 20).Draw(t, "units") {
			units = append(units, selection.Unit{Code: string(rune('a' + i)), Urban: size.Draw(t, "urban"), Rural: size.Draw(t, "rural")})
			if units[i].Committees() > 0 {
				with++
			}
			all += units[i].Committees()
		}
		quota := rapid.OneOf(rapid.Int64Range(0, 200), rapid.Int64Range(0, 1_000_000_000)).Draw(t, "titles")
		least := rapid.Int64Range(0, 3).Draw(t, "least")
		s, err := selection.Allocate(quota, least, true, units)
		require.NoError(t, err)
		again, err := selection.Allocate(quota, least, true, shuffled(t, units))
		require.NoError(t, err)
		require.Equal(t, s, again, "the order of units means nothing")

		sum := int64(0)
		for i, share := range s.Shares {
			sum += share.Titles
			require.Equal(t, share.Titles, share.Urban+share.Rural)
			switch u := units[i]; {
			case u.Committees() == 0:
				require.Zero(t, share.Titles)
			default:
				require.GreaterOrEqual(t, share.Titles, min(least, quota/with))
			}
			for j := range units {
				if units[j].Committees() > units[i].Committees() {
					require.GreaterOrEqual(t, s.Shares[j].Titles, share.Titles, "more committees never get less")
				}
			}
		}
		require.Equal(t, quota, sum+s.Left)
		require.Equal(t, with == 0 && quota > 0, s.Left > 0, "titles are left only if nobody has a committee")
	})
}

func TestNobodyIsGivenMoreThanItHasCandidatesFor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var claims []selection.Claim
		room := int64(0)
		for i := range rapid.IntRange(0, 10).Draw(t, "units") {
			c := selection.Claim{Code: string(rune('a' + i)), Committees: rapid.Int64Range(1, 50).Draw(t, "committees"), Candidates: rapid.Int64Range(0, 8).Draw(t, "candidates")}
			claims, room = append(claims, c), room+c.Candidates
		}
		pool := rapid.Int64Range(0, 60).Draw(t, "pool")
		s, err := selection.Redistribute(pool, claims)
		require.NoError(t, err)
		sum := int64(0)
		for i, share := range s.Shares {
			require.LessOrEqual(t, share.Titles, claims[i].Candidates)
			sum += share.Titles
		}
		require.Equal(t, min(pool, room), sum, "all that can be taken is given")
		require.Equal(t, pool-sum, s.Left)
	})
}
