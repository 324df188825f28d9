package money

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strconv"
)

// Fen is an amount of money: a hundredth of a yuan. It may be negative, as a
// balance or a correction is. JSON and SQL see a plain integer.
type Fen int64

// MaxFen is the largest amount. The smallest is -MaxFen-1.
const MaxFen Fen = math.MaxInt64

const fenPerYuan = 100

// ErrOverflow is what arithmetic returns when the result is no amount any more.
var ErrOverflow = errors.New("the amount is too large")

// Parse reads an amount in yuan: digits, and after a point one or two more, such
// as "0", "11730", "11730.5" or "11730.00". Anything else is refused: signs,
// spaces, separators, exponents, leading zeros, a third decimal, an amount beyond
// MaxFen.
func Parse(s string) (Fen, error) {
	yuan, fen, ok := cut(s)
	if !ok {
		return 0, fmt.Errorf("%.40q is not an amount such as 11730.00", s)
	}
	whole, err := strconv.ParseInt(yuan, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%.40q: %w", s, ErrOverflow)
	}
	total, err := Fen(whole).Mul(fenPerYuan)
	if err == nil {
		total, err = total.Add(fen)
	}
	if err != nil {
		return 0, fmt.Errorf("%.40q: %w", s, err)
	}
	return total, nil
}

// cut splits an amount at its point, and knows the fen after it.
func cut(s string) (yuan string, fen Fen, ok bool) {
	digits := 0
	for digits < len(s) && isDigit(s[digits]) {
		digits++
	}
	yuan, rest := s[:digits], s[digits:]
	if yuan == "" || len(yuan) > 1 && yuan[0] == '0' {
		return "", 0, false
	}
	switch {
	case rest == "":
		return yuan, 0, true
	case rest[0] != '.':
		return "", 0, false
	case len(rest) == 2 && isDigit(rest[1]):
		return yuan, Fen(rest[1]-'0') * 10, true
	case len(rest) == 3 && isDigit(rest[1]) && isDigit(rest[2]):
		return yuan, Fen(rest[1]-'0')*10 + Fen(rest[2]-'0'), true
	}
	return "", 0, false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// Plain returns the amount in yuan for machines, "11730.00"; Parse reads it back
// unless it is negative.
func (f Fen) Plain() string {
	sign, yuan, fen := f.parts()
	return sign + yuan + fen
}

// String returns the amount in yuan for people, "11,730.00".
func (f Fen) String() string {
	sign, yuan, fen := f.parts()
	grouped := make([]byte, 0, len(yuan)+len(yuan)/3)
	for i := range len(yuan) {
		if i > 0 && (len(yuan)-i)%3 == 0 {
			grouped = append(grouped, ',')
		}
		grouped = append(grouped, yuan[i])
	}
	return sign + string(grouped) + fen
}

// Yuan returns the amount as it stands in documents, "11,730.00元".
func (f Fen) Yuan() string { return f.String() + "元" }

func (f Fen) parts() (sign, yuan, fen string) {
	size := uint64(f)
	if f < 0 {
		sign, size = "-", -size // right for the smallest amount too
	}
	return sign, strconv.FormatUint(size/fenPerYuan, 10), fmt.Sprintf(".%02d", size%fenPerYuan)
}

// Add returns f + g, or ErrOverflow.
func (f Fen) Add(g Fen) (Fen, error) {
	sum := f + g
	if (sum > f) != (g > 0) && g != 0 {
		return 0, ErrOverflow
	}
	return sum, nil
}

// Sub returns f - g, or ErrOverflow.
func (f Fen) Sub(g Fen) (Fen, error) {
	difference := f - g
	if (difference < f) != (g > 0) && g != 0 {
		return 0, ErrOverflow
	}
	return difference, nil
}

// Mul returns f taken n times, such as a rate for n households, or ErrOverflow.
func (f Fen) Mul(n int64) (Fen, error) {
	negative := (f < 0) != (n < 0)
	hi, lo := bits.Mul64(magnitude(int64(f)), magnitude(n))
	switch {
	case hi != 0, lo > uint64(MaxFen)+1, lo == uint64(MaxFen)+1 && !negative:
		return 0, ErrOverflow
	case negative:
		return Fen(-lo), nil
	}
	return Fen(lo), nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Sum adds the amounts up, or returns ErrOverflow. It adds in order: a partial sum
// that overflows is an error even if a later amount would bring it back.
func Sum(amounts ...Fen) (Fen, error) {
	var total Fen
	for _, a := range amounts {
		var err error
		if total, err = total.Add(a); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// UnmarshalJSON reads an integer and nothing else: no null, no string, no
// fraction, no exponent, even if its value is whole.
func (f *Fen) UnmarshalJSON(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil {
		return fmt.Errorf("%.40q is not an amount in whole fen", text)
	}
	*f = Fen(n)
	return nil
}
