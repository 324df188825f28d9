package space_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/space"
)

func TestShortfallAtItsBoundaries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, required, measured, short, allowed string
		want                                     space.Outcome
	}{
		{"exactly enough", "640", "640", "0", "6.4", space.Enough},
		{"more than enough", "640", "641.5", "0", "6.4", space.Enough},
		{"a hundredth short", "640", "639.99", "0.01", "6.4", space.Tolerated},
		{"exactly one per cent short", "640", "633.6", "6.4", "6.4", space.Tolerated},
		{"a hundredth beyond one per cent", "640", "633.59", "6.41", "6.4", space.Short},
		{"one per cent with a broken rest", "600.32", "594.32", "6", "6", space.Tolerated}, // 1 % is 6.0032
		{"a hundredth beyond the broken rest", "600.32", "594.31", "6.01", "6", space.Short},
		{"a small one has three square metres", "150", "147", "3", "3", space.Tolerated},
		{"a hundredth beyond three", "150", "146.99", "3.01", "3", space.Short},
		{"three metres are one per cent", "300", "297", "3", "3", space.Tolerated},
		{"rooms that are not there are not measured wrong", "2", "0", "2", "3", space.Short},
		{"nothing is owed", "0", "0", "0", "3", space.Enough},
	} {
		s, err := space.Judge(m2(c.required), m2(c.measured), tolerance())
		require.NoError(t, err)
		require.Equal(t, c.want, s.Outcome, c.name)
		require.Equal(t, m2(c.short), s.Short, c.name)
		require.Equal(t, m2(c.allowed), s.Allowed, c.name)
		requireWords(t, []space.Finding{s.Finding()})
		if c.want == space.Short {
			require.Equal(t, s.Short, s.Owed(), "the whole of it")
		} else {
			require.Zero(t, s.Owed())
		}
	}
	for _, bad := range [][2]space.Area{{-1, 0}, {0, -1}, {space.MaxArea + 1, 0}, {0, space.MaxArea + 1}} {
		_, err := space.Judge(bad[0], bad[1], tolerance())
		require.Error(t, err)
	}
	_, err := space.Judge(1, 1, space.Tolerance{Least: -1})
	require.Error(t, err)
}

func TestShortfallIsTheOneOfUnboundedNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		required := areas(0, m2("3000")).Draw(t, "required")
		measured := areas(max(required-m2("50"), 0), required+m2("5")).Draw(t, "measured")
		tol := space.Tolerance{Least: areas(0, m2("5")).Draw(t, "least"), Ratio: space.Decimal(rapid.Int64Range(0, 300).Draw(t, "ratio"))}
		s, err := space.Judge(required, measured, tol)
		require.NoError(t, err)
		require.Equal(t, required, measured+s.Short-s.Over)

		short := big.NewRat(int64(required-measured), 100)
		allowed := big.NewRat(int64(tol.Least), 100)
		share := new(big.Rat).Mul(big.NewRat(int64(required), 100), big.NewRat(int64(tol.Ratio), 10_000))
		if share.Cmp(allowed) > 0 {
			allowed = share
		}
		want := space.Short
		switch {
		case short.Sign() <= 0:
			want = space.Enough
		case short.Cmp(allowed) <= 0 && measured > 0:
			want = space.Tolerated
		}
		require.Equal(t, want, s.Outcome)
	})
}

func TestALargerMeasureIsNeverJudgedWorse(t *testing.T) {
	t.Parallel()
	order := map[space.Outcome]int{space.Enough: 0, space.Tolerated: 1, space.Short: 2}
	rapid.Check(t, func(t *rapid.T) {
		required := areas(0, m2("3000")).Draw(t, "required")
		small := areas(0, m2("3000")).Draw(t, "measured")
		large := small + areas(0, m2("10")).Draw(t, "more")
		one, err := space.Judge(required, small, tolerance())
		require.NoError(t, err)
		other, err := space.Judge(required, large, tolerance())
		require.NoError(t, err)
		require.LessOrEqual(t, order[other.Outcome], order[one.Outcome])
		require.LessOrEqual(t, other.Owed(), one.Owed())
	})
}
