package money_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/money"
)

func TestApportion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		seats   int64
		weights []int64
		want    []int64
	}{
		{"whole shares stay whole", 100, []int64{10, 20, 70}, []int64{10, 20, 70}},
		{"what is left goes to the largest fraction", 100, []int64{85, 120, 97}, []int64{28, 40, 32}},
		{"of equal fractions to the lower index", 100, []int64{1, 1, 1}, []int64{34, 33, 33}},
		{"two left over", 2, []int64{1, 1, 1}, []int64{1, 1, 0}},
		{"a single district gets all", 100, []int64{7}, []int64{100}},
		{"a single district gets all even without weight", 100, []int64{0}, []int64{100}},
		{"no weight, no seat", 5, []int64{0, 1, 0, 1}, []int64{0, 3, 0, 2}},
		{"all without weight share as equals", 5, []int64{0, 0, 0}, []int64{2, 2, 1}},
		{"nothing to share", 0, []int64{3, 0}, []int64{0, 0}},
		{"the largest numbers there are", math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, []int64{3074457345618258603, 3074457345618258602, 3074457345618258602}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := money.Apportion(c.seats, c.weights)
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestApportionRefuses(t *testing.T) {
	t.Parallel()
	_, err := money.Apportion(100, nil)
	require.ErrorIs(t, err, money.ErrNoWeight)
	_, err = money.Apportion(-1, []int64{1})
	require.EqualError(t, err, "-1 cannot be shared out")
	_, err = money.Apportion(1, []int64{1, -2})
	require.EqualError(t, err, "the weight -2 at index 1 is negative")
}

func weights() *rapid.Generator[[]int64] {
	weight := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 50), rapid.Int64Min(0))
	return rapid.SliceOfN(weight, 1, 30)
}

func TestApportionAddsUpAndKeepsTheQuota(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		seats := rapid.OneOf(rapid.Int64Range(0, 200), rapid.Int64Min(0)).Draw(t, "seats")
		ws := weights().Draw(t, "weights")
		given := slices.Clone(ws)
		shares, err := money.Apportion(seats, ws)
		require.NoError(t, err)
		require.Equal(t, given, ws, "the weights are left alone")

		sum, total := new(big.Int), new(big.Int)
		for i := range ws {
			sum.Add(sum, big.NewInt(shares[i]))
			total.Add(total, big.NewInt(ws[i]))
		}
		require.Equal(t, big.NewInt(seats).String(), sum.String())
		if total.Sign() == 0 {
			return
		}
		for i := range ws {
			exact := new(big.Int).Mul(big.NewInt(seats), big.NewInt(ws[i]))
			floor, remainder := exact.QuoRem(exact, total, new(big.Int))
			extra := shares[i] - floor.Int64()
			require.True(t, extra == 0 || extra == 1 && remainder.Sign() > 0, "a share is the exact one, rounded down or up")
		}
	})
}

func TestAMoreWeightyNeverGetsLess(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ws := weights().Draw(t, "weights")
		shares, err := money.Apportion(rapid.Int64Range(0, 1_000).Draw(t, "seats"), ws)
		require.NoError(t, err)
		for i := range ws {
			for j := range ws {
				if ws[i] > ws[j] {
					require.GreaterOrEqual(t, shares[i], shares[j])
				}
				if ws[i] == ws[j] && i < j {
					require.GreaterOrEqual(t, shares[i], shares[j], "of equals the first comes first")
				}
			}
		}
	})
}

func TestSplit(t *testing.T) {
	t.Parallel()
	parts, err := money.Split(10_000, []int64{1, 1, 1})
	require.NoError(t, err)
	require.Equal(t, []money.Fen{3_334, 3_333, 3_333}, parts)
	for _, none := range [][]int64{nil, {}, {0}, {0, 0}} {
		_, err = money.Split(10_000, none)
		require.ErrorIs(t, err, money.ErrNoWeight, "money is not given away for want of weights")
	}
	_, err = money.Split(-1, []int64{1})
	require.EqualError(t, err, "split -0.01: -1 cannot be shared out")
}

func TestSplitAddsUpToTheFen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		total := money.Fen(rapid.Int64Min(0).Draw(t, "total"))
		parts, err := money.Split(total, append(weights().Draw(t, "weights"), 1))
		require.NoError(t, err)
		sum, err := money.Sum(parts...)
		require.NoError(t, err)
		require.Equal(t, total, sum)
	})
}

func TestTranches(t *testing.T) {
	t.Parallel()
	parts, err := money.Tranches(1_173_000, []int64{50, 30, 20})
	require.NoError(t, err)
	require.Equal(t, []money.Fen{586_500, 351_900, 234_600}, parts)

	odd, err := money.Tranches(101, []int64{50, 50})
	require.NoError(t, err)
	require.Equal(t, []money.Fen{51, 50}, odd, "the odd fen is paid first")

	for _, bad := range [][]int64{nil, {}, {99}, {50, 51}, {120, -20}, {100, math.MaxInt64}, {math.MinInt64, 100}} {
		_, err = money.Tranches(1, bad)
		require.ErrorContains(t, err, "do not add up to 100")
	}
}

func TestPercentRoundsHalfUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole int64
		want        int
	}{
		{21, 37, 57}, {23, 27, 85}, {23, 101, 23}, {12, 27, 44}, {60, 80, 75}, // the published figures of the city
		{1, 200, 1}, {1, 201, 0}, {0, 5, 0}, {5, 5, 100}, {199, 200, 100}, {7, 5, 140},
		{5, 0, 0}, {0, 0, 0}, {-1, 5, 0}, {1, -5, 0},
		{math.MaxInt64, math.MaxInt64, 100}, {math.MaxInt64 / 2, math.MaxInt64, 50}, {1, math.MaxInt64, 0},
		{math.MaxInt64, 1, math.MaxInt}, {math.MaxInt64, 100, math.MaxInt64},
	} {
		require.Equal(t, c.want, money.Percent(c.part, c.whole), "%d of %d", c.part, c.whole)
	}
}

func TestPercentIsTheNearestWholeNumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(1, math.MaxInt64).Draw(t, "whole")
		part := rapid.Int64Range(0, whole).Draw(t, "part")
		// floor(100*part/whole + 1/2), in unbounded numbers
		x := new(big.Int).Mul(big.NewInt(part), big.NewInt(200))
		x.Add(x, big.NewInt(whole)).Quo(x, new(big.Int).Mul(big.NewInt(whole), big.NewInt(2)))
		require.Equal(t, int(x.Int64()), money.Percent(part, whole))
	})
}
