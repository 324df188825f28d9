package space

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// ErrTooLarge is what arithmetic returns when the result is beyond MaxArea or
// MaxDecimal.
var ErrTooLarge = errors.New("the number is too large")

// Decimal is an exact number with up to four places: persons, persons per
// household, a ratio. It is at least zero and at most MaxDecimal. JSON sees a decimal
// string; SQL a plain integer of ten-thousandths.
type Decimal int64

const (
	decimalPlaces = 4
	decimalOne    = 10_000

	// MaxDecimal is 999 999 999.9999, more persons than any plan has.
	MaxDecimal Decimal = 9_999_999_999_999
)

// ParseDecimal reads digits, and after a point one to four more, such as "3.2" or
// "0.30". Anything else is refused: signs, spaces, exponents, leading zeros.
func ParseDecimal(s string) (Decimal, error) {
	n, err := scan(s, decimalPlaces, int64(MaxDecimal))
	if err != nil {
		return 0, fmt.Errorf("%.40q is not a number such as 3.2: %w", s, err)
	}
	return Decimal(n), nil
}

// Whole returns n as a Decimal, or ErrTooLarge; n must not be negative.
func Whole(n int64) (Decimal, error) {
	return Decimal(decimalOne).Times(n)
}

// Times returns d taken n times, such as persons per household for n households.
func (d Decimal) Times(n int64) (Decimal, error) {
	product, err := scaled(int64(d), n, 1, down, int64(MaxDecimal))
	if err != nil || product < 0 || !d.fits() {
		return 0, ErrTooLarge
	}
	return Decimal(product), nil
}

func (d Decimal) fits() bool { return 0 <= d && d <= MaxDecimal }

// String returns the number without zeros that say nothing: "3.2", "6003.2", "0".
func (d Decimal) String() string { return write(int64(d), decimalPlaces, 0) }

// MarshalJSON writes the number as a string, which no reader takes for a float.
func (d Decimal) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads a decimal string and nothing else.
func (d *Decimal) UnmarshalJSON(text []byte) error {
	s, err := unquote(text)
	if err != nil {
		return err
	}
	n, err := ParseDecimal(s)
	if err == nil {
		*d = n
	}
	return err
}

// unquote reads a JSON string; null is none.
func unquote(text []byte) (string, error) {
	var s string
	if len(text) == 0 || text[0] != '"' || json.Unmarshal(text, &s) != nil {
		return "", fmt.Errorf("%.40q is not a decimal in a string", text)
	}
	return s, nil
}

var errNotDecimal = errors.New("only digits, and a point with digits after it")

// scan reads a decimal as a whole number of units of 10^-places, at most largest.
func scan(s string, places int, largest int64) (int64, error) {
	whole, fraction, pointed := strings.Cut(s, ".")
	if !digits(whole) || len(whole) > 1 && whole[0] == '0' || pointed && (!digits(fraction) || len(fraction) > places) {
		return 0, errNotDecimal
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if err != nil || n > largest {
		return 0, ErrTooLarge
	}
	return n, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// write returns n units of 10^-places as a decimal with at least the places kept.
func write(n int64, places, kept int) string {
	sign, size := "", uint64(n)
	if n < 0 {
		sign, size = "-", -size // right for the smallest number too
	}
	s := fmt.Sprintf("%0*d", places+1, size)
	whole, fraction := s[:len(s)-places], s[len(s)-places:]
	for len(fraction) > kept && fraction[len(fraction)-1] == '0' {
		fraction = fraction[:len(fraction)-1]
	}
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}

// rounding is the way to a whole number: down or up.
type rounding bool

const (
	down rounding = false
	up   rounding = true
)

// scaled returns a × b ÷ by, rounded; by is positive. A result beyond ±largest is
// ErrTooLarge.
func scaled(a, b, by int64, round rounding, largest int64) (int64, error) {
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	quotient, rest := product.DivMod(product, big.NewInt(by), new(big.Int)) // by > 0: rounded down
	if round == up && rest.Sign() > 0 {
		quotient.Add(quotient, big.NewInt(1))
	}
	if !quotient.IsInt64() || quotient.Int64() > largest || quotient.Int64() < -largest {
		return 0, ErrTooLarge
	}
	return quotient.Int64(), nil
}
