package workday_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"lizheng/civic/workday"
)

const header = "date,kind,name,notice\n"

func TestParseCSVReadsANotice(t *testing.T) {
	t.Parallel()
	days, err := workday.ParseCSV(strings.NewReader("\ufeff# 2027\r\n" + header + "2027-01-01,holiday,元旦,2027\r\n\n# 补班\n2026-12-27,makeup,\"元旦\",2027\n"))
	require.NoError(t, err)
	require.Equal(t, []workday.Day{
		{Date: date(t, "2027-01-01"), Kind: workday.Holiday, Name: "元旦", Notice: 2027, Source: workday.SourceImported},
		{Date: date(t, "2026-12-27"), Kind: workday.Makeup, Name: "元旦", Notice: 2027, Source: workday.SourceImported},
	}, days)

	none, err := workday.ParseCSV(strings.NewReader(header))
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestParseCSVNamesTheRowAndTheProblem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, want string
	}{
		{"nothing at all", "", `row 1: header: ""`},
		{"another header", "# x\ndate,kind,name\n", `row 2: header: "date,kind,name"`},
		{"a field too few", header + "2027-01-01,holiday,元旦\n", `row 2: shape: "2027-01-01,holiday,元旦"`},
		{"a quote that does not end", header + "2027-01-01,holiday,\"元旦,2027\n", `row 2: shape: "extraneous or missing \" in quoted-field"`},
		{"a day that does not exist", header + "2027-02-29,holiday,春节,2027\n", `row 2: date: "2027-02-29"`},
		{"a year that is a slip", header + "20270-1-1,holiday,元旦,2027\n", `row 2: date: "20270-1-1"`},
		{"a year long ago", header + "1927-01-01,holiday,元旦,1927\n", `row 2: date: "1927-01-01"`},
		{"an unknown kind", header + "2027-01-01,off,元旦,2027\n", `row 2: kind: "off"`},
		{"a kind that cannot be listed", header + "2027-01-01,workday,元旦,2027\n", `row 2: kind: "workday"`},
		{"no name", header + "2027-01-01,holiday,,2027\n", `row 2: name: ""`},
		{"a name of two lines", header + "2027-01-01,holiday,\"元\n旦\",2027\n", `row 2: name: "元\n旦"`},
		{"a notice of another age", header + "2027-01-01,holiday,元旦,2029\n", `row 2: notice: "2029"`},
		{"a date listed before", header + "2027-01-01,holiday,元旦,2027\n2027-01-01,makeup,元旦,2027\n", `row 3: duplicate: "2027-01-01"`},
		{"not UTF-8", header + "2027-01-01,holiday,\xd4\xaa\xb5\xa9,2027\n", `row 0: encoding: ""`},
		{"all problems at once", header + "x,holiday,元旦,2027\n2027-01-02,?,元旦,2027\n", "row 2: date: \"x\"\nrow 3: kind: \"?\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			days, err := workday.ParseCSV(strings.NewReader(c.text))
			require.EqualError(t, err, c.want)
			require.Nil(t, days)
			var row *workday.RowError
			require.ErrorAs(t, err, &row)
		})
	}
}

func TestParseCSVIsBounded(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	rows.WriteString(header)
	for i := range 2_001 {
		fmt.Fprintf(&rows, "%s,holiday,休,%d\n", date(t, "2001-01-01").AddDays(i), date(t, "2001-01-01").AddDays(i).Year)
	}
	_, err := workday.ParseCSV(strings.NewReader(rows.String()))
	require.EqualError(t, err, `row 2002: too_large: "2000 days"`)

	_, err = workday.ParseCSV(strings.NewReader(header + strings.Repeat("#\n", 256<<9)))
	require.EqualError(t, err, `row 0: too_large: "262144 bytes"`)

	_, err = workday.ParseCSV(strings.NewReader(header + strings.Repeat("bad\n", 1_000)))
	require.Equal(t, 20, strings.Count(err.Error(), "\n")+1, "one screen of errors")

	broken := errors.New("the line was cut")
	_, err = workday.ParseCSV(iotest.ErrReader(broken))
	require.ErrorIs(t, err, broken)
}

func FuzzParseCSV(f *testing.F) {
	f.Add(header + "2027-01-01,holiday,元旦,2027\n")
	f.Add(header + "\"")
	f.Add("\n,,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		days, err := workday.ParseCSV(strings.NewReader(text))
		if err != nil {
			require.Nil(t, days)
			return
		}
		_, err = workday.New(1, days, nil)
		require.NoError(t, err, "what can be imported can be listed")
	})
}
