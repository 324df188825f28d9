package workday_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/workday"
)

func date(t testing.TB, s string) workday.Date {
	t.Helper()
	d, err := workday.ParseDate(s)
	require.NoError(t, err)
	return d
}

// at returns an instant on a day of Asia/Shanghai.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	i, err := time.ParseInLocation("2006-01-02 15:04", s, workday.Shanghai)
	require.NoError(t, err)
	return i
}

func holiday(d workday.Date, source workday.Source) workday.Day {
	return workday.Day{Date: d, Kind: workday.Holiday, Name: "休", Source: source}
}

func makeup(d workday.Date, source workday.Source) workday.Day {
	return workday.Day{Date: d, Kind: workday.Makeup, Name: "班", Source: source}
}

// dates draws days around the known years, some far away from them.
func dates() *rapid.Generator[workday.Date] {
	origin := workday.NewDate(2013, time.January, 1)
	return rapid.Custom(func(t *rapid.T) workday.Date {
		if rapid.IntRange(0, 9).Draw(t, "far") == 0 {
			return origin.AddDays(rapid.IntRange(-500_000, 2_500_000).Draw(t, "days"))
		}
		return origin.AddDays(rapid.IntRange(-900, 7_000).Draw(t, "days"))
	})
}

// instants draws moments on such days.
func instants() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		d := dates().Draw(t, "date")
		return d.Start().Add(time.Duration(rapid.IntRange(0, 86_399).Draw(t, "second")) * time.Second)
	})
}

// amended draws a calendar: c with imported and manual days on top, or bare.
func amended(t *rapid.T, c *workday.Calendar) *workday.Calendar {
	days := rapid.SliceOfNDistinct(dates(), 0, 40, rapid.ID[workday.Date]).Draw(t, "listed")
	var listed []workday.Day
	for _, d := range days {
		day := holiday(d, workday.SourceImported)
		if rapid.Bool().Draw(t, "makeup") {
			day.Kind = workday.Makeup
		}
		if rapid.Bool().Draw(t, "manual") {
			day.Source = workday.SourceManual
		}
		listed = append(listed, day)
	}
	var official []int
	if rapid.Bool().Draw(t, "official") {
		official = []int{2027}
	}
	next, err := c.With(c.Version()+1, listed, official)
	require.NoError(t, err)
	return next
}
