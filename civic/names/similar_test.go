package names_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/names"
)

func TestSimilar(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, a, b string
		want       int
	}{
		{"the same name in other characters", "计划生育工作先进社区", "《計劃生育工作先進社區》", 100},
		{"a part left out", "计划生育工作先进社区", "计划生育先进社区", 75},
		{"one character added", "垃圾分类台账", "垃圾分类工作台账", 66},
		{"nothing in common", "垃圾分类", "计划生育", 0},
		{"the same pairs in another order are not the same name", "甲乙甲丙甲", "甲丙甲乙甲", 99},
		{"one character each", "甲", "乙", 0},
		{"one character each, the same", "甲", "甲", 100},
		{"one character in a longer name", "甲", "甲乙", 0},
		{"a name that says nothing is not even like itself", "——", "——", 0},
		{"a pair that occurs twice counts twice only if it does in both", "甲甲甲", "甲甲", 66},
	} {
		require.Equal(t, c.want, names.Similar(c.a, c.b), c.name)
		require.Equal(t, c.want, names.Similar(c.b, c.a), c.name)
	}
}

func TestSimilarIsAHundredOnlyForTheSameName(t *testing.T) {
	t.Parallel()
	name := rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙丁 Ａa")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		score := names.Similar(a, b)
		require.Equal(t, score, names.Similar(b, a))
		require.True(t, 0 <= score && score <= 100)
		same := names.Normal(a) == names.Normal(b) && names.Normal(a) != ""
		require.Equal(t, same, score == 100)
	})
}

func BenchmarkSimilar(b *testing.B) {
	for b.Loop() {
		names.Similar("计划生育工作先进社区创建活动", "计划生育先进社区")
	}
}
