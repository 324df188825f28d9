package workday_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/workday"
)

func TestTheStrongerSourceOverrulesTheWeaker(t *testing.T) {
	t.Parallel()
	d := date(t, "2031-03-05") // a Wednesday in a year without any list
	builtin, imported, manual := workday.SourceBuiltin, workday.SourceImported, workday.SourceManual
	for _, c := range []struct {
		name string
		days []workday.Day
		want workday.Kind
	}{
		{"an unlisted day follows the weekday", nil, workday.Workday},
		{"builtin beats the weekday", []workday.Day{holiday(d, builtin)}, workday.Holiday},
		{"imported beats builtin", []workday.Day{holiday(d, builtin), makeup(d, imported)}, workday.Makeup},
		{"manual beats imported", []workday.Day{makeup(d, imported), holiday(d, manual)}, workday.Holiday},
		{"the order of the list does not matter", []workday.Day{holiday(d, manual), makeup(d, imported), makeup(d, builtin)}, workday.Holiday},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cal, err := workday.New(1, c.days, nil)
			require.NoError(t, err)
			require.Equal(t, c.want, cal.Kind(d))
			require.Equal(t, c.want != workday.Holiday, cal.Working(d))
			_, listed := cal.Lookup(d)
			require.Equal(t, len(c.days) > 0, listed)
		})
	}
}

func TestWhatCannotBeListedIsRefused(t *testing.T) {
	t.Parallel()
	d := date(t, "2031-03-05")
	for _, c := range []struct {
		name string
		days []workday.Day
		want string
	}{
		{"one source lists a date twice", []workday.Day{holiday(d, workday.SourceManual), makeup(d, workday.SourceManual)}, "2031-03-05 is listed twice by the source manual"},
		{"a date that does not exist", []workday.Day{holiday(workday.Date{Year: 2031, Month: 2, Day: 30}, workday.SourceManual)}, "[2031 2 30] is not a day"},
		{"no date", []workday.Day{holiday(workday.Date{}, workday.SourceManual)}, "[0 0 0] is not a day"},
		{"a kind that only the weekday rule gives", []workday.Day{{Date: d, Kind: workday.Restday, Source: workday.SourceManual}}, `2031-03-05: the kind "restday" cannot be listed`},
		{"an unknown source", []workday.Day{holiday(d, "rumour")}, `2031-03-05: the source "rumour" cannot list a day`},
		{"the computed source", []workday.Day{holiday(d, workday.SourceStatutory)}, `2031-03-05: the source "statutory" cannot list a day`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := workday.New(1, c.days, nil)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestACalendarCannotBeChangedThroughWhatItWasMadeFromOrGives(t *testing.T) {
	t.Parallel()
	d := date(t, "2031-03-05")
	days, years := []workday.Day{holiday(d, workday.SourceManual)}, []int{2031}
	c, err := workday.New(7, days, years)
	require.NoError(t, err)
	days[0].Kind, years[0] = workday.Makeup, 1
	c.Days()[0].Kind, c.OfficialYears()[0] = workday.Makeup, 1
	require.Equal(t, workday.Holiday, c.Kind(d))
	require.True(t, c.Official(2031))
	require.Equal(t, 7, c.Version())
}

func TestWithAddsOnTopAndLeavesTheOldCalendarAlone(t *testing.T) {
	t.Parallel()
	d := date(t, "2026-03-05")
	old := workday.Builtin()
	next, err := old.With(2, []workday.Day{holiday(d, workday.SourceManual)}, []int{2027})
	require.NoError(t, err)
	require.True(t, old.Working(d))
	require.False(t, old.Official(2027))
	require.False(t, next.Working(d))
	require.True(t, next.Official(2027))
	require.False(t, next.Working(date(t, "2026-10-01")), "what the old one listed still holds")
}

func TestTheBuiltinCalendarHoldsTheNotices(t *testing.T) {
	t.Parallel()
	c := workday.Builtin()
	require.Equal(t, []int{2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026}, c.OfficialYears())
	for s, want := range map[string]workday.Kind{
		"2014-01-30": workday.Workday, // New Year's Eve was no holiday in 2014
		"2014-01-31": workday.Holiday,
		"2014-02-08": workday.Makeup,
		"2015-09-03": workday.Holiday, // once only
		"2018-12-29": workday.Makeup,  // by the notice for 2019
		"2018-12-31": workday.Holiday,
		"2020-01-31": workday.Holiday, // prolonged
		"2022-12-31": workday.Holiday,
		"2024-02-09": workday.Workday,
		"2024-10-12": workday.Makeup,
		"2025-01-28": workday.Holiday, // New Year's Eve, since the rules of 2024
		"2026-02-14": workday.Makeup,
		"2026-02-23": workday.Holiday,
		"2026-10-10": workday.Makeup,
		"2026-10-11": workday.Restday,
	} {
		require.Equal(t, want, c.Kind(date(t, s)), s)
	}
	for _, d := range c.Days() {
		if d.Source == workday.SourceBuiltin && d.Kind == workday.Makeup && d.Date.Year != 2020 {
			require.Contains(t, []time.Weekday{time.Saturday, time.Sunday}, d.Date.Weekday(), d.Date)
		}
	}
}

func TestEveryNoticedYearHasAsManyWorkingDaysAsTheLawGives(t *testing.T) {
	t.Parallel()
	// Notices move days of rest about, but a year keeps its Mondays to Fridays less
	// the statutory days. A slip in the data, such as a lost make-up day, shows here.
	special := map[int]int{
		2015: -1, // the anniversary of victory
		2020: -2, // the spring festival prolonged, and a make-up day with it
	}
	bare, err := workday.New(0, nil, nil)
	require.NoError(t, err)
	for _, year := range workday.Builtin().OfficialYears() {
		first, last := workday.NewDate(year-1, time.December, 31), workday.NewDate(year, time.December, 31)
		statutory := 11
		if year >= 2025 {
			statutory = 13
		}
		want := bare.Between(first, last) - statutory + special[year]
		if got := workday.Builtin().Between(first, last); got != want {
			t.Error(year, got, want)
		}
	}
}

func TestAYearWithoutANoticeIsComputedFromTheStatutoryDays(t *testing.T) {
	t.Parallel()
	c := workday.Builtin()
	count := map[int]int{}
	for _, d := range c.Days() {
		if d.Source == workday.SourceStatutory {
			require.Equal(t, workday.Holiday, d.Kind)
			count[d.Date.Year]++
		}
	}
	require.Equal(t, map[int]int{2027: 13, 2028: 12, 2029: 13, 2030: 13}, count, "in 2028 中秋节 is a day of 国庆节")
	for _, s := range []string{"2027-01-01", "2027-02-05", "2027-02-08", "2027-04-05", "2027-05-02", "2027-06-09", "2027-09-15", "2027-10-03", "2028-01-25", "2029-02-15", "2030-09-12"} {
		require.Equal(t, workday.Holiday, c.Kind(date(t, s)), s)
	}
	require.Equal(t, workday.Workday, c.Kind(date(t, "2031-10-01")), "beyond the list there are weekends only")
	require.Equal(t, workday.Workday, c.Kind(date(t, "2012-10-01")), "and before the first notice")
}

func TestANoticeTakesThePlaceOfTheStatutoryDays(t *testing.T) {
	t.Parallel()
	notice := []workday.Day{
		{Date: date(t, "2027-01-01"), Kind: workday.Holiday, Name: "元旦", Notice: 2027, Source: workday.SourceImported},
		{Date: date(t, "2026-12-31"), Kind: workday.Holiday, Name: "元旦", Notice: 2027, Source: workday.SourceImported},
		{Date: date(t, "2026-12-27"), Kind: workday.Makeup, Name: "元旦", Notice: 2027, Source: workday.SourceImported},
	}
	c, err := workday.Builtin().With(2, notice, []int{2027})
	require.NoError(t, err)
	require.False(t, c.Working(date(t, "2026-12-31")), "a notice may hold days of the year before")
	require.True(t, c.Working(date(t, "2026-12-27")))
	require.True(t, c.Working(date(t, "2027-02-05")), "what the notice does not list is not off any more")
	require.False(t, c.Provisional(date(t, "2026-12-31")))
	require.True(t, c.Provisional(date(t, "2027-12-31")))
	require.False(t, c.Working(date(t, "2028-01-25")), "the next year stays computed")
}

func TestProvisionalIsADayThatANoticeMayStillChange(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"2012-12-31": true, "2013-01-01": false, "2014-12-31": false, "2026-12-24": false,
		"2026-12-25": true, "2026-12-31": true, "2027-01-01": true, "2099-06-01": true,
	} {
		require.Equal(t, want, workday.Builtin().Provisional(date(t, s)), s)
	}
}

func TestWorkingAgreesWithKind(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, d := amended(t, workday.Builtin()), dates().Draw(t, "date")
		kind := c.Kind(d)
		require.Equal(t, kind == workday.Workday || kind == workday.Makeup, c.Working(d))
	})
}

func TestBetweenCountsWhatWorkingSays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, a := amended(t, workday.Builtin()), dates().Draw(t, "a")
		b := a.AddDays(rapid.IntRange(0, 400).Draw(t, "days"))
		n := 0
		for d := a.AddDays(1); !d.After(b); d = d.AddDays(1) {
			if c.Working(d) {
				n++
			}
		}
		require.Equal(t, n, c.Between(a, b))
		require.Equal(t, -n, c.Between(b, a))
	})
}
