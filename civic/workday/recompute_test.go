package workday_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/workday"
)

// notice2027 is how a notice for 2027 might read: the spring festival longer, a
// make-up day before it.
func notice2027(t *testing.T) *workday.Calendar {
	days := []workday.Day{
		holiday(date(t, "2027-01-01"), workday.SourceImported),
		makeup(date(t, "2027-01-31"), workday.SourceImported),
	}
	for d := date(t, "2027-02-05"); d.Before(date(t, "2027-02-12")); d = d.AddDays(1) {
		days = append(days, holiday(d, workday.SourceImported))
	}
	c, err := workday.Builtin().With(2, days, []int{2027})
	require.NoError(t, err)
	return c
}

func TestRecompute(t *testing.T) {
	t.Parallel()
	before, after := workday.Builtin(), notice2027(t)
	for _, c := range []struct {
		name   string
		term   workday.Term
		want   string
		change workday.Change
	}{
		{"a longer holiday lengthens a term that ends behind it", workday.Term{Start: at(t, "2027-02-03 10:00"), Length: 5}, "2027-02-17", workday.Lengthened},
		{"a make-up day does not shorten a term", workday.Term{Start: at(t, "2027-01-28 10:00"), Length: 3}, "2027-02-02", workday.Shortened},
		{"a term that ends before both stays", workday.Term{Start: at(t, "2027-01-04 10:00"), Length: 5}, "2027-01-11", workday.Unchanged},
		{"a term in natural days moves out of the holiday", workday.Term{Start: at(t, "2027-01-10 10:00"), Unit: workday.CalendarDays, Length: 30}, "2027-02-12", workday.Lengthened},
		{"a term in months does too", workday.Term{Start: at(t, "2026-11-10 10:00"), Unit: workday.Months, Length: 3}, "2027-02-12", workday.Lengthened},
		{"an extension is counted by the new calendar", workday.Term{Start: at(t, "2027-01-20 10:00"), Length: 5, Extended: 10}, "2027-02-16", workday.Lengthened},
		{"so is a suspension", workday.Term{Start: at(t, "2027-01-20 10:00"), Length: 5, Suspensions: []workday.Suspension{{From: at(t, "2027-01-21 10:00"), Until: at(t, "2027-02-15 10:00")}}}, "2027-02-19", workday.Unchanged},
		{"a suspension that lasts adds nothing yet", workday.Term{Start: at(t, "2027-01-20 10:00"), Length: 5, Suspensions: []workday.Suspension{{From: at(t, "2027-01-21 10:00")}}}, "2027-01-27", workday.Unchanged},
		{"what is in force counts, not what was computed", workday.Term{Start: at(t, "2027-02-03 10:00"), Length: 5, Due: date(t, "2027-03-31").End()}, "2027-03-31", workday.Shortened},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			due, change := workday.Recompute(before, after, c.term)
			require.Equal(t, c.change, change)
			require.Equal(t, c.want, workday.DueDate(due).String())
			require.Equal(t, date(t, c.want).End(), due)
		})
	}
}

func TestDueOfSaysWhenItLeansOnAYearWithoutANotice(t *testing.T) {
	t.Parallel()
	term := workday.Term{Start: at(t, "2026-12-10 10:00"), Length: 5}
	_, provisional := workday.Builtin().DueOf(term)
	require.False(t, provisional)
	term.Extended = 20
	_, provisional = workday.Builtin().DueOf(term)
	require.True(t, provisional)
	_, provisional = notice2027(t).DueOf(term)
	require.False(t, provisional)
}

func TestRecomputeNeverShortens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := amended(t, workday.Builtin())
		after := amended(t, workday.Builtin())
		term := workday.Term{
			Start:  instants().Draw(t, "start"),
			Unit:   rapid.SampledFrom([]workday.Unit{"", workday.WorkingDays, workday.CalendarDays, workday.Months}).Draw(t, "unit"),
			Length: rapid.IntRange(0, 90).Draw(t, "length"), Extended: rapid.IntRange(0, 10).Draw(t, "extended"),
		}
		if rapid.Bool().Draw(t, "suspended") {
			from := term.Start.Add(time.Duration(rapid.IntRange(0, 5e6).Draw(t, "from")) * time.Second)
			until := from.Add(time.Duration(rapid.IntRange(0, 5e6).Draw(t, "until")) * time.Second)
			term.Suspensions = []workday.Suspension{{From: from, Until: until}}
		}
		old, _ := before.DueOf(term)
		computed, _ := after.DueOf(term)

		due, change := workday.Recompute(before, after, term)
		require.False(t, due.Before(old))
		require.Equal(t, due.After(old), change == workday.Lengthened)
		require.Equal(t, computed.Before(old), change == workday.Shortened)

		// doing it again with the result in force changes nothing
		term.Due = due
		again, change := workday.Recompute(after, after, term)
		require.Equal(t, due, again)
		require.NotEqual(t, workday.Lengthened, change)
	})
}
