package workday

import "time"

// MaxDays bounds the length of a term, in days of either sort or in months. A
// longer one is cut to it and a negative one is taken as zero, so that no input
// can reach a year that cannot be written down.
const MaxDays = 10_000

// Due returns the last day of a term of n working days that starts with an event
// on the day from, which is not counted. The last day is always a working day; a
// term of no days ends on the day from itself, or on the next working day. The
// result is provisional if a notice to come may change it.
func (c *Calendar) Due(from Date, n int) (due Date, provisional bool) {
	n = min(max(n, 0), MaxDays)
	start := from.number()
	k := c.count(start) + n
	if n == 0 && k == c.count(start-1) { // from is a day of rest
		k++
	}
	due = c.nth(k)
	return due, c.leansOnNotice(from, due)
}

// DueAt returns the instant at which a term of n working days that starts at the
// instant start runs out: the 24:00 of the day that Due returns, in UTC. At that
// instant the term is over; a moment earlier it is not.
func (c *Calendar) DueAt(start time.Time, n int) (due time.Time, provisional bool) {
	day, provisional := c.Due(DateOf(start), n)
	return day.End(), provisional
}

// DueCalendarDays is DueAt for terms in natural days (日, not 工作日): all days
// count but the day of the event, and a term that would end on a day of rest
// ends with the next working day (民法典 art. 203).
func (c *Calendar) DueCalendarDays(start time.Time, n int) (due time.Time, provisional bool) {
	from := DateOf(start)
	return c.dueOn(from, from.AddDays(min(max(n, 0), MaxDays)))
}

// DueMonths is DueAt for terms in months: they end on the day of the last month
// that has the number of the first day, or on the last day of that month if it
// has none (民法典 art. 202), or with the next working day after it.
func (c *Calendar) DueMonths(start time.Time, n int) (due time.Time, provisional bool) {
	from := DateOf(start)
	first := NewDate(from.Year, from.Month+time.Month(min(max(n, 0), MaxDays)), 1)
	last := NewDate(first.Year, first.Month+1, 0)
	return c.dueOn(from, NewDate(first.Year, first.Month, min(from.Day, last.Day)))
}

// dueOn ends a term on the day, or on the next working day if it is one of rest.
func (c *Calendar) dueOn(from, day Date) (time.Time, bool) {
	due, _ := c.Due(day, 0)
	return due.End(), c.leansOnNotice(from, due)
}

// DueDate returns the last day of a term that runs out at the instant due.
func DueDate(due time.Time) Date { return DateOf(due.Add(-1)) }

// leansOnNotice reports whether any of the days after from, up to and including
// due, is provisional. Whole years are enough: a term that goes on after the last
// week of a year also counts days of the next one.
func (c *Calendar) leansOnNotice(from, due Date) bool {
	for year := from.AddDays(1).Year; year < due.Year; year++ {
		if !c.Official(year) {
			return true
		}
	}
	return c.Provisional(due)
}
