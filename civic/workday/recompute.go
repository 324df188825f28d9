package workday

import "time"

// Unit is what a term is counted in.
type Unit string

// The units of terms.
const (
	WorkingDays  Unit = "working_days"
	CalendarDays Unit = "calendar_days"
	Months       Unit = "months"
)

// Suspension is a time during which a clock stood still. While it still does,
// Until is zero.
type Suspension struct {
	From, Until time.Time
}

// Term is everything the due instant of a task follows from.
type Term struct {
	Start       time.Time // the event
	Unit        Unit      // the zero Unit is WorkingDays
	Length      int       // in units
	Extended    int       // working days granted on top of it, whatever the unit
	Suspensions []Suspension
	Due         time.Time // in force; zero means: what the calendar before says
}

// DueOf returns when the term runs out by this calendar, whatever is in force: its
// length, then the extension, then the suspensions that have ended, in order. A
// suspension that lasts adds nothing before it ends.
func (c *Calendar) DueOf(t Term) (due time.Time, provisional bool) {
	switch t.Unit {
	case CalendarDays:
		due, _ = c.DueCalendarDays(t.Start, t.Length)
	case Months:
		due, _ = c.DueMonths(t.Start, t.Length)
	default:
		due, _ = c.DueAt(t.Start, t.Length)
	}
	due = c.Shift(due, t.Extended)
	for _, s := range t.Suspensions {
		if !s.Until.IsZero() {
			due, _ = c.Resume(due, s.From, s.Until)
		}
	}
	return due, c.leansOnNotice(DateOf(t.Start), DueDate(due))
}

// Change is what a new calendar means for a term.
type Change string

// The changes. Shortened is what the new calendar says, not what is done: the due
// instant stays, and people can be told.
const (
	Lengthened Change = "lengthened"
	Shortened  Change = "shortened"
	Unchanged  Change = "unchanged"
)

// Recompute returns the due instant of an open term after the calendar after took
// the place of the calendar before. It is never earlier than the one in force: people have planned
// with that one, so a term is lengthened automatically and never silently
// shortened.
func Recompute(before, after *Calendar, t Term) (due time.Time, change Change) {
	due = t.Due.UTC()
	if t.Due.IsZero() {
		due, _ = before.DueOf(t)
	}
	computed, _ := after.DueOf(t)
	switch {
	case computed.After(due):
		return computed, Lengthened
	case computed.Before(due):
		return due, Shortened
	}
	return due, Unchanged
}
