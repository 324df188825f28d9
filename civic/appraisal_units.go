package civic

import (
	"cmp"
	"slices"
	"time"

	"lizheng/civic/selection"
)

// AssessedUnits are the districts of a day with the number of their committees, by key. A place that only prepares to have a
// committee has none yet.
func (a *Atlas) AssessedUnits(at time.Time) []selection.Unit {
	counts := map[string]*selection.Unit{}
	for key, r := range a.regions {
		if r.Level == "district" && r.Stands(at) {
			counts[key] = &selection.Unit{Code: key}
		}
	}
	for key, r := range a.regions {
		if r.Level != "community" || r.Kind == "preparatory" || !r.Stands(at) {
			continue
		}
		u := counts[a.District(key, at)]
		switch {
		case u == nil:
		case r.Urban:
			u.Urban++
		default:
			u.Rural++
		}
	}
	out := make([]selection.Unit, 0, len(counts))
	for _, u := range counts {
		if u.Committees() > 0 {
			out = append(out, *u)
		}
	}
	slices.SortFunc(out, func(x, y selection.Unit) int { return cmp.Compare(x.Code, y.Code) })
	return out
}
