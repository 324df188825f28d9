package selection

import (
	"math/big"
	"slices"
)

// mean is the exact mean of values, from trimFrom values on without one highest and
// one lowest. It sorts a copy; there must be a value.
func mean(values []*big.Rat, trimFrom int) *big.Rat {
	values = slices.Clone(values)
	if len(values) >= trimFrom {
		slices.SortFunc(values, (*big.Rat).Cmp)
		values = values[1 : len(values)-1]
	}
	all := new(big.Rat)
	for _, v := range values {
		all.Add(all, v)
	}
	return all.Mul(all, ratio(1, int64(len(values))))
}

// exacts are the totals that count.
func exacts(sheets []total) []*big.Rat {
	var values []*big.Rat
	for _, t := range sheets {
		if t.exact != nil {
			values = append(values, t.exact)
		}
	}
	return values
}

func countRecused(sheets []total) int { return len(sheets) - len(exacts(sheets)) }

// markTrimmed says which sheets the trimmed mean leaves out. Of equal ones it is the
// first assessor's that is the lowest and the last one's that is the highest; the
// mean is the same whichever it is.
func markTrimmed(sheets []total, trimFrom int) {
	if len(exacts(sheets)) < trimFrom {
		return
	}
	lowest, highest := -1, -1
	for i, t := range sheets {
		if t.exact == nil {
			continue
		}
		if lowest < 0 || t.exact.Cmp(sheets[lowest].exact) < 0 {
			lowest = i
		}
		if highest < 0 || t.exact.Cmp(sheets[highest].exact) >= 0 {
			highest = i
		}
	}
	sheets[lowest].Use, sheets[highest].Use = Lowest, Highest
}

// indicatorMean is the mean of the i-th indicator's marks, trimmed as the totals are
// if so many found it applicable.
func indicatorMean(key string, i int, sheets []total, trimFrom int) IndicatorScore {
	var scores []Points
	for _, t := range sheets {
		if t.exact != nil && !t.marks[i].NotApplicable {
			scores = append(scores, t.marks[i].Score)
		}
	}
	out := IndicatorScore{Indicator: key, Marks: len(scores)}
	if len(scores) == 0 {
		return out
	}
	if len(scores) >= trimFrom {
		slices.Sort(scores)
		scores = scores[1 : len(scores)-1]
	}
	var all Points
	for _, s := range scores {
		all += s
	}
	out.Score = roundHalfUp(ratio(int64(all), int64(len(scores))))
	return out
}
