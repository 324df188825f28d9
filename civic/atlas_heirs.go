package civic

import (
	"slices"
	"time"
)

// HeirOf is the region that a place has become by that day: itself while it stands, else what took over from it.
func (a *Atlas) HeirOf(region string, at time.Time) string {
	for range 16 { // more than fifty years of reforms; a loop in the data must end
		r, ok := a.regions[region]
		if !ok || r.Stands(at) {
			return region
		}
		next := r.Successor
		for _, s := range a.followers[region] {
			if !s.On.After(at) && !s.Beside {
				next = s.To
			}
		}
		if next == "" {
			return region
		}
		region = next
	}
	return region
}

// Estate is the region with all that it has taken over by that day.
func (a *Atlas) Estate(region string, at time.Time) []string {
	out := []string{region}
	for key, r := range a.regions {
		if key != region && !r.Stands(at) && !at.Before(r.ValidFrom) && a.HeirOf(key, at) == region {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// Communities are all communities that a region answers for on that day, with those that they have taken over.
func (a *Atlas) Communities(region string, at time.Time) []string {
	out := []string{}
	for key, r := range a.regions {
		if r.Level == "community" && a.Within(a.HeirOf(key, at), region, at) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}
