package selection

import (
	"cmp"
	"fmt"
	"slices"
)

// Appraisal is everything that a selection depends on. Its order means nothing,
// except that of the strikes.
type Appraisal struct {
	Subject    string      `json:"subject"` // what it is about, such as "appraisal/2026"
	Rule       Rule        `json:"rule"`
	Units      []Unit      `json:"units"`
	Candidates []Candidate `json:"candidates"`
	Strikes    []Strike    `json:"strikes"` // in the order in which they were decided
}

// Selection is what follows from an appraisal. Proposed and Shortfall add up to the
// rule's titles, always.
type Selection struct {
	Quota     QuotaSheet   `json:"quota"`
	Returns   []ReturnedTo `json:"returns"` // by area; none if nothing was returned
	Lists     []List       `json:"lists"`   // by unit, then urban before rural
	Proposed  int64        `json:"proposed"`
	Shortfall int64        `json:"shortfall"` // titles without a candidate
}

// ReturnedTo is the pool of titles that lists of one area had no candidate for, and
// who got them. Areas do not help each other out.
type ReturnedTo struct {
	Area  Area       `json:"area"`
	Sheet QuotaSheet `json:"sheet"`
}

// List is the ranking of one unit, or of one area of it. Shares add up to the quota;
// a list's shortfall is what stayed with it: titles not returned, or struck places that
// nobody was left for.
type List struct {
	Unit      string  `json:"unit"`
	Area      Area    `json:"area"`
	Share     int64   `json:"share"`    // what the quota gave it
	Returned  int64   `json:"returned"` // to the pool
	Gained    int64   `json:"gained"`   // from the pool
	Seats     Seats   `json:"seats"`    // share - returned + gained, and the reserve to it
	Proposed  int64   `json:"proposed"`
	Shortfall int64   `json:"shortfall"`
	Places    []Place `json:"places"`

	committees int64
	candidates []int32
	standing   int64 // how many reach the line
}

// Select makes the selection. The result does not depend on the order of units or
// candidates. Candidates of a unit that is not listed are an error.
func Select(a Appraisal) (Selection, error) {
	if err := a.Rule.Check(); err != nil {
		return Selection{}, err
	}
	quota, err := Allocate(a.Rule.Titles, a.Rule.Least, a.Rule.Areas, a.Units)
	if err != nil {
		return Selection{}, err
	}
	s := Selection{Quota: quota, Returns: []ReturnedTo{}, Lists: lists(a, quota)}
	if err := s.enlist(a); err != nil {
		return Selection{}, err
	}
	if a.Rule.Return {
		if err := s.giveBack(a.Rule); err != nil {
			return Selection{}, err
		}
	}
	for i := range s.Lists {
		l := &s.Lists[i]
		l.Seats.Quota = l.Share - l.Returned + l.Gained
		l.Seats.Reserve = a.Rule.ReserveOf(l.Seats.Quota)
		l.Places = a.Rule.rank(l.Seats, a.Candidates, l.candidates)
		l.candidates = nil // positions in what was given mean nothing outside
		l.count()
	}
	for _, strike := range a.Strikes {
		if err := s.strike(strike); err != nil {
			return Selection{}, err
		}
	}
	for _, l := range s.Lists {
		s.Proposed += l.Proposed
	}
	s.Shortfall = a.Rule.Titles - s.Proposed
	return s, nil
}

// lists makes the empty lists with their shares.
func lists(a Appraisal, quota QuotaSheet) []List {
	units := slices.SortedFunc(slices.Values(a.Units), func(x, y Unit) int { return cmp.Compare(x.Code, y.Code) })
	all := []List{}
	for i, u := range units {
		share := quota.Shares[i]
		if !a.Rule.Areas {
			all = append(all, List{Unit: u.Code, Share: share.Titles, committees: u.Committees()})
			continue
		}
		all = append(all,
			List{Unit: u.Code, Area: Urban, Share: share.Urban, committees: u.Urban},
			List{Unit: u.Code, Area: Rural, Share: share.Rural, committees: u.Rural})
	}
	return all
}

// enlist puts every candidate on its list.
func (s *Selection) enlist(a Appraisal) error {
	if err := distinct(a.Candidates); err != nil {
		return err
	}
	type place struct {
		unit string
		area Area
	}
	at := make(map[place]*List, len(s.Lists))
	for i := range s.Lists {
		at[place{s.Lists[i].Unit, s.Lists[i].Area}] = &s.Lists[i]
	}
	for i := range a.Candidates {
		c := &a.Candidates[i]
		if err := a.Rule.checkCandidate(c); err != nil {
			return err
		}
		where := place{unit: c.Unit}
		if a.Rule.Areas {
			where.area = c.Area
		}
		l := at[where]
		if l == nil {
			return fmt.Errorf("%s is of the unit %q, which is not listed", c.Key, c.Unit)
		}
		l.candidates = append(l.candidates, int32(i))
		if a.Rule.runner(c, int32(i)).class == ranked {
			l.standing++
		}
	}
	return nil
}

// giveBack returns the titles that lists have no candidate for to lists that have
// more candidates than titles, area by area.
func (s *Selection) giveBack(r Rule) error {
	areas := []Area{Whole}
	if r.Areas {
		areas = []Area{Urban, Rural}
	}
	for _, area := range areas {
		pool, claims := int64(0), []Claim{}
		for i := range s.Lists {
			l := &s.Lists[i]
			if l.Area != area {
				continue
			}
			l.Returned = max(0, l.Share-l.standing)
			pool += l.Returned
			claims = append(claims, Claim{l.Unit, l.committees, max(0, l.standing-l.Share)})
		}
		if pool == 0 {
			continue
		}
		sheet, err := Redistribute(pool, claims)
		if err != nil {
			return err
		}
		s.Returns = append(s.Returns, ReturnedTo{area, sheet})
		s.gain(area, sheet)
	}
	return nil
}

// gain books what the pool gave.
func (s *Selection) gain(area Area, sheet QuotaSheet) {
	next := 0 // shares are by code, as the lists of an area are
	for i := range s.Lists {
		if s.Lists[i].Area == area {
			s.Lists[i].Gained = sheet.Shares[next].Titles
			next++
		}
	}
}

// count counts the proposed, never more than there are seats.
func (l *List) count() {
	l.Proposed = 0
	for i := range l.Places {
		if l.Places[i].Outcome == IsProposed {
			l.Proposed++
		}
	}
	l.Shortfall = l.Seats.Quota - l.Proposed
}
