package civic

import (
	"context"
	"time"

	"lizheng/civic/names"
)

// Grants lists the grants that the actor may see: all, or their own; the latest first.
func (d *Desk) Grants(ctx context.Context, who Actor, f GrantFilter, p Page) (Part[GrantView], error) {
	scope, err := d.scope(ctx, who, "grant")
	if err != nil {
		return Part[GrantView]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[GrantView]{}, err
	}
	list, err := d.Record.GrantList(ctx, GrantQuery{Scope: scope, GrantFilter: f, Window: w})
	if err != nil {
		return Part[GrantView]{}, err
	}
	var persons []string
	for _, g := range list {
		persons = append(persons, g.Person, g.GrantedBy, g.ConfirmedBy)
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return Part[GrantView]{}, err
	}
	found := part(list, w, func(g GrantRow) Cursor { return Cursor{At: g.GrantedAt, ID: g.ID} })
	out := reshape(found, func(g GrantRow) GrantView { return grantView(g, words, d.Record.Now()) })
	for i := range out.Items {
		if err := d.confirmable(ctx, who, &out.Items[i]); err != nil {
			return Part[GrantView]{}, err
		}
	}
	return out, nil
}

func grantView(g GrantRow, l lexicon, at time.Time) GrantView {
	return GrantView{Grant: g.Grant, SeatView: l.seat(Seat{Role: g.Role, Unit: g.Unit}), PersonView: l.person(g.Person), GrantedView: l.person(g.GrantedBy),
		ConfirmView: l.personOrNone(g.ConfirmedBy), InForce: g.InForce(at), GrantedAt: g.GrantedAt}
}

// confirmable finds out whether the actor may be the second person of a grant.
func (d *Desk) confirmable(ctx context.Context, who Actor, v *GrantView) error {
	if v.ConfirmedBy != "" || v.RevokedAt != nil {
		return nil
	}
	_, err := d.Policy.Decide(ctx, who, "confirm", v.subject())
	if err != nil && AsRefusal(err) == nil {
		return err
	}
	v.Confirmable = err == nil
	return nil
}

// subject is the grant as a policy looks at it: its person, its unit, and who proposed it.
func (g Grant) subject() Subject {
	return Subject{Object: "grant", Person: g.Person, Unit: g.Unit, Applicant: g.GrantedBy, Readers: []string{g.Person}}
}

// ProposeGrant proposes that a person holds a role in a unit. It counts once a second person has confirmed it.
func (d *Desk) ProposeGrant(ctx context.Context, who Actor, key string, n NewGrant) (Grant, error) {
	o := order{object: "grant", act: "propose", key: key, about: "person:" + clip(n.Person), content: n,
		subject: Subject{Person: n.Person, Unit: n.Unit, Applicant: who.Person, Readers: []string{n.Person}}}
	return carry(ctx, d, who, o, func(deed Deed) (Grant, error) {
		atlas, err := d.Record.Atlas(ctx)
		if err != nil {
			return Grant{}, err
		}
		if err := n.check(atlas, who, d.Record.Now()); err != nil {
			return Grant{}, err
		}
		return d.Record.ProposeGrant(ctx, deed, n)
	})
}

func (n NewGrant) check(atlas *Atlas, who Actor, at time.Time) error {
	unit, ok := atlas.Unit(n.Unit)
	from := n.From
	if from.IsZero() {
		from = at
	}
	switch {
	case n.Person == who.Person:
		return Refuse(Forbidden, "about_oneself", "不得给自己授权。", "Nobody grants to themselves.").At("person").By("grant.two_persons")
	case !n.Role.Known():
		return Refuse(Invalid, "unknown_role", "没有这个岗位。", "There is no such role.").At("role")
	case !ok || !unit.Stands(from):
		return Refuse(Invalid, "no_such_unit", "没有这个单位，或该单位已撤销。", "There is no such unit, or it no longer stands.").At("unit")
	case from.Before(startOfDay(at)):
		return Refuse(Invalid, "bad_date", "生效日期不得早于今天。", "It may take effect today or later, not before.").At("from")
	case n.Until != nil && !n.Until.After(from):
		return Refuse(Invalid, "bad_date", "终止日期应晚于生效日期。", "It must end after it begins.").At("until")
	}
	return nil
}

// onGrant carries out something about a grant that the actor may see.
func (d *Desk) onGrant(ctx context.Context, who Actor, act, key, id, content string, do func(Deed) (Grant, error)) (Grant, error) {
	if err := signedIn(who); err != nil {
		return Grant{}, err
	}
	g, err := d.Record.GrantByID(ctx, id)
	if err != nil {
		return Grant{}, err
	}
	o := order{object: "grant", act: act, key: key, about: "grant:" + g.ID, content: content, subject: g.subject()}
	return carry(ctx, d, who, o, do)
}

// ConfirmGrant makes a proposed grant count. Neither its proposer nor its person may confirm it.
func (d *Desk) ConfirmGrant(ctx context.Context, who Actor, key, id string) (Grant, error) {
	return d.onGrant(ctx, who, "confirm", key, id, "", func(deed Deed) (Grant, error) { return d.Record.ConfirmGrant(ctx, deed, id) })
}

// RevokeGrant ends a grant, or a proposal, at once. The reason is mandatory.
func (d *Desk) RevokeGrant(ctx context.Context, who Actor, key, id, reason string) (Grant, error) {
	if reason == "" || names.Valid(reason, maxText) != nil {
		return Grant{}, missing("reason", "理由", "the reason")
	}
	return d.onGrant(ctx, who, "revoke", key, id, reason, func(deed Deed) (Grant, error) { return d.Record.RevokeGrant(ctx, deed, id, reason) })
}

// Deputies lists the deputyships that the actor may see: all, or those in which they are principal or deputy.
func (d *Desk) Deputies(ctx context.Context, who Actor, p Page) (Part[DeputyView], error) {
	scope, err := d.scope(ctx, who, "deputy")
	if err != nil {
		return Part[DeputyView]{}, err
	}
	w, err := p.window()
	if err != nil {
		return Part[DeputyView]{}, err
	}
	list, err := d.Record.DeputyList(ctx, scope, w)
	if err != nil {
		return Part[DeputyView]{}, err
	}
	var persons []string
	for _, x := range list {
		persons = append(persons, x.Person, x.Principal)
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return Part[DeputyView]{}, err
	}
	at := d.Record.Now()
	return reshape(part(list, w, func(x Deputy) Cursor { return Cursor{At: x.From, ID: x.ID} }), func(x Deputy) DeputyView {
		return DeputyView{Deputy: x, PrincipalView: words.person(x.Principal), PersonView: words.person(x.Person),
			InForce: x.EndedAt == nil && !at.Before(x.From) && at.Before(x.Until)}
	}), nil
}

// maxAbsence is how long one deputyship lasts at most, in days: half a year, then it is looked at again.
const maxAbsence = 183

// NameDeputy names who stands in for the principal for a time: for what is in the inbox already and for what comes. The
// deputy carries the principal's bars besides their own.
func (d *Desk) NameDeputy(ctx context.Context, who Actor, key string, n NewDeputy) (Deputy, error) {
	at := d.Record.Now()
	from := n.From
	if from.IsZero() {
		from = at
	}
	switch {
	case n.Person == n.Principal:
		return Deputy{}, Refuse(Invalid, "no_such_person", "代理人不能是本人。", "Nobody stands in for themselves.").At("person")
	case from.Before(startOfDay(at)) || !n.Until.After(from) || n.Until.After(from.AddDate(0, 0, maxAbsence)):
		return Deputy{}, Refuse(Invalid, "bad_date", "代理应从今天或以后开始，最长半年。", "It begins today or later and lasts half a year at most.").At("until").With("max_days", maxAbsence)
	}
	o := order{object: "deputy", act: "name", key: key, about: "person:" + clip(n.Principal), content: n,
		subject: Subject{Person: n.Principal, Applicant: n.Person, Readers: []string{n.Principal, n.Person}}}
	return carry(ctx, d, who, o, func(deed Deed) (Deputy, error) { return d.Record.NameDeputy(ctx, deed, n) })
}

// EndDeputy ends a deputyship at once.
func (d *Desk) EndDeputy(ctx context.Context, who Actor, key, id string) (Deputy, error) {
	if err := signedIn(who); err != nil {
		return Deputy{}, err
	}
	x, err := d.Record.DeputyByID(ctx, id)
	if err != nil {
		return Deputy{}, err
	}
	o := order{object: "deputy", act: "end", key: key, about: "deputy:" + x.ID, content: x.ID,
		subject: Subject{Person: x.Principal, Applicant: x.Person, Readers: []string{x.Principal, x.Person}}}
	return carry(ctx, d, who, o, func(deed Deed) (Deputy, error) { return d.Record.EndDeputy(ctx, deed, id) })
}
