package policies

import (
	"context"
	"fmt"
	"slices"

	"lizheng/civic"
)

// Scope is what the person may list of an object: made of the same rules as Decide(…, "read", …), and agreeing with it.
// Drafts are listed by the scope of "draft", never by that of "case".
func (p *Policies) Scope(_ context.Context, who civic.Actor, object string) (civic.Scope, error) {
	a, err := p.asker(who)
	if err != nil {
		return civic.Scope{}, err
	}
	return a.scope(object)
}

func (a *asker) scope(object string) (civic.Scope, error) {
	g := a.rules.groups[[2]string{object, "read"}]
	if g == nil {
		return civic.Scope{}, fmt.Errorf("nobody can list %q", object)
	}
	var s civic.Scope
	if barred, err := a.extend(&s, g, a.own()); barred || err != nil {
		return civic.Scope{}, err
	}
	for _, of := range a.others() {
		if _, err := a.extend(&s, g, of); err != nil {
			return civic.Scope{}, err
		}
	}
	slices.Sort(s.Units)
	s.Units = slices.Compact(s.Units)
	return s, nil
}

// extend adds what the rules let candidates read that stand or fall together, or reports that a bar stands against them.
func (a *asker) extend(s *civic.Scope, g *group, candidates []candidate) (barred bool, err error) {
	var with civic.Scope
	for _, c := range candidates {
		if !g.roles[c.role()] {
			continue
		}
		f := a.facts(c, &civic.Subject{})
		for _, r := range g.rules {
			if !r.concerns(c.role(), anyone) {
				continue
			}
			if r.Effect == allow {
				grounds[r.Condition].bound(f, &with)
				continue
			}
			if barred, err := bars[r.Condition].holds(f); barred || err != nil {
				return true, err
			}
		}
	}
	s.All = s.All || with.All
	s.Units = append(s.Units, with.Units...)
	if with.Person != "" {
		s.Person = with.Person
	}
	return false, nil
}

// Seats are those for which the person may answer today: their own first, then those of whom they stand in for.
// A seat here is a role in a unit; one that names a person is theirs if it names the principal, else the asker.
func (p *Policies) Seats(_ context.Context, who civic.Actor) ([]civic.SeatOf, error) {
	a, err := p.asker(who)
	if err != nil {
		return nil, err
	}
	var out []civic.SeatOf
	for _, c := range a.all() {
		if c.grant.Role == "" || c.grant.Role.Administers() {
			continue
		}
		two, err := twoHats(a.facts(c, &civic.Subject{}))
		if err != nil {
			return nil, err
		}
		if two {
			continue
		}
		out = append(out, civic.SeatOf{Seat: civic.Seat{Role: c.grant.Role, Unit: c.grant.Unit}, Grant: c.grant.ID, Principal: c.principal})
	}
	return out, nil
}
