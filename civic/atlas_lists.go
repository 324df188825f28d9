package civic

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Regions are all regions, by key.
func (a *Atlas) Regions() []Region {
	return slices.SortedFunc(maps.Values(a.regions), func(x, y Region) int { return cmp.Compare(x.Key, y.Key) })
}

// Units are all units, by key.
func (a *Atlas) Units() []Unit {
	return slices.SortedFunc(maps.Values(a.units), func(x, y Unit) int { return cmp.Compare(x.Key, y.Key) })
}

// Placements are where a region hung over time, oldest first.
func (a *Atlas) Placements(region string) []Placement {
	return slices.SortedFunc(slices.Values(a.placements[region]), func(x, y Placement) int { return x.From.Compare(y.From) })
}

// Successions are the steps by which a unit's duties came to and went from it, oldest first.
func (a *Atlas) Successions(unit string) []Succession {
	out := slices.Clone(a.successions[unit])
	for _, list := range a.successions {
		for _, s := range list {
			if s.To == unit {
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(x, y Succession) int { return cmp.Or(x.On.Compare(y.On), cmp.Compare(x.From, y.From)) })
	return out
}

// Around are the regions that concern somebody in a region on that day: itself, all that answer for it, and all within it.
func (a *Atlas) Around(region string, at time.Time) []string {
	out := []string{region}
	for above := a.Above(region, at); above != "" && len(out) < 8; above = a.Above(above, at) {
		out = append(out, above)
	}
	for key := range a.regions {
		if key != region && a.Within(key, region, at) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
