package policies

import (
	"cmp"
	"context"
	"fmt"

	"lizheng/civic"
)

// question is one act, asked about by one person.
type question struct {
	*asker
	act   string
	step  string // of a task, * otherwise
	what  *civic.Subject
	group *group
}

// Decide allows the act on the subject, or refuses it naming the rule. What the person may not read is not found.
// A person acts under a grant of their own if one serves, else for somebody they stand in for.
func (p *Policies) Decide(_ context.Context, who civic.Actor, act string, what civic.Subject) (civic.Permit, error) {
	q, err := p.question(who, act, what)
	if err != nil {
		return civic.Permit{}, err
	}
	permit, err := q.judge()
	if err != nil && civic.AsRefusal(err) == nil {
		return civic.Permit{}, err
	}
	hidden, hidingErr := q.hidden(err != nil)
	switch {
	case hidingErr != nil:
		return civic.Permit{}, hidingErr
	case hidden:
		return civic.Permit{}, civic.ErrNotFound()
	case err != nil:
		return civic.Permit{}, err
	}
	return permit, nil
}

// question makes sure that everything asked about is known: an act is a word of the vocabulary, never a pattern or a path.
func (p *Policies) question(who civic.Actor, act string, what civic.Subject) (*question, error) {
	a, err := p.asker(who)
	if err != nil {
		return nil, err
	}
	if act == "read" {
		what.Object = readAs(&what)
	}
	q := &question{asker: a, act: act, step: anyone, what: &what, group: a.rules.groups[[2]string{what.Object, act}]}
	if q.group == nil {
		return nil, fmt.Errorf("the object %q knows no act %q", what.Object, act)
	}
	if object := what.Object; object == "draft" || object == "case" { // rules may speak of one procedure alone
		q.step = cmp.Or(string(what.Procedure), anyone)
	}
	if what.Object == "task" {
		q.step = what.Step
		if _, known := civic.Definitions[what.Procedure].Step(what.Step); !known {
			return nil, fmt.Errorf("the procedure %q knows no step %q", what.Procedure, what.Step)
		}
	}
	return q, nil
}

// judge asks casbin about every way in which the person could act. A bar against the person outweighs whatever any of
// their roles allows; a bar against a principal takes only that principal's rights away.
func (q *question) judge() (civic.Permit, error) {
	permit, refusal, err := q.weigh(q.own())
	if err != nil || refusal != nil && refusal.barred {
		return civic.Permit{}, q.answer(refusal, err)
	}
	if permit != nil {
		return *permit, nil
	}
	for _, of := range q.others() {
		permit, other, err := q.weigh(of)
		if err != nil {
			return civic.Permit{}, err
		}
		if permit != nil {
			return *permit, nil
		}
		if other.graverThan(refusal) {
			refusal = other
		}
	}
	return civic.Permit{}, q.answer(refusal, nil)
}

// weigh asks about candidates that stand or fall together: the first permit, or the gravest refusal; neither when no
// rule speaks of their roles.
func (q *question) weigh(candidates []candidate) (*civic.Permit, *refused, error) {
	var permit *civic.Permit
	var missed *refused
	for _, c := range candidates {
		if !q.group.roles[c.role()] {
			continue
		}
		f := q.facts(c, q.what)
		allowed, by, err := q.group.enforce(f, c.role(), q.step)
		switch {
		case err != nil:
			return nil, nil, err
		case by != nil && !allowed:
			return nil, &refused{rule: *by, facts: f, barred: true}, nil
		case allowed && permit == nil:
			permit = &civic.Permit{Rule: by.ID(), Grant: c.grant.ID, Principal: c.principal}
		case !allowed:
			if m := q.missed(c, f); m.graverThan(missed) {
				missed = m
			}
		}
	}
	return permit, missed, nil
}

// missed finds the rule that would have allowed it, had its condition held.
func (q *question) missed(c candidate, f *facts) *refused {
	for _, r := range q.group.rules {
		if r.Effect == allow && r.Role == c.role() && r.concerns(c.role(), q.step) {
			return &refused{rule: r, facts: f}
		}
	}
	return nil
}

// hidden reports whether the person may not even know of the thing. Some acts need no sight of it; a refusal always does.
func (q *question) hidden(refused bool) (bool, error) {
	o, _ := objectNamed(q.what.Object)
	key := [2]string{q.what.Object, q.act}
	if !o.Hidden || fresh[key] || !refused && blind[key] {
		return false, nil
	}
	scope, err := q.scope(readAs(q.what))
	return err == nil && !scope.Covers(parties(q.what), readers(q.what)), err
}

// readAs is the object whose rules say who may read the thing: until it is filed, a case is its department's draft;
// from then on, the request is the case's.
func readAs(w *civic.Subject) string {
	switch {
	case w.Object == "case" && w.State == civic.Draft:
		return "draft"
	case w.Object == "draft" && w.State != civic.Draft && w.State != "":
		return "case"
	}
	return w.Object
}
