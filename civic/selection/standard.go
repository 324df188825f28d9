package selection

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Indicator is one line of the standard.
type Indicator struct {
	Key    string `json:"key"`
	Most   Points `json:"most"`
	Method Method `json:"method"`
}

// Dimension is a group of indicators; its weight is the sum of their points.
type Dimension struct {
	Key        string      `json:"key"`
	Indicators []Indicator `json:"indicators"`
}

// Standard is what is scored, in one version.
type Standard struct {
	Version    string      `json:"version"`
	Dimensions []Dimension `json:"dimensions"`

	// weights are the other weights of a what-if, by indicator. They are not
	// exported: a what-if cannot be stored as the real thing.
	weights map[string]Points
}

// Check refuses a standard that cannot be published: keys that are missing or
// twice, indicators without points, or a sum other than a hundred points.
func (s Standard) Check() error {
	lines, err := s.lines()
	if err != nil {
		return err
	}
	var sum Points
	for _, l := range lines {
		sum += l.Most
	}
	if sum != Full {
		return fmt.Errorf("the indicators add up to %s points, not to %s", sum, Full)
	}
	return nil
}

// Reweigh returns the standard with other weights for some indicators, for a
// what-if. A weight of zero leaves the indicator out; the scale stays a hundred
// points whatever the weights add up to, as long as they are not all zero.
func (s Standard) Reweigh(weights map[string]Points) (Standard, error) {
	lines, err := s.lines()
	if err != nil {
		return Standard{}, err
	}
	other := make(map[string]Points, len(lines))
	known, sum := 0, Points(0)
	for _, l := range lines {
		w, given := weights[l.Key]
		if given {
			known++
		} else {
			w = s.weight(l.Indicator)
		}
		if err := within("the weight of "+l.Key, int64(w), 0, int64(Full)); err != nil {
			return Standard{}, err
		}
		other[l.Key], sum = w, sum+w
	}
	if known != len(weights) {
		return Standard{}, errors.New("a weight is for an indicator that the standard does not have")
	}
	if sum == 0 {
		return Standard{}, errors.New("all weights are zero")
	}
	s.weights = other
	return s, nil
}

// weight is what an indicator counts: its points, unless a what-if says otherwise.
func (s Standard) weight(i Indicator) Points {
	if w, other := s.weights[i.Key]; other {
		return w
	}
	return i.Most
}

// line is an indicator with its weight.
type line struct {
	Indicator
	weight Points
}

// lines returns the indicators by key, checked.
func (s Standard) lines() ([]line, error) {
	var all []line
	for _, d := range s.Dimensions {
		for _, i := range d.Indicators {
			if i.Key == "" {
				return nil, fmt.Errorf("an indicator of %q has no key", d.Key)
			}
			if err := within("the points of "+i.Key, int64(i.Most), 1, most); err != nil {
				return nil, err
			}
			all = append(all, line{i, s.weight(i)})
		}
	}
	if len(all) == 0 {
		return nil, errors.New("the standard has no indicators")
	}
	slices.SortFunc(all, func(a, b line) int { return cmp.Compare(a.Key, b.Key) })
	for i := range all[1:] {
		if all[i].Key == all[i+1].Key {
			return nil, fmt.Errorf("the indicator %s is in the standard twice", all[i].Key)
		}
	}
	return all, nil
}
