package selection

import (
	"cmp"
	"slices"
)

// entry is a unit that takes part in the sharing: it has committees.
type entry struct {
	code       string
	committees int64
	most       int64
}

// apportion runs the rounds. Entries are by code, every one can use a title, and
// there are titles for the least of all. A round fixes a unit or is the last, so
// there are at most as many as units.
func apportion(titles, least int64, entries []entry) QuotaSheet {
	sheet := QuotaSheet{Titles: titles, Least: least, Rounds: []QuotaRound{}, Shares: []Share{}, Left: titles}
	for len(entries) > 0 {
		r := round(sheet.Left, entries)
		var open []entry
		for i, e := range entries {
			l := &r.Lines[i]
			switch {
			case l.Share < least:
				l.Share, l.Fixed = least, AtLeast
			case l.Share > e.most:
				l.Share, l.Fixed = e.most, AtMost
			default:
				open = append(open, e)
				continue
			}
			sheet.Left -= l.Share
		}
		sheet.Rounds = append(sheet.Rounds, r)
		if len(open) == len(entries) {
			sheet.Left = 0
			break
		}
		entries = open
	}
	return sheet
}

// round is one pass of the method of the largest remainder.
func round(titles int64, entries []entry) QuotaRound {
	r := QuotaRound{Titles: titles, Lines: make([]QuotaLine, len(entries))}
	for _, e := range entries {
		r.Committees += e.committees
	}
	left := titles
	for i, e := range entries {
		exact := titles * e.committees // both bounded by most
		r.Lines[i] = QuotaLine{Code: e.code, Committees: e.committees, Quotient: exact / r.Committees, Remainder: exact % r.Committees}
		left -= r.Lines[i].Quotient
	}
	order := make([]*QuotaLine, len(entries))
	for i := range order {
		order[i] = &r.Lines[i]
	}
	slices.SortFunc(order, func(a, b *QuotaLine) int {
		return cmp.Or(cmp.Compare(b.Remainder, a.Remainder), cmp.Compare(b.Committees, a.Committees), cmp.Compare(a.Code, b.Code))
	})
	for i, l := range order {
		l.Rank, l.Share = int64(i+1), l.Quotient
		if int64(i) < left { // there are always fewer left than remainders above zero
			l.Share++
			l.Extra = wonBy(l, order[left])
		}
	}
	return r
}

// wonBy says which rule put a line before another.
func wonBy(l, other *QuotaLine) Extra {
	switch {
	case l.Remainder != other.Remainder:
		return ByRemainder
	case l.Committees != other.Committees:
		return ByCommittees
	}
	return ByCode
}
