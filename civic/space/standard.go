package space

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"lizheng/civic/workday"
)

// Formula says what a standard counts.
type Formula string

// The formulae that standards know.
const (
	PerPersons    Formula = "per_1000_persons"   // 每千人: planned population
	PerHouseholds Formula = "per_100_households" // 每百户: planned households
	LargerOfBoth  Formula = "larger_of_both"     // both are computed, and the larger counts
)

// Rounding says how the formula's area becomes a requirement. It never rounds down:
// what is owed is owed.
type Rounding string

// The ways to round.
const (
	WholeMetres Rounding = "whole_metres" // up to the next whole square metre
	Unrounded   Rounding = "none"         // as it is, to the hundredth that an area has
)

// Standard is one version of the housing standard, as data. A project keeps the version
// in force on the day of its planning conditions.
type Standard struct {
	Version             int          `json:"version"`
	From                workday.Date `json:"from"` // the first day in force
	Source              string       `json:"source,omitempty"`
	Formula             Formula      `json:"formula"`
	Per1000             Area         `json:"per_1000_persons"`   // per 1,000 persons
	Per100              Area         `json:"per_100_households"` // per 100 households
	PersonsPerHousehold Decimal      `json:"persons_per_household"`
	Floor               Area         `json:"floor"`        // the least area, however small the compound; 0 for none
	GroundRatio         Decimal      `json:"ground_ratio"` // least share on the ground floor; 0 for none
	Rounding            Rounding     `json:"rounding"`
	Excluded            []Use        `json:"excluded,omitempty"` // uses of rooms that do not count
}

func (s Standard) countsPersons() bool { return s.Formula == PerPersons || s.Formula == LargerOfBoth }

func (s Standard) countsHouseholds() bool {
	return s.Formula == PerHouseholds || s.Formula == LargerOfBoth
}

// Check reports what keeps the data from being a standard, or nil.
func (s Standard) Check() error {
	fits := func(a Area) bool { return 0 <= a && a <= MaxArea }
	switch {
	case s.From.IsZero():
		return errors.New("a standard needs its first day")
	case !s.countsPersons() && !s.countsHouseholds():
		return fmt.Errorf("%.40q is not a formula", s.Formula)
	case s.Rounding != WholeMetres && s.Rounding != Unrounded:
		return fmt.Errorf("%.40q is not a way to round", s.Rounding)
	case !fits(s.Per1000) || !fits(s.Per100) || !fits(s.Floor) || !s.PersonsPerHousehold.fits():
		return errors.New("a number of the standard is negative or too large")
	case s.countsPersons() && (s.Per1000 == 0 || s.PersonsPerHousehold == 0):
		return errors.New("the formula needs an area per 1,000 persons and persons per household")
	case s.countsHouseholds() && s.Per100 == 0:
		return errors.New("the formula needs an area per 100 households")
	case s.GroundRatio < 0 || s.GroundRatio > decimalOne:
		return errors.New("the share on the ground floor is between 0 and 1")
	case slices.Contains(s.Excluded, ""):
		return errors.New("a use without a name cannot be excluded")
	}
	return nil
}

// ErrNoStandard is returned for a day on which no standard was in force yet.
var ErrNoStandard = errors.New("no housing standard was in force")

// InForce returns the standard of the day, such as that of the planning conditions: the
// one that came last by then, and of two that came on one day the higher version. Two
// alike in both are an error: which of them counts must not depend on the order.
func InForce(standards []Standard, day workday.Date) (Standard, error) {
	var found Standard
	twice := false
	for _, s := range standards {
		if s.From.IsZero() || s.From.After(day) {
			continue
		}
		switch later := cmp.Or(s.From.Compare(found.From), cmp.Compare(s.Version, found.Version)); {
		case found.From.IsZero() || later > 0:
			found, twice = s, false
		case later == 0:
			twice = true
		}
	}
	switch {
	case found.From.IsZero():
		return Standard{}, fmt.Errorf("%w on %s", ErrNoStandard, day)
	case twice:
		return Standard{}, fmt.Errorf("two housing standards have the version %d from %s", found.Version, found.From)
	}
	return found, found.Check()
}
