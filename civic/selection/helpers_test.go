package selection_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/selection"
)

// year is a small rule: satisfaction, then fewer penalties.
func year(titles int64) selection.Rule {
	return selection.Rule{
		Version: "2014-1", Titles: titles, Least: 1, ReservePercent: 10, Return: true,
		Limits:    selection.Limits{Line: 80_00, BonusMost: 10_00, TotalMost: 110_00},
		TieBreaks: []selection.TieBreak{{Figure: "satisfaction", Prefer: selection.More}, {Figure: "penalties", Prefer: selection.Less}},
	}
}

func candidate(key string, base selection.Points, figures ...int64) selection.Candidate {
	if figures == nil {
		figures = []int64{0, 0}
	}
	return selection.Candidate{Key: key, Unit: "320402", Standing: selection.Stands, Base: base, Figures: figures}
}

// units2014 are the seven units of 2014, with numbers of committees made up for the tests.
func units2014() []selection.Unit {
	return []selection.Unit{
		{Code: "320402", Urban: 61, Rural: 38},
		{Code: "320404", Urban: 58, Rural: 34},
		{Code: "320405", Urban: 14, Rural: 11},
		{Code: "320411", Urban: 45, Rural: 78},
		{Code: "320412", Urban: 70, Rural: 315},
		{Code: "320481", Urban: 41, Rural: 175},
		{Code: "320482", Urban: 34, Rural: 101},
	}
}

// outcomes says who ended how, in the order of the places.
func outcomes(places []selection.Place) []string {
	var all []string
	for _, p := range places {
		all = append(all, fmt.Sprintf("%s %d %s", p.Key, p.Rank, p.Outcome))
	}
	return all
}

// appraisals draws small appraisals with many ties, and everything that may be in them.
func appraisals(t *rapid.T) selection.Appraisal {
	a := selection.Appraisal{Subject: "appraisal/2014", Rule: year(rapid.Int64Range(0, 12).Draw(t, "titles"))}
	a.Rule.Return = rapid.Bool().Draw(t, "return")
	a.Rule.Areas = rapid.Bool().Draw(t, "areas")
	a.Rule.ReservePercent = rapid.Int64Range(0, 100).Draw(t, "reserve")
	for i := range rapid.IntRange(1, 4).Draw(t, "units") {
		a.Units = append(a.Units, selection.Unit{
			Code:  fmt.Sprintf("3204%02d", i),
			Urban: rapid.Int64Range(0, 6).Draw(t, "urban"), Rural: rapid.Int64Range(0, 6).Draw(t, "rural"),
		})
	}
	standings := []selection.Standing{selection.Stands, selection.Stands, selection.Stands, selection.Vetoed, selection.Barred, selection.NotRecommended}
	for i := range rapid.IntRange(0, 25).Draw(t, "candidates") {
		c := candidate(fmt.Sprintf("c%02d", i), selection.Points(rapid.Int64Range(78, 90).Draw(t, "base")*100),
			rapid.Int64Range(0, 2).Draw(t, "satisfaction"), rapid.Int64Range(0, 1).Draw(t, "penalties"))
		c.Unit = rapid.SampledFrom(a.Units).Draw(t, "unit").Code
		c.Area = rapid.SampledFrom([]selection.Area{selection.Urban, selection.Rural}).Draw(t, "area")
		c.Standing = rapid.SampledFrom(standings).Draw(t, "standing")
		c.Bonus = selection.Points(rapid.Int64Range(0, 12).Draw(t, "bonus") * 100)
		c.Penalty = selection.Points(rapid.Int64Range(0, 3).Draw(t, "penalty") * 100)
		a.Candidates = append(a.Candidates, c)
	}
	return a
}

// shuffled gives the same things in another order.
func shuffled[T any](t *rapid.T, all []T) []T {
	all = slices.Clone(all)
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "shuffle"), 0))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

func place(t require.TestingT, s selection.Selection, key string) selection.Place {
	for _, l := range s.Lists {
		for _, p := range l.Places {
			if p.Key == key {
				return p
			}
		}
	}
	require.Fail(t, "no place for "+key)
	return selection.Place{}
}

// worth orders outcomes, the best highest.
func worth(o selection.Outcome) int {
	return -slices.Index([]selection.Outcome{selection.IsProposed, selection.IsReserve, selection.IsNotRecommended, selection.IsBelowLine, selection.IsVetoed}, o)
}

// nominees makes a large appraisal, the same for one seed: scores to the hundredth, so
// that the tie-breaks and the keys have much to do.
func nominees(n int, seed uint64) selection.Appraisal {
	a := selection.Appraisal{Subject: "appraisal/2014", Rule: year(100), Units: units2014()}
	r := rand.New(rand.NewPCG(seed, 1))
	figures := make([]int64, 2*n)
	a.Candidates = make([]selection.Candidate, n)
	for i := range a.Candidates {
		f := figures[2*i : 2*i+2 : 2*i+2]
		f[0], f[1] = r.Int64N(100), r.Int64N(3)
		a.Candidates[i] = candidate(fmt.Sprintf("%09d", i), selection.Points(60_00+r.Int64N(40_01)), f...)
		a.Candidates[i].Unit = a.Units[r.IntN(len(a.Units))].Code
	}
	slices.SortFunc(a.Candidates, func(x, y selection.Candidate) int { return cmp.Compare(x.Figures[0], y.Figures[0]) })
	return a
}

func encoded(t testing.TB, s selection.Sheet) []byte {
	text, err := s.Encode()
	require.NoError(t, err)
	return text
}
