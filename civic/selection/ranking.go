package selection

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Seats is what a list has to give.
type Seats struct {
	Quota   int64 `json:"quota"`
	Reserve int64 `json:"reserve"`
}

// Place is where a candidate ended, and why.
type Place struct {
	Key        string  `json:"key"`
	Rank       int64   `json:"rank"` // from 1, among those who stand and reach the line; 0 for others
	Qualifying Points  `json:"qualifying"`
	Total      Points  `json:"total"`
	Outcome    Outcome `json:"outcome"`
	Reason     Reason  `json:"reason"`
}

// Outcome is what a candidate is proposed for.
type Outcome string

// The outcomes, best first. Naming itself is the naming body's act.
const (
	IsProposed       Outcome = "proposed"
	IsReserve        Outcome = "reserve"
	IsNotRecommended Outcome = "not_recommended"
	IsBelowLine      Outcome = "below_line"
	IsVetoed         Outcome = "vetoed"
	IsStruck         Outcome = "struck"
	IsRevoked        Outcome = "revoked"
)

// Reason says why, in figures that can be put into any language.
type Reason struct {
	Code    Code     `json:"code"`
	Limit   int64    `json:"limit"`             // what the code is measured by: the quota, the reserve, the line; else 0
	Grounds []string `json:"grounds,omitempty"` // the rules or decisions behind a veto, a bar, a striking
	Instead string   `json:"instead,omitempty"` // moved up: whose place it is

	// Ahead is the nearest place above and what it was lost by: why not one better.
	// Cut is the same against the last place within the quota, for those who are not in.
	Ahead Comparison `json:"ahead,omitzero"`
	Cut   Comparison `json:"cut,omitzero"`
}

// Code is the kind of a reason.
type Code string

// The reasons.
const (
	WithinQuota      Code = "within_quota"
	InReserve        Code = "in_reserve"
	BehindReserve    Code = "behind_reserve"
	MovedUp          Code = "moved_up"
	UnderLine        Code = "under_line"
	VetoApplies      Code = "veto_applies"
	NamedRecently    Code = "named_recently"
	NoRecommendation Code = "no_recommendation"
	StruckOut        Code = "struck_out"
	TitleRevoked     Code = "title_revoked"
)

// Comparison is the one step that put a rival before a candidate: step 0 is the total,
// step n the n-th tie-break, and the one after them the key.
type Comparison struct {
	Rival  string `json:"rival"`
	Step   int64  `json:"step"`
	Figure string `json:"figure"` // total, a tie-break's figure, or key
	Mine   int64  `json:"mine"`   // both are 0 for the key
	Theirs int64  `json:"theirs"`
}

// Rank orders one list and gives every candidate its place, best first; behind the
// ranked come those below the line and then those who do not stand, in the same order
// among themselves. Candidates must be of one list: their unit and area are not looked
// at. It takes n·log n steps and leaves candidates alone.
func Rank(r Rule, s Seats, candidates []Candidate) ([]Place, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	if err := errFirst(within("the quota", s.Quota, 0, most), within("the reserve", s.Reserve, 0, most)); err != nil {
		return nil, err
	}
	for i := range candidates {
		if err := r.checkCandidate(&candidates[i]); err != nil {
			return nil, err
		}
	}
	if err := distinct(candidates); err != nil {
		return nil, err
	}
	all := make([]int32, len(candidates))
	for i := range all {
		all[i] = int32(i)
	}
	return r.rank(s, candidates, all), nil
}

// distinct refuses a key that is there twice. In order, as a sheet has them, it needs
// no memory.
func distinct(candidates []Candidate) error {
	i := 1
	for i < len(candidates) && candidates[i-1].Key < candidates[i].Key {
		i++
	}
	if i >= len(candidates) {
		return nil
	}
	seen := make(map[string]struct{}, len(candidates))
	for i := range candidates {
		if _, twice := seen[candidates[i].Key]; twice {
			return fmt.Errorf("the candidate %s is there twice", candidates[i].Key)
		}
		seen[candidates[i].Key] = struct{}{}
	}
	return nil
}

// runner is what the sorting needs of a candidate, side by side in memory: with it,
// the candidates themselves are looked up for double ties only. All of it sorts upwards.
type runner struct {
	lost  int64 // the total, negative
	first int64 // the first tie-break's figure, negative if more is better
	index int32
	class int8
}

// The classes of a list, in order.
const (
	ranked int8 = iota
	underLine
	out
)

func (r Rule) runner(c *Candidate, index int32) runner {
	x := runner{lost: -int64(r.Total(c.Base, c.Bonus, c.Penalty)), index: index, class: ranked}
	if len(r.TieBreaks) > 0 {
		x.first = c.Figures[0]
		if r.TieBreaks[0].Prefer == More {
			x.first = -x.first
		}
	}
	switch {
	case c.Standing != Stands:
		x.class = out
	case r.Qualifying(c.Base, c.Penalty) < r.Line:
		x.class = underLine
	}
	return x
}

// rank orders the candidates with these indices.
func (r Rule) rank(s Seats, candidates []Candidate, indices []int32) []Place {
	order := make([]runner, len(indices))
	for i, at := range indices {
		order[i] = r.runner(&candidates[at], at)
	}
	slices.SortFunc(order, func(a, b runner) int {
		switch {
		case a.class != b.class:
			return cmp.Compare(a.class, b.class)
		case a.lost != b.lost:
			return cmp.Compare(a.lost, b.lost)
		case a.first != b.first:
			return cmp.Compare(a.first, b.first)
		}
		d, _ := r.breakTie(&candidates[a.index], &candidates[b.index])
		return d
	})
	places := make([]Place, len(order))
	for i, x := range order {
		c := &candidates[x.index]
		places[i] = Place{Key: c.Key, Qualifying: r.Qualifying(c.Base, c.Penalty), Total: Points(-x.lost)}
		if x.class != ranked {
			places[i].Outcome, places[i].Reason = r.unranked(c, x.class)
			continue
		}
		p := &places[i]
		p.Rank = int64(i + 1)
		p.Outcome, p.Reason = s.outcome(p.Rank)
		if i > 0 {
			p.Reason.Ahead = r.compare(candidates, x, order[i-1])
		}
		if p.Rank > s.Quota && s.Quota > 0 {
			p.Reason.Cut = r.compare(candidates, x, order[s.Quota-1])
		}
	}
	return places
}

// breakTie compares two candidates with equal totals, negative if a is before b, and
// says at which step it was decided, from 1.
func (r Rule) breakTie(a, b *Candidate) (order, step int) {
	for i, t := range r.TieBreaks {
		d := cmp.Compare(a.Figures[i], b.Figures[i])
		if t.Prefer == More {
			d = -d
		}
		if d != 0 {
			return d, i + 1
		}
	}
	return strings.Compare(a.Key, b.Key), len(r.TieBreaks) + 1
}

// compare says by what a rival is before a candidate of the same class.
func (r Rule) compare(candidates []Candidate, mine, theirs runner) Comparison {
	m, t := &candidates[mine.index], &candidates[theirs.index]
	if mine.lost != theirs.lost {
		return Comparison{t.Key, 0, ByTotal, -mine.lost, -theirs.lost}
	}
	_, step := r.breakTie(m, t)
	if step > len(r.TieBreaks) {
		return Comparison{Rival: t.Key, Step: int64(step), Figure: ByKey}
	}
	return Comparison{t.Key, int64(step), r.TieBreaks[step-1].Figure, m.Figures[step-1], t.Figures[step-1]}
}

// outcome is what a rank is worth.
func (s Seats) outcome(rank int64) (Outcome, Reason) {
	switch {
	case rank <= s.Quota:
		return IsProposed, Reason{Code: WithinQuota, Limit: s.Quota}
	case rank <= s.Quota+s.Reserve:
		return IsReserve, Reason{Code: InReserve, Limit: s.Reserve}
	}
	return IsNotRecommended, Reason{Code: BehindReserve, Limit: s.Quota + s.Reserve}
}

// unranked is the outcome of a candidate that has no rank.
func (r Rule) unranked(c *Candidate, class int8) (Outcome, Reason) {
	switch {
	case class == underLine:
		return IsBelowLine, Reason{Code: UnderLine, Limit: int64(r.Line)}
	case c.Standing == Vetoed:
		return IsVetoed, Reason{Code: VetoApplies, Grounds: c.Grounds}
	case c.Standing == Barred:
		return IsNotRecommended, Reason{Code: NamedRecently, Grounds: c.Grounds}
	}
	return IsNotRecommended, Reason{Code: NoRecommendation, Grounds: c.Grounds}
}
