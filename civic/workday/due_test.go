package workday_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/workday"
)

func TestDueInWorkingDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, from  string
		n           int
		want        string
		provisional bool
	}{
		{"a Sunday of make-up and New Year's Eve both count in 2014", "2014-01-24", 5, "2014-01-30", false},
		{"spring festival and its make-up day", "2014-01-24", 10, "2014-02-12", false},
		{"plain weeks", "2014-07-24", 10, "2014-08-07", false},
		{"plain weeks, longer", "2014-07-24", 15, "2014-08-14", false},
		{"national day with the make-up day before it", "2014-09-26", 5, "2014-10-09", false},
		{"national day with the make-up day after it", "2014-09-26", 10, "2014-10-15", false},
		{"national day, longer", "2014-09-26", 15, "2014-10-22", false},
		{"two make-up days around the spring festival of 2025", "2025-01-24", 10, "2025-02-13", false},
		{"eight days of national day in 2025", "2025-09-26", 5, "2025-10-10", false},
		{"an event on a Saturday counts from Monday", "2014-07-26", 1, "2014-07-28", false},
		{"a leap day is a day", "2024-02-28", 1, "2024-02-29", false},
		{"the day after a leap day", "2024-02-28", 2, "2024-03-01", false},
		{"the notice for 2019 made a Saturday of 2018 work", "2018-12-28", 1, "2018-12-29", false},
		{"and gave the Monday after it off", "2018-12-28", 2, "2019-01-02", false},
		{"the last week of the last noticed year may still change", "2026-12-18", 5, "2026-12-25", true},
		{"the week before it may not", "2026-12-17", 5, "2026-12-24", false},
		{"beyond the last notice", "2026-12-31", 1, "2027-01-04", true},
		{"before the first notice", "2012-12-28", 1, "2012-12-31", true},
		{"the event day itself is not counted, so its year does not matter", "2012-12-31", 1, "2013-01-04", false},
		{"a long term is provisional for its last day", "2026-01-05", 300, "2027-03-22", true},
		{"no days end on the day itself", "2014-07-24", 0, "2014-07-24", false},
		{"no days from a day of rest end on the next working day", "2014-01-31", 0, "2014-02-07", false},
		{"a negative term is none", "2014-07-24", -3, "2014-07-24", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			due, provisional := workday.Builtin().Due(date(t, c.from), c.n)
			require.Equal(t, c.want, due.String())
			require.Equal(t, c.provisional, provisional)
		})
	}
}

func TestDueAtIsTheEndOfTheLastDay(t *testing.T) {
	t.Parallel()
	due, provisional := workday.Builtin().DueAt(at(t, "2014-01-24 00:00"), 5)
	require.Equal(t, time.Date(2014, time.January, 30, 16, 0, 0, 0, time.UTC), due)
	require.False(t, provisional)
	require.Equal(t, date(t, "2014-01-30"), workday.DueDate(due))

	late, _ := workday.Builtin().DueAt(at(t, "2014-01-24 23:59"), 5)
	require.Equal(t, due, late, "the time of day does not matter")
	utc, _ := workday.Builtin().DueAt(time.Date(2014, time.January, 23, 16, 0, 0, 0, time.UTC), 5)
	require.Equal(t, due, utc, "nor the location of the instant")
}

func TestDueInCalendarDaysAndMonths(t *testing.T) {
	t.Parallel()
	c := workday.Builtin()
	days := func(s string, n int) string {
		due, _ := c.DueCalendarDays(at(t, s+" 10:00"), n)
		return workday.DueDate(due).String()
	}
	months := func(s string, n int) string {
		due, _ := c.DueMonths(at(t, s+" 10:00"), n)
		return workday.DueDate(due).String()
	}
	for _, v := range []struct{ name, got, want string }{
		{"all days count", days("2014-07-24", 7), "2014-07-31"},
		{"an end on a Saturday moves to Monday", days("2014-07-24", 9), "2014-08-04"},
		{"an end in a holiday moves behind it", days("2014-09-26", 7), "2014-10-08"},
		{"an end on a make-up day stays", days("2014-09-26", 2), "2014-09-28"},
		{"no days", days("2014-07-24", 0), "2014-07-24"},
		{"the same day of the month", months("2014-07-24", 3), "2014-10-24"},
		{"a short month ends on its last day", months("2014-03-31", 1), "2014-04-30"},
		{"February of a leap year", months("2023-11-30", 3), "2024-02-29"},
		{"February of another year, a Saturday that works", months("2025-11-30", 3), "2026-02-28"},
		{"over the turn of the year and a holiday", months("2013-11-30", 2), "2014-01-30"},
		{"twelve months are a year", months("2014-07-24", 12), "2015-07-24"},
	} {
		require.Equal(t, v.want, v.got, v.name)
	}
	_, provisional := c.DueMonths(at(t, "2026-06-01 10:00"), 12)
	require.True(t, provisional)
	_, provisional = c.DueCalendarDays(at(t, "2026-06-01 10:00"), 30)
	require.False(t, provisional)
}

func TestDueThenCountGivesTheTermBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, from := amended(t, workday.Builtin()), dates().Draw(t, "from")
		n := rapid.IntRange(1, 400).Draw(t, "n")
		due, _ := c.Due(from, n)
		require.Equal(t, n, c.Between(from, due))
		require.True(t, c.Working(due), "a term never ends on a day of rest")
	})
}

func TestDueIsMonotonic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, from := amended(t, workday.Builtin()), dates().Draw(t, "from")
		later := from.AddDays(rapid.IntRange(0, 60).Draw(t, "later"))
		n := rapid.IntRange(0, 400).Draw(t, "n")
		due, _ := c.Due(from, n)
		longer, _ := c.Due(from, n+1)
		require.True(t, due.Before(longer) || n == 0 && !due.After(longer), "a longer term ends later")
		moved, _ := c.Due(later, n)
		require.False(t, moved.Before(due), "a later start never ends earlier")
	})
}

func TestTermsInNaturalDaysEndOnTheNextWorkingDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, start := amended(t, workday.Builtin()), instants().Draw(t, "start")
		n := rapid.IntRange(0, 400).Draw(t, "n")
		instant, _ := c.DueCalendarDays(start, n)
		due, plain := workday.DueDate(instant), workday.DateOf(start).AddDays(n)
		require.True(t, c.Working(due))
		require.False(t, due.Before(plain))
		require.Equal(t, 1, c.Between(plain.AddDays(-1), due), "no working day is skipped")
	})
}

func TestNoInputRunsForEver(t *testing.T) {
	t.Parallel()
	c := workday.Builtin()
	longest, provisional := c.Due(date(t, "2014-01-24"), workday.MaxDays)
	require.True(t, provisional)
	for _, n := range []int{workday.MaxDays + 1, 1 << 40, int(^uint(0) >> 1)} {
		due, _ := c.Due(date(t, "2014-01-24"), n)
		require.Equal(t, longest, due, "a longer term than the longest is cut to it")
	}
	for _, d := range []workday.Date{
		{}, date(t, "0001-01-01"), date(t, "9999-12-31"), {Year: -290_000, Month: 1, Day: 1}, {Year: 1 << 50, Month: 99, Day: -7},
	} {
		due, provisional := c.Due(d, 5)
		require.True(t, provisional, fmt.Sprint(d))
		require.True(t, c.Working(due))
	}
	for _, instant := range []time.Time{{}, time.Unix(1<<60, 0), time.Unix(-1<<60, 0)} {
		due, _ := c.DueMonths(instant, 1<<60)
		c.Reminders(due)
		c.Remaining(instant, due)
		c.Resume(due, instant, due.Add(-1))
	}
}

func BenchmarkDue(b *testing.B) {
	from := workday.NewDate(2014, time.January, 24)
	for _, n := range []int{10, workday.MaxDays} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				workday.Builtin().Due(from, n)
			}
		})
	}
}
