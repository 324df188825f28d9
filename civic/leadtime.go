package civic

import (
	"slices"

	"lizheng/civic/workday"
)

// Passage is how long something took, from one day to another, without the pauses between; and how often just so.
type Passage struct {
	From, To workday.Date
	Pauses   []Stretch
	Done     int64
	InTime   int64
}

// Stretch is a time between two days.
type Stretch struct{ From, To workday.Date }

// Spread is how long things took, in working days of the same calendar that their terms are counted in. Percentiles
// are the ones that happened (nearest rank), never a value between two: half, or nine of ten, took that long or less.
type Spread struct {
	Done    int64 `json:"done"`
	InTime  int64 `json:"in_time"`
	Median  int   `json:"median_wd"`
	P90     int   `json:"p90_wd"`
	Longest int   `json:"longest_wd"`
}

// spread puts passages together.
func spread(c *workday.Calendar, passages []Passage) Spread {
	var out Spread
	took := map[int]int64{}
	for _, s := range passages {
		days := c.Between(s.From, s.To)
		for _, p := range s.Pauses {
			days -= c.Between(p.From, p.To)
		}
		took[max(days, 0)] += s.Done
		out.Done, out.InTime = out.Done+s.Done, out.InTime+s.InTime
	}
	lengths := make([]int, 0, len(took))
	for n := range took {
		lengths = append(lengths, n)
	}
	slices.Sort(lengths)
	var so int64
	for _, n := range lengths {
		before := so
		so += took[n]
		if rank := (out.Done + 1) / 2; before < rank && rank <= so {
			out.Median = n
		}
		if rank := (9*out.Done + 9) / 10; before < rank && rank <= so {
			out.P90 = n
		}
		out.Longest = n
	}
	return out
}
