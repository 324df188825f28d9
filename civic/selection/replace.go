package selection

import (
	"fmt"
	"slices"
)

// Strike takes one candidate out after the ranking.
type Strike struct {
	Key     string   `json:"key"`
	Kind    Outcome  `json:"kind"`    // struck, before the naming; revoked, after it
	Grounds []string `json:"grounds"` // the decision, the objection
}

// Replace takes one candidate out of the list and, if it was proposed, moves the
// first of the reserve up; it leaves the list given to it alone. Ranks and everybody
// else's outcome stay as they were published. With nobody left in the reserve the list
// has a shortfall: there are never more proposed than before, and never more than seats.
//
// Only somebody proposed or in the reserve can be struck, and only once; only somebody
// proposed can lose a title.
func (l List) Replace(s Strike) (List, error) {
	if s.Kind != IsStruck && s.Kind != IsRevoked {
		return List{}, fmt.Errorf("nobody can be %q", s.Kind)
	}
	at := slices.IndexFunc(l.Places, func(p Place) bool { return p.Key == s.Key })
	if at < 0 {
		return List{}, fmt.Errorf("%s is not on the list", s.Key)
	}
	l.Places = slices.Clone(l.Places)
	gone := &l.Places[at]
	before := gone.Outcome
	if before != IsProposed && (before != IsReserve || s.Kind == IsRevoked) {
		return List{}, fmt.Errorf("%s is %s and cannot be %s", s.Key, before, s.Kind)
	}
	gone.Outcome = s.Kind
	gone.Reason = Reason{Code: StruckOut, Grounds: s.Grounds}
	if s.Kind == IsRevoked {
		gone.Reason.Code = TitleRevoked
	}
	if next := slices.IndexFunc(l.Places, func(p Place) bool { return p.Outcome == IsReserve }); before == IsProposed && next >= 0 {
		up := &l.Places[next]
		up.Outcome = IsProposed
		up.Reason.Code, up.Reason.Limit, up.Reason.Instead = MovedUp, l.Seats.Quota, s.Key
	}
	l.count()
	return l, nil
}

// strike replaces on whichever list the candidate is.
func (s *Selection) strike(strike Strike) error {
	for i := range s.Lists {
		if !slices.ContainsFunc(s.Lists[i].Places, func(p Place) bool { return p.Key == strike.Key }) {
			continue
		}
		l, err := s.Lists[i].Replace(strike)
		if err != nil {
			return err
		}
		s.Lists[i] = l
		return nil
	}
	return fmt.Errorf("%s is not a candidate", strike.Key)
}
