package workday

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"time"
)

// Kind says what a day is.
type Kind string

// The kinds of days. Only Holiday and Makeup can be listed in a Calendar; the
// other two are what the weekday rule says of a day that is not.
const (
	Holiday Kind = "holiday" // a day off, whatever its weekday
	Makeup  Kind = "makeup"  // a working day, whatever its weekday (调休上班)
	Workday Kind = "workday" // Monday to Friday, not listed
	Restday Kind = "restday" // Saturday or Sunday, not listed
)

// Source says who listed a day.
type Source string

// The sources, weakest first. A stronger source overrules a weaker one.
const (
	SourceStatutory Source = "statutory" // computed for a year without a notice
	SourceBuiltin   Source = "builtin"   // came with the program
	SourceImported  Source = "imported"  // a notice that was imported while running
	SourceManual    Source = "manual"    // entered by hand, such as a local holiday
)

var strength = map[Source]int{SourceStatutory: 0, SourceBuiltin: 1, SourceImported: 2, SourceManual: 3}

// Day is one listed day.
type Day struct {
	Date   Date
	Kind   Kind
	Name   string // the festival, such as 春节
	Notice int    // the year of the notice that lists the day; 0 if none does
	Source Source
}

// Calendar knows the working days. It never changes and is safe to share.
type Calendar struct {
	version  int
	given    []Day // as handed to New, so that With can start from them
	days     []Day // what holds, by date
	official []int // sorted

	// exceptions are the listed days that differ from the weekday rule, by date,
	// each with the sum of the differences so far. Counting working days is then
	// a division and a binary search, however long the term is.
	exceptions []exception
}

type exception struct {
	number int
	sum    int
}

// New returns the calendar of these days, or says which day cannot be listed.
// A date may be listed once by each source; the stronger source wins. official
// are the years whose notice is known; any other year is provisional, and gets
// its statutory days where nobody lists them, as far as they are known.
func New(version int, days []Day, official []int) (*Calendar, error) {
	c := &Calendar{version: version, given: slices.Clone(days), official: slices.Clone(official)}
	slices.Sort(c.official)
	c.official = slices.Compact(c.official)
	for _, d := range c.given {
		if err := d.check(); err != nil {
			return nil, err
		}
	}
	all := slices.Clone(c.given)
	for _, y := range statutoryYears {
		if !c.Official(y.year) {
			all = append(all, y.days()...)
		}
	}
	slices.SortStableFunc(all, func(a, b Day) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(strength[b.Source], strength[a.Source]))
	})
	for i, d := range all {
		if i == 0 || all[i-1].Date != d.Date {
			c.days = append(c.days, d)
		} else if all[i-1].Source == d.Source {
			return nil, fmt.Errorf("%s is listed twice by the source %s", d.Date, d.Source)
		}
	}
	c.index()
	return c, nil
}

func (d Day) check() error {
	if d.Date.IsZero() || d.Date != NewDate(d.Date.Year, d.Date.Month, d.Date.Day) {
		return fmt.Errorf("%v is not a day", [3]int{d.Date.Year, int(d.Date.Month), d.Date.Day})
	}
	if d.Kind != Holiday && d.Kind != Makeup {
		return fmt.Errorf("%s: the kind %q cannot be listed", d.Date, d.Kind)
	}
	if _, known := strength[d.Source]; !known || d.Source == SourceStatutory {
		return fmt.Errorf("%s: the source %q cannot list a day", d.Date, d.Source)
	}
	return nil
}

func (c *Calendar) index() {
	sum := 0
	for _, d := range c.days {
		rests := weekend(d.Date)
		switch {
		case d.Kind == Holiday && !rests:
			sum--
		case d.Kind == Makeup && rests:
			sum++
		default:
			continue
		}
		c.exceptions = append(c.exceptions, exception{d.Date.number(), sum})
	}
}

// With returns a calendar of a new version that lists these days, and knows these
// years as official, on top of what c was made from.
func (c *Calendar) With(version int, days []Day, official []int) (*Calendar, error) {
	return New(version, slices.Concat(c.given, days), slices.Concat(c.official, official))
}

// Version returns the number the calendar was made with.
func (c *Calendar) Version() int { return c.version }

// Days returns the listed days that hold, by date: one for each date, the
// statutory days of provisional years among them.
func (c *Calendar) Days() []Day { return slices.Clone(c.days) }

// OfficialYears returns the years whose notice is known, in order.
func (c *Calendar) OfficialYears() []int { return slices.Clone(c.official) }

// Official reports whether the notice for the year is known.
func (c *Calendar) Official(year int) bool {
	_, found := slices.BinarySearch(c.official, year)
	return found
}

// Provisional reports whether a notice that is still to come may change what the
// calendar says of the day: its year has no notice; or it is in the last week of
// a year that has one, which the notice for the next year may still rearrange
// (the one for 2019 made 2018-12-29 a working day).
func (c *Calendar) Provisional(d Date) bool {
	lastWeek := d.Month == time.December && d.Day >= 25
	return !c.Official(d.Year) || lastWeek && !c.Official(d.Year+1)
}

// Lookup returns how the day is listed, if it is.
func (c *Calendar) Lookup(d Date) (Day, bool) {
	i, found := slices.BinarySearchFunc(c.days, d, func(day Day, d Date) int { return day.Date.Compare(d) })
	if !found {
		return Day{}, false
	}
	return c.days[i], true
}

// Kind returns what the day is.
func (c *Calendar) Kind(d Date) Kind {
	if day, listed := c.Lookup(d); listed {
		return day.Kind
	}
	if weekend(d) {
		return Restday
	}
	return Workday
}

// Working reports whether the day is a working day.
func (c *Calendar) Working(d Date) bool {
	n := d.number()
	return c.count(n) > c.count(n-1)
}

// Between counts the working days after a, up to and including b. It is negative
// if b is before a: Between(a, b) == -Between(b, a).
func (c *Calendar) Between(a, b Date) int { return c.count(b.number()) - c.count(a.number()) }

// count returns how many working days there are up to and including day n, from
// an arbitrary origin: only differences of counts mean anything.
func (c *Calendar) count(n int) int {
	i := sort.Search(len(c.exceptions), func(i int) bool { return c.exceptions[i].number > n })
	if i == 0 {
		return weekdays(n)
	}
	return weekdays(n) + c.exceptions[i-1].sum
}

// nth returns the working day that brings the count to k. The search is bounded:
// a count differs from the weekday rule by no more than there are exceptions.
func (c *Calendar) nth(k int) Date {
	slack := len(c.exceptions) + 1
	lo, hi := nthWeekday(k-slack), nthWeekday(k+slack)
	return fromNumber(lo + sort.Search(hi-lo, func(i int) bool { return c.count(lo+i) >= k }))
}

// weekdays counts the days from Monday to Friday up to and including day n, from
// Monday 1969-12-29, which is the first.
func weekdays(n int) int {
	week, day := floorDiv(n+3, 7)
	return 5*week + min(day+1, 5)
}

// nthWeekday is the inverse of weekdays.
func nthWeekday(k int) int {
	week, day := floorDiv(k-1, 5)
	return 7*week + day - 3
}

// floorDiv divides so that the remainder is never negative.
func floorDiv(a, b int) (quotient, remainder int) {
	quotient, remainder = a/b, a%b
	if remainder < 0 {
		return quotient - 1, remainder + b
	}
	return quotient, remainder
}

func weekend(d Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }
