package civic

import (
	"fmt"
	"slices"
	"time"

	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// standardKeys are the parameters that make a housing standard.
var standardKeys = []string{"housing.formula", "housing.per_1000_m2", "housing.min_per_100hh", "housing.persons_per_household", "housing.floor_m2",
	"housing.ground_ratio", "housing.rounding", "housing.excluded_uses"}

// HousingStandard reads the standard in force under these rules. Its version is the year in which it began.
func HousingStandard(r Rules) (space.Standard, error) {
	s := space.Standard{Formula: space.Formula(r.Text("housing.formula")), Rounding: space.Rounding(r.Text("housing.rounding"))}
	var since time.Time
	for _, key := range standardKeys {
		if r.Since(key).After(since) {
			since = r.Since(key)
		}
	}
	s.From = workday.DateOf(since)
	s.Version = s.From.Year
	var err error
	area := func(key string) (out space.Area) {
		if err == nil {
			out, err = space.ParseArea(r.Text(key))
		}
		return out
	}
	number := func(key string) (out space.Decimal) {
		if err == nil {
			out, err = space.ParseDecimal(r.Text(key))
		}
		return out
	}
	s.Per1000, s.Per100, s.Floor = area("housing.per_1000_m2"), area("housing.min_per_100hh"), area("housing.floor_m2")
	s.PersonsPerHousehold, s.GroundRatio = number("housing.persons_per_household"), number("housing.ground_ratio")
	if err != nil {
		return s, fmt.Errorf("the housing standard of %s: %w", r.At.Format(time.DateOnly), err)
	}
	if uses, err := r.List("housing.excluded_uses"); err == nil && !slices.Contains(uses, "none") {
		for _, u := range uses {
			s.Excluded = append(s.Excluded, space.Use(u))
		}
	}
	return s, s.Check()
}

// housingTolerance is the error that a survey may have.
func (t *turn) housingTolerance() (space.Tolerance, error) { return toleranceUnder(t.Rules) }

func toleranceUnder(r Rules) (space.Tolerance, error) {
	least, err := space.ParseArea(r.Text("housing.tolerance_m2"))
	if err != nil {
		return space.Tolerance{}, fmt.Errorf("housing.tolerance_m2: %w", err)
	}
	ratio, err := space.ParseDecimal(r.Text("housing.tolerance_ratio"))
	if err != nil {
		return space.Tolerance{}, fmt.Errorf("housing.tolerance_ratio: %w", err)
	}
	return space.Tolerance{Least: least, Ratio: ratio}, nil
}

// figuresOf shows the numbers of a rule of the building as the figures of a decision.
func figuresOf(list []space.Figure) map[string]any {
	out := make(map[string]any, len(list))
	for _, f := range list {
		out[f.Name] = f.Value
	}
	return out
}
