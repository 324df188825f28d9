package selection

import "fmt"

// Mapping says which of the city's indicators one of a district's serves.
type Mapping struct {
	District string `json:"district"`
	City     string `json:"city"`
}

// Gap is one of the city's indicators that a district's rules do not do justice.
type Gap struct {
	City string  `json:"city"`
	Code GapCode `json:"code"`
	Want Points  `json:"want"` // what it has in the city's standard
	Got  Points  `json:"got"`  // what the district's indicators that serve it add up to
}

// GapCode is the kind of a gap.
type GapCode string

// The gaps.
const (
	Uncovered GapCode = "uncovered"
	TooLight  GapCode = "too_light"
	TooHeavy  GapCode = "too_heavy"
)

// Gaps says, by key, which of the standard's indicators a district's detailed rules
// leave out, or weigh otherwise by more than a percentage of their points. Several
// indicators of the district may serve one of the city's, each only one; those that
// serve none are the district's own addition.
func (s Standard) Gaps(district Standard, mapping []Mapping, tolerancePercent int64) ([]Gap, error) {
	if err := within("the tolerance", tolerancePercent, 0, 100); err != nil {
		return nil, err
	}
	ours, err := s.lines()
	if err != nil {
		return nil, err
	}
	theirs, err := district.lines()
	if err != nil {
		return nil, fmt.Errorf("the district's rules: %w", err)
	}
	points := make(map[string]Points, len(theirs))
	for _, l := range theirs {
		points[l.Key] = l.Most
	}
	got := make(map[string]Points, len(ours))
	for _, m := range mapping {
		p, open := points[m.District]
		if !open {
			return nil, fmt.Errorf("the district's rules have no indicator %q, or it serves two of the city's", m.District)
		}
		delete(points, m.District)
		got[m.City] += p
	}
	gaps := []Gap{}
	for _, l := range ours {
		g := Gap{City: l.Key, Want: l.Most, Got: got[l.Key]}
		delete(got, l.Key)
		off := Deviation(g.Want, g.Got)*100 > g.Want*Points(tolerancePercent)
		switch {
		case g.Got == 0:
			g.Code = Uncovered
		case off && g.Got < g.Want:
			g.Code = TooLight
		case off:
			g.Code = TooHeavy
		default:
			continue
		}
		gaps = append(gaps, g)
	}
	if len(got) > 0 {
		return nil, fmt.Errorf("%d indicators that are served are not in the city's standard", len(got))
	}
	return gaps, nil
}
