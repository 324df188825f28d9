package civic

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic/workday"
)

func TestSpread(t *testing.T) {
	t.Parallel()
	monday := workday.NewDate(2026, 3, 2)
	took := func(days int, times int64) Passage {
		return Passage{From: monday, To: monday.AddDays(days), Done: times, InTime: times}
	}
	for _, c := range []struct {
		claim    string
		passages []Passage
		want     Spread
	}{
		{"nothing took nothing", nil, Spread{}},
		{"a weekend is no time", []Passage{took(7, 1)}, Spread{Done: 1, InTime: 1, Median: 5, P90: 5, Longest: 5}},
		{"the same day is no time", []Passage{took(0, 3)}, Spread{Done: 3, InTime: 3}},
		{"a pause is no time", []Passage{{From: monday, To: monday.AddDays(4), Pauses: []Stretch{{monday.AddDays(1), monday.AddDays(3)}}, Done: 1}}, Spread{Done: 1, Median: 2, P90: 2, Longest: 2}},
		{"of two the median is the shorter, of ten the ninth is the ninetieth percentile", []Passage{took(1, 5), took(2, 4), took(4, 1)}, Spread{Done: 10, InTime: 10, Median: 1, P90: 2, Longest: 4}},
		{"of eleven it is the tenth", []Passage{took(1, 5), took(2, 4), took(3, 1), took(4, 1)}, Spread{Done: 11, InTime: 11, Median: 2, P90: 3, Longest: 4}},
		{"late ones count as done", []Passage{{From: monday, To: monday.AddDays(1), Done: 4, InTime: 1}}, Spread{Done: 4, InTime: 1, Median: 1, P90: 1, Longest: 1}},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, spread(workday.Builtin(), c.passages))
		})
	}
}
