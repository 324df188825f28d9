package selection

import (
	"fmt"
	"math/big"
	"strconv"
)

// Points is a score in hundredths of a point. JSON and SQL see a plain integer.
type Points int64

// Full is a hundred points: what a standard's indicators add up to.
const Full Points = 100_00

// most bounds every number of points, committees and titles that is taken in, so
// that no sum or product of two of them leaves an int64.
const most = 1_000_000_000

// String returns the score for people, "87.50".
func (p Points) String() string {
	sign, size := "", uint64(p)
	if p < 0 {
		sign, size = "-", -size // right for the smallest one too
	}
	return sign + strconv.FormatUint(size/100, 10) + fmt.Sprintf(".%02d", size%100)
}

// Limits are a rule's bounds on a score.
type Limits struct {
	Line      Points `json:"line"`       // the qualifying score that a title needs
	BonusMost Points `json:"bonus_most"` // more bonus counts as this much
	TotalMost Points `json:"total_most"` // no total lies above; a hundred points at least
}

// Qualifying is the score that is held against the line: the base less the
// penalty. A bonus does not help over the line.
func (l Limits) Qualifying(base, penalty Points) Points { return max(0, base-penalty) }

// Total is the score that ranks: the base with as much of the bonus as counts, less
// the penalty, never below zero or above the most.
func (l Limits) Total(base, bonus, penalty Points) Points {
	return min(l.TotalMost, max(0, base+min(bonus, l.BonusMost)-penalty))
}

func (l Limits) check() error {
	return errFirst(
		within("the line", int64(l.Line), 0, most),
		within("the largest bonus", int64(l.BonusMost), 0, most),
		within("the largest total", int64(l.TotalMost), int64(Full), most),
	)
}

// roundHalfUp returns the whole number nearest to a fraction, of two equally near
// the larger one.
func roundHalfUp(r *big.Rat) Points {
	num, den := new(big.Int).Lsh(r.Num(), 1), new(big.Int).Lsh(r.Denom(), 1)
	num.Add(num, r.Denom())
	return Points(num.Div(num, den).Int64()) // Euclidean, and den > 0: rounds down
}

// ratio is a fraction of two integers, den > 0.
func ratio(num, den int64) *big.Rat { return big.NewRat(num, den) }

// within refuses a number outside of its bounds.
func within(what string, n, lo, hi int64) error {
	if n < lo || n > hi {
		return fmt.Errorf("%s is %d, which is not within %d and %d", what, n, lo, hi)
	}
	return nil
}

// errFirst returns the first error there is.
func errFirst(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
