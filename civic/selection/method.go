package selection

import (
	"errors"
	"fmt"
	"math/big"
)

// Kind says how an observation becomes a score.
type Kind string

// The kinds of scoring.
const (
	ByTier   Kind = "tier"   // the state found, each with its percentage of the points
	ByDeduct Kind = "deduct" // all points, less so many for each case found
	ByRatio  Kind = "ratio"  // a part of a whole, in full from a target on
	ByCount  Kind = "count"  // so many points for each piece
	BySurvey Kind = "survey" // answers by level, each with its percentage
)

// Tier is one state that may be found, or one level that may be answered.
type Tier struct {
	Name    string `json:"name"`
	Percent int64  `json:"percent"`
}

// Tiers are the states of the civilised-city sheets.
func Tiers() []Tier { return []Tier{{"A", 100}, {"B", 66}, {"C", 33}, {"none", 0}} }

// Method is how one indicator is scored: rule data.
type Method struct {
	Kind   Kind   `json:"kind"`
	Tiers  []Tier `json:"tiers,omitempty"`  // tier, survey
	Each   Points `json:"each,omitempty"`   // deduct, count
	Target int64  `json:"target,omitempty"` // ratio: the percentage that earns all points; 0 is 100
	Least  int64  `json:"least,omitempty"`  // survey: fewer answers say nothing
}

// Observation is what was found.
type Observation struct {
	Tier    string  `json:"tier,omitempty"`    // tier
	Count   int64   `json:"count,omitempty"`   // deduct, count
	Part    int64   `json:"part,omitempty"`    // ratio
	Whole   int64   `json:"whole,omitempty"`   // ratio
	Answers []int64 `json:"answers,omitempty"` // survey: how many of each tier, in the method's order
}

// ErrTooFewAnswers is returned for a survey that says nothing.
var ErrTooFewAnswers = errors.New("there are too few answers")

// Score turns an observation into points of at most atMost, rounded half up. What
// the method does not know, or what cannot be, is an error and never zero points.
func (m Method) Score(atMost Points, o Observation) (Points, error) {
	err := errFirst(
		within("the most points", int64(atMost), 0, most), within("the points for each", int64(m.Each), 0, most),
		within("the count", o.Count, 0, most), within("the target", m.Target, 0, most))
	if err != nil {
		return 0, err
	}
	switch m.Kind {
	case ByTier:
		return m.tier(atMost, o)
	case ByDeduct:
		return max(0, atMost-m.Each*Points(o.Count)), nil
	case ByCount:
		return min(atMost, m.Each*Points(o.Count)), nil
	case ByRatio:
		return m.ratio(atMost, o)
	case BySurvey:
		return m.survey(atMost, o)
	}
	return 0, fmt.Errorf("there is no scoring by %q", m.Kind)
}

func (m Method) tier(atMost Points, o Observation) (Points, error) {
	for _, t := range m.Tiers {
		if t.Name == o.Tier {
			return share(atMost, ratio(t.Percent, 100)), within("the percentage", t.Percent, 0, 100)
		}
	}
	return 0, fmt.Errorf("there is no tier %q", o.Tier)
}

func (m Method) ratio(atMost Points, o Observation) (Points, error) {
	if o.Whole <= 0 || o.Part < 0 || o.Part > o.Whole {
		return 0, fmt.Errorf("%d of %d is no ratio", o.Part, o.Whole)
	}
	target := m.Target
	if target == 0 {
		target = 100
	}
	reached := ratio(o.Part, o.Whole)
	reached.Mul(reached, ratio(100, target))
	return min(atMost, share(atMost, reached)), nil
}

func (m Method) survey(atMost Points, o Observation) (Points, error) {
	if len(o.Answers) != len(m.Tiers) {
		return 0, fmt.Errorf("there are answers to %d levels, not to %d", len(o.Answers), len(m.Tiers))
	}
	var sum, n int64
	for i, t := range m.Tiers {
		if err := errFirst(within("the number of answers", o.Answers[i], 0, most), within("the percentage", t.Percent, 0, 100)); err != nil {
			return 0, err
		}
		sum, n = sum+t.Percent*o.Answers[i], n+o.Answers[i]
	}
	if n == 0 || n < m.Least {
		return 0, fmt.Errorf("%d of at least %d: %w", n, max(1, m.Least), ErrTooFewAnswers)
	}
	whole := ratio(sum, n)
	return share(atMost, whole.Mul(whole, ratio(1, 100))), nil
}

func share(of Points, part *big.Rat) Points {
	return roundHalfUp(part.Mul(part, ratio(int64(of), 1)))
}
