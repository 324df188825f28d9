package selection

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Unit is a county-level city or district, with what its share is counted by.
type Unit struct {
	Code  string `json:"code"`
	Urban int64  `json:"urban"` // residents' committees
	Rural int64  `json:"rural"` // village committees
}

// Committees is the number of committees of both kinds.
func (u Unit) Committees() int64 { return u.Urban + u.Rural }

// QuotaSheet is the computation of a quota with all its figures, to be published.
// The shares and what nobody could take add up to the titles, always.
type QuotaSheet struct {
	Titles int64        `json:"titles"`
	Least  int64        `json:"least"` // what every unit with committees is sure of
	Rounds []QuotaRound `json:"rounds"`
	Shares []Share      `json:"shares"` // by code
	Left   int64        `json:"left"`   // titles that nobody could take
}

// QuotaRound is one pass of the method of the largest remainder over the units that
// are still in: share = titles · committees ÷ all committees, whole part first, and
// what is left one each to the largest remainders. A unit that falls under the least,
// or over what it can use, gets just that and leaves with its titles; the others
// share the rest in another round. It ends with a round that fixes nobody, or everybody.
type QuotaRound struct {
	Titles     int64       `json:"titles"`
	Committees int64       `json:"committees"` // what remainders are fractions of
	Lines      []QuotaLine `json:"lines"`      // by code
}

// QuotaLine is a unit's arithmetic in one round.
type QuotaLine struct {
	Code       string `json:"code"`
	Committees int64  `json:"committees"`
	Quotient   int64  `json:"quotient"`  // the whole part of the exact share
	Remainder  int64  `json:"remainder"` // its fraction, in parts of all committees
	Rank       int64  `json:"rank"`      // of the remainder, from 1
	Extra      Extra  `json:"extra"`
	Fixed      Fixed  `json:"fixed"`
	Share      int64  `json:"share"` // for good in the last round, or if Fixed says so
}

// Extra says whether a unit got one of the titles left over, and by what: the last
// rule that was needed to put it before the first unit that got none.
type Extra string

// How a title left over was won.
const (
	NoExtra      Extra = ""
	ByRemainder  Extra = "remainder"  // the larger remainder
	ByCommittees Extra = "committees" // equal remainders: the larger number of committees
	ByCode       Extra = "code"       // all equal: the lower code
)

// Fixed says why a unit left the rounds.
type Fixed string

// Why a unit has its share for good.
const (
	NotFixed Fixed = ""
	AtLeast  Fixed = "least" // raised to what everybody is sure of
	AtMost   Fixed = "most"  // no candidates for more
)

// Share is how many titles a unit got. Urban and rural add up to it if the quota is
// split by area, and are zero if not.
type Share struct {
	Code   string `json:"code"`
	Titles int64  `json:"titles"`
	Urban  int64  `json:"urban"`
	Rural  int64  `json:"rural"`
}

// Allocate shares titles out over units by the number of their committees.
//
// Every unit with a committee gets at least so many. Where there are too few titles
// for that, the least is lowered to the largest number that there are enough for: with
// fewer titles than units it is zero, and the remainders alone decide. A unit without
// committees gets nothing. If no unit has any, nobody gets anything, and all titles are
// Left. Equal remainders are decided by the larger number of committees, then by the
// lower code. With areas each share is split by the unit's own committees of the two
// kinds in the same way, of equal remainders to the larger kind, then to the urban.
func Allocate(titles, least int64, areas bool, units []Unit) (QuotaSheet, error) {
	err := errFirst(within("the number of titles", titles, 0, most), within("the least share", least, 0, most))
	if err != nil {
		return QuotaSheet{}, err
	}
	units, err = inOrder(units)
	if err != nil {
		return QuotaSheet{}, err
	}
	var entries []entry
	for _, u := range units {
		if u.Committees() > 0 {
			entries = append(entries, entry{u.Code, u.Committees(), math.MaxInt64})
		}
	}
	if n := int64(len(entries)); n > 0 {
		least = min(least, titles/n)
	}
	sheet := apportion(titles, least, entries)
	sheet.Shares = spread(sheet, units)
	for i := range sheet.Shares {
		if areas {
			sheet.Shares[i].split(units[i])
		}
	}
	return sheet, nil
}

// split shares a unit's titles out over its two kinds of committees.
func (s *Share) split(u Unit) {
	if s.Titles == 0 {
		return
	}
	s.Urban, s.Rural = s.Titles*u.Urban/u.Committees(), s.Titles*u.Rural/u.Committees()
	if s.Urban+s.Rural == s.Titles {
		return
	}
	urban, rural := s.Titles*u.Urban%u.Committees(), s.Titles*u.Rural%u.Committees()
	if cmp.Or(cmp.Compare(urban, rural), cmp.Compare(u.Urban, u.Rural)) >= 0 {
		s.Urban++
		return
	}
	s.Rural++
}

// Claim is a unit that could use more titles.
type Claim struct {
	Code       string `json:"code"`
	Committees int64  `json:"committees"`
	Candidates int64  `json:"candidates"` // still without a title; it gets no more than so many
}

// Redistribute shares returned titles out over the units that still have candidates,
// in the same way and with the same ties. Nobody is sure of any, and nobody gets more
// than it has candidates for. What nobody can take is Left.
func Redistribute(pool int64, claims []Claim) (QuotaSheet, error) {
	if err := within("the number of titles", pool, 0, most); err != nil {
		return QuotaSheet{}, err
	}
	var units []Unit
	for _, c := range claims {
		if err := within("the number of candidates of "+c.Code, c.Candidates, 0, most); err != nil {
			return QuotaSheet{}, err
		}
		units = append(units, Unit{Code: c.Code, Urban: c.Committees})
	}
	units, err := inOrder(units)
	if err != nil {
		return QuotaSheet{}, err
	}
	claims = slices.SortedFunc(slices.Values(claims), func(a, b Claim) int { return cmp.Compare(a.Code, b.Code) })
	var entries []entry
	for _, c := range claims {
		if c.Candidates > 0 && c.Committees > 0 {
			entries = append(entries, entry{c.Code, c.Committees, c.Candidates})
		}
	}
	sheet := apportion(pool, 0, entries)
	sheet.Shares = spread(sheet, units)
	return sheet, nil
}

// inOrder returns the units by code, checked.
func inOrder(units []Unit) ([]Unit, error) {
	units = slices.SortedFunc(slices.Values(units), func(a, b Unit) int { return cmp.Compare(a.Code, b.Code) })
	var all int64
	for i, u := range units {
		err := errFirst(
			within("the number of residents' committees of "+u.Code, u.Urban, 0, most),
			within("the number of village committees of "+u.Code, u.Rural, 0, most))
		switch {
		case err != nil:
			return nil, err
		case u.Code == "":
			return nil, errors.New("a unit has no code")
		case i > 0 && units[i-1].Code == u.Code:
			return nil, fmt.Errorf("the unit %s is there twice", u.Code)
		}
		all += u.Committees()
		if err := within("the number of all committees", all, 0, most); err != nil {
			return nil, err
		}
	}
	return units, nil
}

// spread gives every unit its share, also those that took no part.
func spread(sheet QuotaSheet, units []Unit) []Share {
	titles := map[string]int64{}
	for i, r := range sheet.Rounds {
		for _, l := range r.Lines {
			if l.Fixed != NotFixed || i == len(sheet.Rounds)-1 {
				titles[l.Code] = l.Share
			}
		}
	}
	shares := make([]Share, len(units))
	for i, u := range units {
		shares[i] = Share{Code: u.Code, Titles: titles[u.Code]}
	}
	return shares
}
