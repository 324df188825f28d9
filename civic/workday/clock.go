package workday

import "time"

// Remaining counts the working days that are left of a term at the instant now,
// today not counted: 0 on the last day, 1 on the working day before it. From the
// due instant on it is negative: -1 until the first working day after the last
// day is over, then -2, and so on.
func (c *Calendar) Remaining(now, due time.Time) int {
	days := c.Between(DateOf(now), DueDate(due))
	if now.Before(due) {
		return days
	}
	return min(days, -1)
}

// Shift moves a due instant by n working days, later or, if n is negative,
// earlier, and keeps its time of day. Zero days move nothing. No more than
// MaxDays are moved at once.
func (c *Calendar) Shift(due time.Time, n int) time.Time {
	return c.shift(due, min(max(n, -MaxDays), MaxDays))
}

func (c *Calendar) shift(due time.Time, n int) time.Time {
	if n == 0 {
		return due.UTC()
	}
	last := DueDate(due)
	k := c.count(last.number()) + n
	if n < 0 && !c.Working(last) {
		k++ // the working day before a day of rest is one day away, not two
	}
	day := c.nth(k)
	if due.Equal(last.End()) {
		return day.End()
	}
	return day.Start().Add(due.Sub(last.Start()))
}

// Resume returns the due instant of a term whose clock stood still, and how many
// working days were added: the working days after the day of the suspension, up
// to and including the day of the resumption. Thus Remaining on resumption is
// what it was on suspension, and doing both on one day adds nothing. A clock that
// had already run out cannot be suspended: nothing is added.
//
// No term runs out while its clock stands still. If it would be over on
// resumption, because it was suspended on its last day and resumed on a day of
// rest, one working day more is added.
func (c *Calendar) Resume(due, suspendedFrom, resumedAt time.Time) (resumed time.Time, added int) {
	if !suspendedFrom.Before(due) || !suspendedFrom.Before(resumedAt) {
		return due.UTC(), 0
	}
	added = c.Between(DateOf(suspendedFrom), DateOf(resumedAt))
	if !c.shift(due, added).After(resumedAt) {
		added++
	}
	return c.shift(due, added), added
}

// reminderHour is when reminders go out: at the start of office hours, because a
// reminder at midnight is read by nobody and breaks the quiet hours.
const reminderHour = 9 * time.Hour

// Reminder is an instant at which whoever holds a task is reminded of it.
type Reminder struct {
	Days int       // working days from the last day: -3, -1, or +1 when it is over
	At   time.Time // 09:00 in Asia/Shanghai on that day, in UTC
}

// Reminders returns the instants T-3, T-1 and T+1 of a term, in order. Those of a
// short term may lie before its start; the caller leaves out what has passed.
func (c *Calendar) Reminders(due time.Time) []Reminder {
	var reminders []Reminder
	for _, days := range []int{-3, -1, +1} {
		day := DueDate(c.shift(due, days))
		reminders = append(reminders, Reminder{days, day.Start().Add(reminderHour)})
	}
	return reminders
}
