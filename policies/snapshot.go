package policies

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lizheng/civic"
)

// snapshot is everything a decision needs, as it stood at one moment. It never changes: a newer one takes its place.
type snapshot struct {
	rules    *rulebook
	readAt   time.Time
	grants   map[string][]civic.Grant  // by the person who holds them
	deputies map[string][]civic.Deputy // by the person who stands in
}

func newSnapshot(rules *rulebook, readAt time.Time, grants []civic.Grant, deputies []civic.Deputy) (*snapshot, error) {
	s := &snapshot{rules: rules, readAt: readAt, grants: map[string][]civic.Grant{}, deputies: map[string][]civic.Deputy{}}
	for _, g := range grants {
		if !wellFormed(g.Person) || !wellFormed(g.Unit) {
			return nil, fmt.Errorf("grant %q: %q in %q is no person in a unit", g.ID, g.Person, g.Unit)
		}
		s.grants[g.Person] = append(s.grants[g.Person], g)
	}
	for _, d := range deputies {
		if !wellFormed(d.Person) || !wellFormed(d.Principal) {
			return nil, fmt.Errorf("deputy %q: %q for %q are no two persons", d.ID, d.Person, d.Principal)
		}
		s.deputies[d.Person] = append(s.deputies[d.Person], d)
	}
	for _, of := range s.grants { // whatever order they came in, the same grant decides
		slices.SortFunc(of, func(a, b civic.Grant) int { return strings.Compare(a.ID, b.ID) })
	}
	return s, nil
}

// roles are those the person holds at that instant.
func (s *snapshot) roles(person string, at time.Time) []civic.Role {
	var out []civic.Role
	for _, g := range s.grants[person] {
		if g.InForce(at) {
			out = append(out, g.Role)
		}
	}
	return out
}

// principals are those for whom the person stands in at that instant. It does not pass on: a deputy's deputy is nobody.
func (s *snapshot) principals(person string, at time.Time) []string {
	var out []string
	for _, d := range s.deputies[person] {
		if d.Principal != person && standsIn(d, at) && !slices.Contains(out, d.Principal) {
			out = append(out, d.Principal)
		}
	}
	slices.Sort(out)
	return out
}

func standsIn(d civic.Deputy, at time.Time) bool {
	return !at.Before(d.From) && at.Before(d.Until) && (d.EndedAt == nil || at.Before(*d.EndedAt))
}

// asker is one person at one instant.
type asker struct {
	*snapshot
	now    time.Time
	person string
}

// candidate is one way in which the asker could act: as anybody signed in, under a grant, or for a principal under theirs.
type candidate struct {
	grant     civic.Grant
	principal string
}

func (c candidate) role() string {
	if c.grant.Role == "" {
		return signedIn
	}
	return string(c.grant.Role)
}

// own are the ways in which the asker acts for themselves.
func (a *asker) own() []candidate {
	out := []candidate{{}}
	for _, g := range a.grants[a.person] {
		if g.InForce(a.now) {
			out = append(out, candidate{grant: g})
		}
	}
	return out
}

// others are the ways in which the asker acts for somebody else, principal by principal.
func (a *asker) others() [][]candidate {
	var out [][]candidate
	for _, principal := range a.principals(a.person, a.now) {
		var of []candidate
		for _, g := range a.grants[principal] {
			if g.InForce(a.now) {
				of = append(of, candidate{g, principal})
			}
		}
		out = append(out, of)
	}
	return out
}

// all are the asker's own ways first, then those for somebody else.
func (a *asker) all() []candidate {
	return append(a.own(), slices.Concat(a.others()...)...)
}

func (a *asker) facts(c candidate, what *civic.Subject) *facts {
	return &facts{snapshot: a.snapshot, now: a.now, actor: a.person, principal: c.principal, grant: c.grant, what: what}
}
