package money_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic/money"
)

const smallest = -money.MaxFen - 1

func TestParseReadsYuanExactly(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]money.Fen{
		"0": 0, "0.0": 0, "0.00": 0, "0.01": 1, "0.1": 10, "1": 100, "11730": 1_173_000, "11730.00": 1_173_000,
		"11730.5": 1_173_050, "0.29": 29, "1.15": 115, "4.35": 435, // the last three are where floats go wrong
		"21474836.48": 1 << 31, "90071992547409.93": 1<<53 + 1, "92233720368547758.07": money.MaxFen,
	} {
		got, err := money.Parse(s)
		require.NoError(t, err, s)
		require.Equal(t, want, got, s)
	}
}

func TestParseRefusesWhatIsNoAmount(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", ".", ".5", "5.", "1.234", "1.2.3", "+1", "-1", "1-", " 1", "1 ", "1\n", "1e3", "1E3", "0x10", "1_000", "11,730.00",
		"007", "00.50", "１２", "1。5", "1.５", "NaN", "Inf", "元", "5元", "¥5", "1.0\x00", "\xff",
	} {
		_, err := money.Parse(s)
		require.Error(t, err, "%q", s)
		require.NotErrorIs(t, err, money.ErrOverflow, "%q", s)
	}
	for _, s := range []string{"92233720368547758.08", "92233720368547759", "9223372036854775807", "9223372036854775808", strings.Repeat("9", 10_000)} {
		_, err := money.Parse(s)
		require.ErrorIs(t, err, money.ErrOverflow)
		require.Less(t, len(err.Error()), 100, "an endless amount is not repeated")
	}
}

func TestAmountsAreWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amount                 money.Fen
		plain, grouped, inText string
	}{
		{0, "0.00", "0.00", "0.00元"},
		{1, "0.01", "0.01", "0.01元"},
		{-1, "-0.01", "-0.01", "-0.01元"},
		{99_999, "999.99", "999.99", "999.99元"},
		{100_000, "1000.00", "1,000.00", "1,000.00元"},
		{1_173_000, "11730.00", "11,730.00", "11,730.00元"},
		{-12_345_678, "-123456.78", "-123,456.78", "-123,456.78元"},
		{1 << 31, "21474836.48", "21,474,836.48", "21,474,836.48元"},
		{1<<53 + 1, "90071992547409.93", "90,071,992,547,409.93", "90,071,992,547,409.93元"},
		{money.MaxFen, "92233720368547758.07", "92,233,720,368,547,758.07", "92,233,720,368,547,758.07元"},
		{smallest, "-92233720368547758.08", "-92,233,720,368,547,758.08", "-92,233,720,368,547,758.08元"},
	} {
		require.Equal(t, c.plain, c.amount.Plain())
		require.Equal(t, c.grouped, c.amount.String())
		require.Equal(t, c.inText, c.amount.Yuan())
	}
}

func TestPlainIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := money.Fen(rapid.Int64Min(0).Draw(t, "fen"))
		got, err := money.Parse(f.Plain())
		require.NoError(t, err)
		require.Equal(t, f, got)
		require.Equal(t, f.Plain(), strings.ReplaceAll(f.String(), ",", ""))
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"11730.00", "0", "00", "1.", "-1", "92233720368547758.08"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		amount, err := money.Parse(s)
		if err != nil {
			return
		}
		require.GreaterOrEqual(t, amount, money.Fen(0))
		require.True(t, strings.HasPrefix(amount.Plain(), s), "%q is read as %s", s, amount.Plain())
	})
}

// TestArithmeticIsExactOrRefused holds the operations against unbounded integers.
func TestArithmeticIsExactOrRefused(t *testing.T) {
	t.Parallel()
	edges := []int64{0, 1, -1, 2, 100, 1 << 31, 1<<53 + 1, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1}
	numbers := rapid.OneOf(rapid.SampledFrom(edges), rapid.Int64(), rapid.Int64Range(-1<<32, 1<<32))
	same := func(t *rapid.T, want *big.Int, got money.Fen, err error) {
		if !want.IsInt64() {
			require.ErrorIs(t, err, money.ErrOverflow)
			require.Zero(t, got)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.Int64(), int64(got))
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers.Draw(t, "a"), numbers.Draw(t, "b")
		x, y := big.NewInt(a), big.NewInt(b)
		sum, err := money.Fen(a).Add(money.Fen(b))
		same(t, new(big.Int).Add(x, y), sum, err)
		difference, err := money.Fen(a).Sub(money.Fen(b))
		same(t, new(big.Int).Sub(x, y), difference, err)
		product, err := money.Fen(a).Mul(b)
		same(t, new(big.Int).Mul(x, y), product, err)
		total, err := money.Sum(money.Fen(a), money.Fen(b))
		same(t, new(big.Int).Add(x, y), total, err)
	})
}

func TestSum(t *testing.T) {
	t.Parallel()
	none, err := money.Sum()
	require.NoError(t, err)
	require.Zero(t, none)
	_, err = money.Sum(money.MaxFen, 1, -1)
	require.ErrorIs(t, err, money.ErrOverflow)
}

func TestTheFundsOfThePolicy(t *testing.T) {
	t.Parallel()
	survey, err := money.Fen(500).Mul(2346) // 5 yuan for each of 2 346 households
	require.NoError(t, err)
	require.Equal(t, "11,730.00元", survey.Yuan())
	working, err := money.Fen(3000).Mul(2346) // 30 000 yuan for a thousand households
	require.NoError(t, err)
	require.Equal(t, "70,380.00", working.String())
}

func TestJSONIsAWholeNumberAndNothingElse(t *testing.T) {
	t.Parallel()
	for _, f := range []money.Fen{0, 1, -1, 1 << 31, 1<<53 + 1, money.MaxFen, smallest} {
		text, err := json.Marshal(f)
		require.NoError(t, err)
		var got money.Fen
		require.NoError(t, json.Unmarshal(text, &got))
		require.Equal(t, f, got)
	}
	got := money.Fen(7)
	for _, bad := range []string{`null`, `"5"`, `5.0`, `5e2`, `1.5`, `true`, `[]`, `{}`, `9223372036854775808`, `-9223372036854775809`} {
		require.Error(t, json.Unmarshal([]byte(bad), &got), bad)
		require.Equal(t, money.Fen(7), got, "what is refused changes nothing")
	}
	var form struct{ Amount *money.Fen }
	require.NoError(t, json.Unmarshal([]byte(`{"Amount":null}`), &form))
	require.Nil(t, form.Amount, "an amount that may be missing is a pointer")
}
