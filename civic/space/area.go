package space

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Area is a building area (建筑面积) in hundredths of a square metre: surveys and title
// certificates are written to the hundredth, so no area that anybody signs is finer.
// It may be negative, as a difference is. Areas are compared with the operators, and
// min and max work on them. JSON sees a decimal string such as "640.00", because a bare
// 64000 would one day be taken for square metres; SQL sees a plain integer of hundredths.
type Area int64

const (
	areaPlaces = 2

	// SquareMetre is one square metre.
	SquareMetre Area = 100

	// MaxArea is 99 999 999.99 square metres, more than all rooms of a province. The
	// smallest area is -MaxArea.
	MaxArea Area = 9_999_999_999
)

// ParseArea reads square metres: digits, and after a point one or two more, such as
// "640", "562.5" or "640.00". Anything else is refused: signs, spaces, separators,
// exponents, leading zeros, a third place, an area beyond MaxArea.
func ParseArea(s string) (Area, error) {
	n, err := scan(s, areaPlaces, int64(MaxArea))
	if err != nil {
		return 0, fmt.Errorf("%.40q is not an area such as 640.00: %w", s, err)
	}
	return Area(n), nil
}

// String returns the square metres with two places, "640.00"; ParseArea reads it back
// unless it is negative.
func (a Area) String() string { return write(int64(a), areaPlaces, areaPlaces) }

// Zh returns the area as it stands in documents, "640.00平方米".
func (a Area) Zh() string { return a.String() + "平方米" }

// En returns the area as it stands in English text, "640.00 m²".
func (a Area) En() string { return a.String() + " m²" }

func (a Area) fits() bool { return -MaxArea <= a && a <= MaxArea }

// Add returns a + b, or ErrTooLarge.
func (a Area) Add(b Area) (Area, error) {
	if !a.fits() || !b.fits() || !(a + b).fits() {
		return 0, ErrTooLarge
	}
	return a + b, nil
}

// Sub returns a - b, or ErrTooLarge.
func (a Area) Sub(b Area) (Area, error) {
	if !b.fits() {
		return 0, ErrTooLarge
	}
	return a.Add(-b)
}

// Sum adds the areas up in order, or returns ErrTooLarge.
func Sum(areas ...Area) (Area, error) {
	var total Area
	for _, a := range areas {
		var err error
		if total, err = total.Add(a); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// PartDown returns the largest area that is not above the share of a: an area is at
// most 1 % of a exactly if it is at most a.PartDown(1 %).
func (a Area) PartDown(ratio Decimal) (Area, error) { return a.part(ratio, down) }

// PartUp returns the smallest area that is not below the share of a: an area is at
// least 30 % of a exactly if it is at least a.PartUp(30 %).
func (a Area) PartUp(ratio Decimal) (Area, error) { return a.part(ratio, up) }

func (a Area) part(ratio Decimal, round rounding) (Area, error) {
	n, err := scaled(int64(a), int64(ratio), decimalOne, round, int64(MaxArea))
	if err != nil || !a.fits() || !ratio.fits() {
		return 0, ErrTooLarge
	}
	return Area(n), nil
}

// Percent returns a in per cent of whole, rounded half up to two places, for display;
// rules compare areas, not percentages. Without a whole, or with a negative area,
// there is nothing to show and it is 0.
func (a Area) Percent(whole Area) Decimal {
	if a < 0 || whole <= 0 || !a.fits() || !whole.fits() {
		return 0
	}
	// a × 10 000 ÷ whole + 1/2, all doubled, in hundredths of a per cent: below 2^48
	hundredths := (int64(a)*2*10_000 + int64(whole)) / (2 * int64(whole))
	return Decimal(min(hundredths*(decimalOne/100), int64(MaxDecimal)))
}

// MarshalJSON writes the area as String does, in a JSON string.
func (a Area) MarshalJSON() ([]byte, error) { return json.Marshal(a.String()) }

// UnmarshalJSON reads a decimal string, with a minus if it is negative, and nothing
// else: no null, no number, no more than two places.
func (a *Area) UnmarshalJSON(text []byte) error {
	s, err := unquote(text)
	if err != nil {
		return err
	}
	size, negative := strings.CutPrefix(s, "-")
	n, err := ParseArea(size)
	if err != nil {
		return err
	}
	if negative {
		if n == 0 {
			return fmt.Errorf("%.40q is not an area such as 640.00", s)
		}
		n = -n
	}
	*a = n
	return nil
}
