package selection_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

func TestTheSampleIsWhatSha256sumSays(t *testing.T) {
	t.Parallel()
	drawn, err := selection.Sample("2014-11-30 排列5 31415", []string{"a", "b", "c", "d", "e", "f"}, 1, 5)
	require.NoError(t, err)
	require.Equal(t, []selection.Drawn{
		{Key: "a", Digest: "16a66460b04eab8c8e2d9d9f7b6b7e5290cbbcbab5fd5f6338668e08ff096ae2"},
		{Key: "e", Digest: "42e1c8a885505d4ba30362c38bd07bc3549816533b8ab18d81cc67229bb44bd1"},
	}, drawn)
}

func TestSampleSizeIsRoundedUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		n           int
		part, whole int64
		want        int
	}{
		{"a fifth of five is one", 5, 1, 5, 1},
		{"a fifth of six is two", 6, 1, 5, 2},
		{"a fifth of one is one", 1, 20, 100, 1},
		{"all", 7, 1, 1, 7},
		{"none", 7, 0, 1, 0},
		{"of nobody nobody", 0, 1, 5, 0},
		{"a fifth of 1,150", 1_150, 20, 100, 230},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var keys []string
			for i := range c.n {
				keys = append(keys, fmt.Sprint(i))
			}
			drawn, err := selection.Sample("seed", keys, c.part, c.whole)
			require.NoError(t, err)
			require.Len(t, drawn, c.want)
		})
	}
}

func TestSampleRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, seed  string
		keys        []string
		part, whole int64
		want        string
	}{
		{"no seed", "", nil, 1, 5, "the seed must be one line of text"},
		{"a seed of two lines", "a\nb", nil, 1, 5, "the seed must be one line of text"},
		{"a key twice", "s", []string{"a", "b", "a"}, 1, 5, "a is there twice"},
		{"more than all", "s", nil, 6, 5, "6 of 5 is no part to draw"},
		{"a part of nothing", "s", nil, 0, 0, "0 of 0 is no part to draw"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := selection.Sample(c.seed, c.keys, c.part, c.whole)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestTheSampleIsTheSameInAnyOrderAndGrowsWithoutChanging(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfDistinct(rapid.String(), func(s string) string { return s }).Draw(t, "keys")
		part := rapid.Int64Range(0, 99).Draw(t, "part")
		drawn, err := selection.Sample("seed", keys, part, 100)
		require.NoError(t, err)
		again, err := selection.Sample("seed", shuffled(t, keys), part, 100)
		require.NoError(t, err)
		require.Equal(t, drawn, again)
		longer, err := selection.Sample("seed", keys, part+1, 100)
		require.NoError(t, err)
		require.Equal(t, drawn, longer[:len(drawn)])
	})
}

func TestADeviationOfExactlyWhatIsAllowedIsAllowed(t *testing.T) {
	t.Parallel()
	require.False(t, selection.Deviates(85_00, 90_00, 5_00))
	require.True(t, selection.Deviates(85_00, 90_01, 5_00))
	require.True(t, selection.Deviates(90_01, 85_00, 5_00))
	require.Equal(t, selection.Points(5_01), selection.Deviation(90_01, 85_00))
}
