package workday_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/workday"
)

func TestDateOfIsTheDayInShanghai(t *testing.T) {
	t.Parallel()
	last := time.Date(2014, time.January, 24, 15, 59, 59, 999_999_999, time.UTC)
	require.Equal(t, date(t, "2014-01-24"), workday.DateOf(last))
	require.Equal(t, date(t, "2014-01-25"), workday.DateOf(last.Add(1)))
}

func TestDateBeginsAndEndsAtMidnightInShanghai(t *testing.T) {
	t.Parallel()
	d := date(t, "2014-12-31")
	require.Equal(t, time.Date(2014, time.December, 30, 16, 0, 0, 0, time.UTC), d.Start())
	require.Equal(t, time.Date(2014, time.December, 31, 16, 0, 0, 0, time.UTC), d.End())
	require.Equal(t, time.Wednesday, d.Weekday())
}

func TestDateIsReadStrictly(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", " 2014-01-24", "2014-1-24", "2014-02-29", "2014-13-01", "2014-00-10", "0000-01-01", "20140124",
		"2014-01-24T00:00:00Z", "12014-01-24", "-014-01-24", "2014/01/24", "２０１４-01-24",
	} {
		_, err := workday.ParseDate(s)
		require.Error(t, err, s)
	}
	for _, s := range []string{"0001-01-01", "2012-02-29", "2014-01-24", "9999-12-31"} {
		require.Equal(t, s, date(t, s).String())
	}
}

func TestDateIsAStringInJSON(t *testing.T) {
	t.Parallel()
	type form struct {
		Day  workday.Date
		None workday.Date
		Set  map[workday.Date]int
	}
	d := date(t, "2014-01-24")
	in := form{Day: d, Set: map[workday.Date]int{d: 1}}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"Day":"2014-01-24","None":"","Set":{"2014-01-24":1}}`, string(text))

	var out form
	require.NoError(t, json.Unmarshal(text, &out))
	require.Equal(t, in, out)
	for _, bad := range []string{`"2014-02-30"`, `20140124`, `{}`, `"tomorrow"`} {
		require.Error(t, json.Unmarshal([]byte(bad), &out.Day), bad)
	}
	require.Equal(t, d, out.Day, "what is refused changes nothing")
}

func TestDatesAreOrderedAndCountedByDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := dates().Draw(t, "d")
		n := rapid.IntRange(-10_000, 10_000).Draw(t, "n")
		e := d.AddDays(n)
		require.Equal(t, d, e.AddDays(-n))
		require.Equal(t, n > 0, d.Before(e))
		require.Equal(t, n < 0, d.After(e))
		require.Equal(t, -d.Compare(e), e.Compare(d))
		require.Equal(t, d, workday.DateOf(d.Start()))
		require.Equal(t, d, workday.DateOf(d.End().Add(-1)))
		require.Equal(t, d.AddDays(1), workday.DateOf(d.End()))
	})
}

func TestTheZeroDateIsNoDay(t *testing.T) {
	t.Parallel()
	require.True(t, workday.Date{}.IsZero())
	require.False(t, date(t, "0001-01-01").IsZero())
	require.Empty(t, workday.Date{}.String())
}
