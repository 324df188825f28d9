package workday_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/workday"
)

func TestRemainingCountsWorkingDaysAfterToday(t *testing.T) {
	t.Parallel()
	c := workday.Builtin()
	due := date(t, "2014-09-30").End() // a Tuesday; 1 to 7 October are off
	for _, v := range []struct {
		name, now string
		want      int
	}{
		{"two working days before", "2014-09-28 12:00", 2},
		{"the working day before", "2014-09-29 12:00", 1},
		{"the last day", "2014-09-30 00:00", 0},
		{"the last minute", "2014-09-30 23:59", 0},
		{"the due instant itself is too late", "2014-10-01 00:00", -1},
		{"overdue on a day of rest", "2014-10-05 12:00", -1},
		{"overdue on the first working day after", "2014-10-08 12:00", -1},
		{"overdue on the second", "2014-10-09 12:00", -2},
	} {
		require.Equal(t, v.want, c.Remaining(at(t, v.now), due), v.name)
	}
	require.Equal(t, 1, c.Remaining(at(t, "2014-01-24 12:00"), at(t, "2014-01-26 17:30")), "a due instant need not be midnight")
}

func TestRemainingIsNegativeExactlyWhenOverdue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, start := amended(t, workday.Builtin()), instants().Draw(t, "start")
		due, _ := c.DueAt(start, rapid.IntRange(0, 60).Draw(t, "n"))
		now := due.Add(time.Duration(rapid.IntRange(-9e6, 9e6).Draw(t, "seconds")) * time.Second)
		require.Equal(t, !now.Before(due), c.Remaining(now, due) < 0)
		require.Negative(t, c.Remaining(due, due))
		require.Zero(t, c.Remaining(due.Add(-1), due))
	})
}

func TestResume(t *testing.T) {
	t.Parallel()
	c := workday.Builtin()
	due := date(t, "2014-09-30").End()
	for _, v := range []struct {
		name, from, until string
		want              string
		added             int
	}{
		{"on the same day adds nothing", "2014-09-24 09:00", "2014-09-24 17:00", "2014-09-30", 0},
		{"on the next day adds one", "2014-09-24 17:00", "2014-09-25 09:00", "2014-10-08", 1},
		{"over a weekend with a make-up Sunday adds two", "2014-09-26 17:00", "2014-09-29 09:00", "2014-10-09", 2},
		{"on a day of rest adds nothing for it", "2014-09-26 17:00", "2014-09-27 09:00", "2014-09-30", 0},
		{"over the holidays adds the working days only", "2014-09-29 17:00", "2014-10-08 09:00", "2014-10-09", 2},
		{"a clock that has run out is not suspended", "2014-10-01 00:00", "2014-10-20 09:00", "2014-09-30", 0},
		{"a term suspended on its last day is not over on a day of rest", "2014-09-30 17:00", "2014-10-03 09:00", "2014-10-08", 1},
		{"nor a day later, when the working day counts anyhow", "2014-09-30 17:00", "2014-10-08 09:00", "2014-10-08", 1},
		{"before it was suspended adds nothing", "2014-09-26 17:00", "2014-09-22 09:00", "2014-09-30", 0},
	} {
		got, added := c.Resume(due, at(t, v.from), at(t, v.until))
		require.Equal(t, v.want, workday.DueDate(got).String(), v.name)
		require.Equal(t, date(t, v.want).End(), got, v.name)
		require.Equal(t, v.added, added, v.name)
	}
}

func TestResumeAddsExactlyTheSuspendedWorkingDays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, start := amended(t, workday.Builtin()), instants().Draw(t, "start")
		due, _ := c.DueAt(start, rapid.IntRange(1, 60).Draw(t, "n"))
		from := start.Add(time.Duration(rapid.Int64Range(0, int64(due.Sub(start))-1).Draw(t, "from")))
		until := from.Add(time.Duration(rapid.IntRange(0, 9e7).Draw(t, "seconds")) * time.Second)

		resumed, added := c.Resume(due, from, until)
		require.True(t, until.Before(resumed), "no term runs out while its clock stands still")
		require.True(t, c.Working(workday.DueDate(resumed)))
		require.Equal(t, added, c.Between(workday.DueDate(due), workday.DueDate(resumed)))

		still := c.Between(workday.DateOf(from), workday.DateOf(until))
		if c.Remaining(from, due) == 0 && !c.Working(workday.DateOf(until)) && !until.Before(due) {
			require.Equal(t, still+1, added, "suspended on the last day, resumed on a day of rest")
			return
		}
		require.Equal(t, still, added)
		require.Equal(t, c.Remaining(from, due), c.Remaining(until, resumed), "as much is left as there was")
	})
}

func TestSuspensionsThatMeetAddAsMuchAsOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, start := amended(t, workday.Builtin()), instants().Draw(t, "start")
		due, _ := c.DueAt(start, rapid.IntRange(1, 60).Draw(t, "n"))
		from := start.Add(time.Duration(rapid.Int64Range(0, int64(due.Sub(start))-1).Draw(t, "from")))
		middle := from.Add(time.Duration(rapid.IntRange(0, 9e7).Draw(t, "middle")) * time.Second)
		until := middle.Add(time.Duration(rapid.IntRange(0, 9e7).Draw(t, "until")) * time.Second)
		if c.Remaining(from, due) == 0 {
			return // the last day is rounded up each time the clock starts on a day of rest
		}
		half, first := c.Resume(due, from, middle)
		whole, second := c.Resume(half, middle, until)
		resumed, added := c.Resume(due, from, until)
		require.Equal(t, added, first+second)
		require.Equal(t, resumed, whole)
	})
}

func TestShiftMovesByWorkingDaysAndBack(t *testing.T) {
	t.Parallel()
	c := workday.Builtin()
	require.Equal(t, at(t, "2014-10-08 17:30").UTC(), c.Shift(at(t, "2014-09-30 17:30"), 1), "the time of day stays")
	require.Equal(t, date(t, "2014-09-28").End(), c.Shift(date(t, "2014-09-30").End(), -2), "24:00 stays 24:00")
	require.Equal(t, date(t, "2014-09-26").End(), c.Shift(date(t, "2014-09-27").End(), -1), "back from a day of rest")
	require.Equal(t, date(t, "2014-09-28").End(), c.Shift(date(t, "2014-09-27").End(), +1), "on from a day of rest")
	require.Equal(t, date(t, "2014-09-27").End(), c.Shift(date(t, "2014-09-27").End(), 0), "nothing moves nothing")
	rapid.Check(t, func(t *rapid.T) {
		c, start := amended(t, workday.Builtin()), instants().Draw(t, "start")
		due, _ := c.DueAt(start, rapid.IntRange(0, 60).Draw(t, "n"))
		n := rapid.IntRange(-workday.MaxDays, workday.MaxDays).Draw(t, "by")
		require.Equal(t, due, c.Shift(c.Shift(due, n), -n))
		require.Equal(t, n, c.Between(workday.DueDate(due), workday.DueDate(c.Shift(due, n))))
	})
}

func TestReminders(t *testing.T) {
	t.Parallel()
	require.Equal(t, []workday.Reminder{
		{Days: -3, At: at(t, "2014-09-26 09:00").UTC()},
		{Days: -1, At: at(t, "2014-09-29 09:00").UTC()},
		{Days: +1, At: at(t, "2014-10-08 09:00").UTC()},
	}, workday.Builtin().Reminders(date(t, "2014-09-30").End()))
	require.Equal(t, at(t, "2014-09-29 09:00").UTC(), workday.Builtin().Reminders(at(t, "2014-09-30 17:30"))[1].At)
}
