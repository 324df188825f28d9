package selection

import (
	"fmt"
	"slices"
)

// Rule is everything that a city may tune in a selection: data, pinned by version.
type Rule struct {
	Version        string `json:"version"`
	Titles         int64  `json:"titles"`
	Least          int64  `json:"least"`           // of each unit with committees
	Areas          bool   `json:"areas"`           // urban and rural are shared out, and ranked, apart
	ReservePercent int64  `json:"reserve_percent"` // of a list's quota, rounded up
	Return         bool   `json:"return"`          // titles without a candidate go to lists that have more
	Limits
	TieBreaks []TieBreak `json:"tie_breaks"` // between equal totals, in order; the lower key after them
}

// TieBreak compares one figure of two candidates with equal totals.
type TieBreak struct {
	Figure string `json:"figure"` // its name, such as "satisfaction"
	Prefer Prefer `json:"prefer"`
}

// Prefer says which of two figures wins.
type Prefer string

// The two preferences.
const (
	More Prefer = "more"
	Less Prefer = "less"
)

// ByTotal and ByKey name the comparisons before and after the tie-breaks.
const (
	ByTotal = "total"
	ByKey   = "key"
)

// Check refuses a rule that could not be computed the same way everywhere.
func (r Rule) Check() error {
	err := errFirst(
		r.Limits.check(),
		within("the number of titles", r.Titles, 0, most), within("the least share", r.Least, 0, most),
		within("the reserve", r.ReservePercent, 0, 100))
	if err != nil {
		return err
	}
	for i, t := range r.TieBreaks {
		switch {
		case t.Prefer != More && t.Prefer != Less:
			return fmt.Errorf("the tie-break %q prefers %q, neither more nor less", t.Figure, t.Prefer)
		case slices.Contains([]string{"", ByTotal, ByKey}, t.Figure):
			return fmt.Errorf("%q is no figure to break a tie by", t.Figure)
		case slices.ContainsFunc(r.TieBreaks[:i], func(o TieBreak) bool { return o.Figure == t.Figure }):
			return fmt.Errorf("%q breaks ties twice", t.Figure)
		}
	}
	return nil
}

// ReserveOf is how many places of reserve belong to a quota: the percentage rounded
// up, so that a list with few titles has somebody to move up too.
func (r Rule) ReserveOf(quota int64) int64 { return (quota*r.ReservePercent + 99) / 100 }

// Standing says whether a candidate is in the ranking, and if not, why.
type Standing string

// The standings. Candidates that are no candidates at all, because the street did
// not recommend them or the interval since their last title is not over, may be
// given too: they get their outcome and their reason like everybody.
const (
	Stands         Standing = "stands"
	Vetoed         Standing = "vetoed"          // a rule of eligibility is not met
	Barred         Standing = "barred"          // named too short a time ago
	NotRecommended Standing = "not_recommended" // by the street or the panel
)

// Area is urban or rural, where the quota is split; else it is not looked at.
type Area string

// The areas.
const (
	Whole Area = ""
	Urban Area = "urban"
	Rural Area = "rural"
)

// Candidate is one nominee with its frozen scores.
type Candidate struct {
	Key      string   `json:"key"` // unique in the selection
	Unit     string   `json:"unit"`
	Area     Area     `json:"area"`
	Standing Standing `json:"standing"`
	Grounds  []string `json:"grounds,omitempty"` // for a standing other than "stands": rules or decisions
	Base     Points   `json:"base"`
	Bonus    Points   `json:"bonus"`
	Penalty  Points   `json:"penalty"`
	Figures  []int64  `json:"figures"` // what the tie-breaks compare, in their order
}

// mostFigure keeps figures exact in every implementation of JSON.
const mostFigure = 1<<53 - 1

func (r Rule) checkCandidate(c *Candidate) error {
	switch {
	case c.Key == "":
		return fmt.Errorf("a candidate of the unit %q has no key", c.Unit)
	case len(c.Figures) != len(r.TieBreaks):
		return fmt.Errorf("%s has %d figures for %d tie-breaks", c.Key, len(c.Figures), len(r.TieBreaks))
	case r.Areas && c.Area != Urban && c.Area != Rural:
		return fmt.Errorf("%s is of the area %q, neither urban nor rural", c.Key, c.Area)
	case !r.Areas && c.Area != Whole && c.Area != Urban && c.Area != Rural:
		return fmt.Errorf("%s is of the area %q, which there is not", c.Key, c.Area)
	case c.Standing != Stands && c.Standing != Vetoed && c.Standing != Barred && c.Standing != NotRecommended:
		return fmt.Errorf("%s has the standing %q, which there is not", c.Key, c.Standing)
	}
	for _, p := range []Points{c.Base, c.Bonus, c.Penalty} {
		if p < 0 || p > most {
			return fmt.Errorf("%s has a score of %s", c.Key, p)
		}
	}
	for _, f := range c.Figures {
		if f < -mostFigure || f > mostFigure {
			return fmt.Errorf("%s has a figure of %d", c.Key, f)
		}
	}
	return nil
}
