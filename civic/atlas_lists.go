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

// UnitAt returns a unit as it was called on that day.
func (a *Atlas) UnitAt(key string, at time.Time) (Unit, bool) {
	u, ok := a.units[key]
	for _, n := range a.unitNames[key] {
		if !n.From.After(at) {
			u.Name, u.NameEn, u.ShortName, u.Mark = n.Name, n.NameEn, n.ShortName, n.Mark
		}
	}
	return u, ok
}

// RegionAt returns a region as it was called on that day.
func (a *Atlas) RegionAt(key string, at time.Time) (Region, bool) {
	r, ok := a.regions[key]
	for _, n := range a.regionNames[key] {
		if !n.From.After(at) {
			r.Name, r.NameEn = n.Name, n.NameEn
		}
	}
	return r, ok
}

// UnitNames are the later names of a unit, oldest first.
func (a *Atlas) UnitNames(key string) []Naming { return a.unitNames[key] }

// RegionNames are the later names of a region, oldest first.
func (a *Atlas) RegionNames(key string) []Naming { return a.regionNames[key] }

// Followers are the regions that took over from a region.
func (a *Atlas) Followers(region string) []Succession { return a.followers[region] }

// Inherited says from which day on each unit answers for which others, heirs of heirs included: by the unit that answers.
// Where another heir follows later, that one answers from its day on; the first no longer stands then.
func (a *Atlas) Inherited() map[string][]Succession {
	out := map[string][]Succession{}
	for first := range a.successions {
		unit, from := first, time.Time{}
		for range 16 { // as in Responsible
			i := slices.IndexFunc(a.successions[unit], func(s Succession) bool { return !s.Beside })
			if i < 0 {
				break
			}
			s := a.successions[unit][i]
			if s.On.After(from) {
				from = s.On
			}
			out[s.To] = append(out[s.To], Succession{From: first, To: s.To, On: from})
			unit = s.To
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(x, y Succession) int { return cmp.Compare(x.From, y.From) })
	}
	return out
}

// CommunitiesOf are the communities of a district on that day.
func (a *Atlas) CommunitiesOf(district string, at time.Time) []string {
	out := []string{}
	for key, r := range a.regions {
		if r.Level == "community" && a.District(key, at) == district {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}
