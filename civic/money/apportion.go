package money

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// ErrNoWeight is returned where there is nobody to share among.
var ErrNoWeight = errors.New("there is no weight to share by")

// Apportion shares whole seats out by weight, by the method of the largest
// remainder: everybody gets the whole part of the exact share, and the seats that
// are left go one each to the largest fractions, of equal ones to the lower
// index. The result adds up to seats for all weights, zeros included; a weight of
// zero gets nothing, unless all are zero: then all count as equal. Negative seats
// or weights are refused, and no weights at all are ErrNoWeight.
func Apportion(seats int64, weights []int64) ([]int64, error) {
	if seats < 0 {
		return nil, fmt.Errorf("%d cannot be shared out", seats)
	}
	if len(weights) == 0 {
		return nil, ErrNoWeight
	}
	sum := new(big.Int) // of int64 weights it may be larger than any int64
	for i, w := range weights {
		if w < 0 {
			return nil, fmt.Errorf("the weight %d at index %d is negative", w, i)
		}
		sum.Add(sum, big.NewInt(w))
	}
	if sum.Sign() == 0 {
		return Apportion(seats, slices.Repeat([]int64{1}, len(weights)))
	}
	shares := make([]int64, len(weights))
	remainders := make([]*big.Int, len(weights))
	left := seats
	for i, w := range weights {
		share, remainder := new(big.Int).Mul(big.NewInt(seats), big.NewInt(w)), new(big.Int)
		share.QuoRem(share, sum, remainder)
		shares[i], remainders[i] = share.Int64(), remainder
		left -= shares[i]
	}
	for _, i := range largestFirst(remainders)[:left] {
		shares[i]++
	}
	return shares, nil
}

// largestFirst returns the indices by falling value, equal ones in order. There
// are always fewer seats left than remainders above zero.
func largestFirst(values []*big.Int) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(values[b].Cmp(values[a]), cmp.Compare(a, b))
	})
	return order
}

// Split shares an amount out as Apportion does, so that the parts add up to it to
// the fen. Other than seats, money is not shared equally for want of weights: if
// all are zero the answer is ErrNoWeight.
func Split(total Fen, weights []int64) ([]Fen, error) {
	if !slices.ContainsFunc(weights, func(w int64) bool { return w != 0 }) {
		return nil, ErrNoWeight
	}
	shares, err := Apportion(int64(total), weights)
	if err != nil {
		return nil, fmt.Errorf("split %s: %w", total, err)
	}
	parts := make([]Fen, len(shares))
	for i, s := range shares {
		parts[i] = Fen(s)
	}
	return parts, nil
}

// Tranches splits an amount by percentages, such as 50, 30 and 20. They must add
// up to 100, and none may be negative.
func Tranches(total Fen, percents []int64) ([]Fen, error) {
	left := int64(100)
	for _, p := range percents {
		if p < 0 || p > left {
			return nil, fmt.Errorf("the percentages %v do not add up to 100", percents)
		}
		left -= p
	}
	if left != 0 {
		return nil, fmt.Errorf("the percentages %v do not add up to 100", percents)
	}
	return Split(total, percents)
}

// Percent returns part of whole in per cent, rounded half up, for display: 23 of
// 27 is 85. It may exceed 100. Without a whole, or with a negative number, there
// is nothing to show and it is 0.
func Percent(part, whole int64) int {
	if part < 0 || whole <= 0 {
		return 0
	}
	// (part*100)/whole + 1/2, all doubled, in 128 bits
	hi, lo := bits.Mul64(uint64(part), 200)
	lo, carry := bits.Add64(lo, uint64(whole), 0)
	hi += carry
	divisor := 2 * uint64(whole)
	if hi >= divisor {
		return math.MaxInt
	}
	quotient, _ := bits.Div64(hi, lo, divisor)
	return int(min(quotient, math.MaxInt))
}
