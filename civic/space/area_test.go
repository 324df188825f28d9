package space_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/space"
)

func TestParseAreaReadsSquareMetresExactly(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]space.Area{
		"0": 0, "0.00": 0, "0.01": 1, "0.1": 10, "1": 100, "640": 64_000, "640.00": 64_000, "562.5": 56_250,
		"0.29": 29, "1.15": 115, "600.32": 60_032, "99999999.99": space.MaxArea,
	} {
		got, err := space.ParseArea(s)
		require.NoError(t, err, s)
		require.Equal(t, want, got, s)
	}
}

func TestParseAreaRefusesWhatIsNoArea(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", ".", ".5", "5.", "1.234", "640.000", "1.2.3", "+1", "-1", " 1", "1 ", "1e3", "0x10", "1_000", "1,440.00",
		"007", "00.5", "１２", "1。5", "NaN", "640平方米", "640m2", "1.0\x00", "\xff",
	} {
		_, err := space.ParseArea(s)
		require.Error(t, err, "%q", s)
		require.NotErrorIs(t, err, space.ErrTooLarge, "%q", s)
	}
	for _, s := range []string{"100000000", "100000000.00", "9223372036854775808", strings.Repeat("9", 10_000)} {
		_, err := space.ParseArea(s)
		require.ErrorIs(t, err, space.ErrTooLarge)
		require.Less(t, len(err.Error()), 150, "an endless area is not repeated")
	}
}

func TestAreasAreWritten(t *testing.T) {
	t.Parallel()
	for a, want := range map[space.Area]string{
		0: "0.00", 1: "0.01", -1: "-0.01", 60_032: "600.32", 64_000: "640.00", -150: "-1.50",
		space.MaxArea: "99999999.99", math.MinInt64: "-92233720368547758.08",
	} {
		require.Equal(t, want, a.String())
	}
	require.Equal(t, "640.00平方米", m2("640").Zh())
	require.Equal(t, "640.00 m²", m2("640").En())
}

func TestAnAreaIsReadBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := areas(-space.MaxArea, space.MaxArea).Draw(t, "area")
		text, err := json.Marshal(a)
		require.NoError(t, err)
		require.JSONEq(t, `"`+a.String()+`"`, string(text))
		var got space.Area
		require.NoError(t, json.Unmarshal(text, &got))
		require.Equal(t, a, got)
		if a >= 0 {
			require.Equal(t, a, m2(a.String()))
		}
	})
}

func TestJSONIsADecimalStringAndNothingElse(t *testing.T) {
	t.Parallel()
	a, d := space.Area(7), space.Decimal(7)
	for _, bad := range []string{`null`, `640`, `640.00`, `"640.000000"`, `""`, `"-0"`, `"-0.00"`, `"--1"`, `"+1"`, `" 1"`, `true`, `[]`, `{}`, `"100000000000"`} {
		require.Error(t, json.Unmarshal([]byte(bad), &a), bad)
		require.Error(t, json.Unmarshal([]byte(bad), &d), bad)
		require.Equal(t, space.Area(7), a, "what is refused changes nothing")
		require.Equal(t, space.Decimal(7), d, "what is refused changes nothing")
	}
	require.Error(t, json.Unmarshal([]byte(`"-1"`), &d), "no number of persons is negative")
	require.NoError(t, json.Unmarshal([]byte(`"3.2"`), &d))
	require.Equal(t, number("3.2"), d)
	text, err := json.Marshal(space.Areas{Measured: known("640")})
	require.NoError(t, err)
	require.JSONEq(t, `{"measured":"640.00"}`, string(text))
}

func FuzzParseArea(f *testing.F) {
	for _, s := range []string{"640.00", "0", "00", "1.", "-1", "99999999.99", "100000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := space.ParseArea(s)
		if err != nil {
			return
		}
		require.GreaterOrEqual(t, a, space.Area(0))
		require.LessOrEqual(t, a, space.MaxArea)
		require.True(t, strings.HasPrefix(a.String(), s), "%q is read as %s", s, a)
	})
}

// TestAreaArithmeticIsExactOrRefused holds the operations against unbounded integers.
func TestAreaArithmeticIsExactOrRefused(t *testing.T) {
	t.Parallel()
	most := int64(space.MaxArea)
	edges := []int64{0, 1, -1, most, -most, most - 1, most + 1, math.MaxInt64, math.MinInt64, math.MinInt64 + 1}
	numbers := rapid.OneOf(rapid.SampledFrom(edges), rapid.Int64Range(-most, most))
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers.Draw(t, "a"), numbers.Draw(t, "b")
		fits := func(n *big.Int) bool { return n.CmpAbs(big.NewInt(most)) <= 0 }
		x, y := big.NewInt(a), big.NewInt(b)
		same := func(want *big.Int, got space.Area, err error) {
			if !fits(want) || !fits(x) || !fits(y) {
				require.ErrorIs(t, err, space.ErrTooLarge)
				return
			}
			require.NoError(t, err)
			require.Equal(t, want.Int64(), int64(got))
		}
		sum, err := space.Area(a).Add(space.Area(b))
		same(new(big.Int).Add(x, y), sum, err)
		difference, err := space.Area(a).Sub(space.Area(b))
		same(new(big.Int).Sub(x, y), difference, err)
		total, err := space.Sum(space.Area(a), space.Area(b))
		same(new(big.Int).Add(x, y), total, err)
	})
}

func TestAPartIsRoundedTheWayItIsAskedFor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ area, ratio, down, up string }{
		{"600", "0.01", "6", "6"},
		{"600.32", "0.01", "6", "6.01"}, // exactly 6.0032
		{"562.5", "0.30", "168.75", "168.75"},
		{"0.01", "0.30", "0", "0.01"},
		{"640", "0", "0", "0"},
		{"640", "1", "640", "640"},
		{"0", "0.5", "0", "0"},
	} {
		low, err := m2(c.area).PartDown(number(c.ratio))
		require.NoError(t, err)
		require.Equal(t, m2(c.down), low, c.area)
		high, err := m2(c.area).PartUp(number(c.ratio))
		require.NoError(t, err)
		require.Equal(t, m2(c.up), high, c.area)
	}
	_, err := space.MaxArea.PartUp(number("1.0001"))
	require.ErrorIs(t, err, space.ErrTooLarge)
	_, err = m2("1").PartUp(-1)
	require.ErrorIs(t, err, space.ErrTooLarge)
}

func TestPercentIsForDisplayAndRoundsHalfUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole space.Area
		want        string
	}{
		{m2("168.75"), m2("562.5"), "30"},
		{m2("168.74"), m2("562.5"), "30"}, // 29.9982…: shown as 30, and still too little
		{m2("1"), m2("3"), "33.33"},
		{m2("2"), m2("3"), "66.67"},
		{1, 20_000, "0.01"},
		{m2("640"), m2("600"), "106.67"},
		{0, m2("1"), "0"},
		{m2("1"), 0, "0"},
		{-1, m2("1"), "0"},
		{space.MaxArea, space.MaxArea, "100"},
		{space.MaxArea, 1, space.MaxDecimal.String()},
	} {
		require.Equal(t, c.want, c.part.Percent(c.whole).String(), "%s of %s", c.part, c.whole)
	}
}

func TestDecimalsAreExact(t *testing.T) {
	t.Parallel()
	persons, err := number("3.2").Times(1_876)
	require.NoError(t, err)
	require.Equal(t, "6003.2", persons.String(), "6003.200000000001 in binary")
	for in, out := range map[string]string{"3.2": "3.2", "3.20": "3.2", "0.30": "0.3", "0": "0", "0.0001": "0.0001", "100": "100"} {
		require.Equal(t, out, number(in).String())
	}
	for _, bad := range []string{"", "-1", "0.00001", "1e1", ".5", "03"} {
		_, err := space.ParseDecimal(bad)
		require.Error(t, err, bad)
	}
	_, err = space.MaxDecimal.Times(2)
	require.ErrorIs(t, err, space.ErrTooLarge)
	_, err = number("3.2").Times(-1)
	require.ErrorIs(t, err, space.ErrTooLarge)
	whole, err := space.Whole(6_000)
	require.NoError(t, err)
	require.Equal(t, number("6000"), whole)
}
