package civic

import (
	"context"
	"slices"

	"lizheng/civic/space"
)

// NewProject begins a project as a draft of a unit (D2).
func (d *Desk) NewProject(ctx context.Context, who Actor, key, unit string, form HousingForm) (DraftMade, error) {
	h := &Housing{HousingForm: form}
	if err := h.Storable(); err != nil {
		return DraftMade{}, err
	}
	return d.newCase(ctx, who, key, NewCase{Procedure: HousingProcedure, Unit: unit, Matter: h})
}

// newCase begins a case of a procedure as its unit's draft. What the procedure has against it is looked at once the policy allows it.
func (d *Desk) newCase(ctx context.Context, who Actor, key string, c NewCase, rules ...func() error) (DraftMade, error) {
	o := order{object: "draft", act: "create", key: key, about: "unit:" + clip(c.Unit),
		subject: Subject{Procedure: c.Procedure, State: Draft, Unit: c.Unit, Applicant: who.Person, Parties: []string{c.Unit}},
		content: map[string]any{"procedure": c.Procedure, "unit": c.Unit, "parent": c.Parent, "form": c.Matter}}
	return carry(ctx, d, who, o, func(deed Deed) (DraftMade, error) {
		for _, rule := range rules {
			if err := rule(); err != nil {
				return DraftMade{}, err
			}
		}
		return d.Record.OpenCase(ctx, deed, c)
	})
}

// SaveProject saves the form of a project that is still a draft.
func (d *Desk) SaveProject(ctx context.Context, who Actor, caseID string, seen int, form HousingForm) (int, error) {
	h := &Housing{HousingForm: form}
	return d.saveMatter(ctx, who, HousingProcedure, caseID, seen, h)
}

// saveMatter saves a draft's matter, if it is still at the revision that was seen.
func (d *Desk) saveMatter(ctx context.Context, who Actor, p Procedure, caseID string, seen int, m Matter) (int, error) {
	f, err := d.fileOf(ctx, who, p, caseID)
	if err != nil {
		return 0, err
	}
	if f.Case.State != Draft {
		return 0, Refuse(Conflict, "not_editable", "申请已提交，不能修改。", "The request has been submitted and can no longer be changed.").With("state", string(f.Case.State))
	}
	if err := m.Storable(); err != nil {
		return 0, err
	}
	o := order{object: "draft", act: "edit", about: "case:" + f.Case.ID, subject: f.asDraft(), keyless: true}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		return d.Record.SaveMatter(ctx, deed, p, caseID, seen, m)
	})
}

// fileOf reads a case of one procedure: another's is not there.
func (d *Desk) fileOf(ctx context.Context, who Actor, p Procedure, caseID string) (CaseFile, error) {
	f, err := d.file(ctx, who, caseID)
	if err == nil && f.Case.Procedure != p {
		return f, ErrNotFound()
	}
	return f, err
}

// DiscardOf removes a draft of one procedure.
func (d *Desk) DiscardOf(ctx context.Context, who Actor, p Procedure, caseID string) error {
	if _, err := d.fileOf(ctx, who, p, caseID); err != nil {
		return err
	}
	return d.Discard(ctx, who, caseID)
}

// Projects lists the projects that the actor may see, as Cases does cases.
func (d *Desk) Projects(ctx context.Context, who Actor, f ProjectFilter, p Page) (Part[ProjectLine], error) {
	if _, err := p.window(); err != nil {
		return Part[ProjectLine]{}, err
	}
	return d.projects(ctx, who, f, p)
}

// projects is a part of the list, which may be longer than a page.
func (d *Desk) projects(ctx context.Context, who Actor, f ProjectFilter, p Page) (Part[ProjectLine], error) {
	var none Part[ProjectLine]
	s, err := d.sight(ctx, who)
	if err != nil {
		return none, err
	}
	filter := CaseFilter{States: f.States, Procedure: HousingProcedure, Text: f.Text, Overdue: f.Overdue}
	cases, err := filter.query(s, who, p)
	if err != nil {
		return none, err
	}
	q := ProjectQuery{CaseQuery: cases, Developer: f.Developer}
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return none, err
	}
	if f.District != "" {
		q.Communities = atlas.CommunitiesOf(f.District, d.Record.Now())
	}
	list, err := d.Record.Projects(ctx, q)
	if err != nil {
		return none, err
	}
	found := part(list, q.Window, func(r ProjectRow) Cursor {
		switch {
		case f.Overdue:
			return Cursor{At: *r.Case.DueAt, Seq: r.Case.Seq}
		case q.Number != "":
			return Cursor{Text: r.Case.Number}
		}
		return Cursor{Seq: r.Case.Seq}
	})
	var persons []string
	for _, r := range found.Items {
		persons = append(persons, r.Case.Applicant)
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return none, err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return none, err
	}
	return reshape(found, func(r ProjectRow) ProjectLine { return projectLine(r, words, clocks) }), nil
}

func projectLine(r ProjectRow, l lexicon, k clocks) ProjectLine {
	h := r.Project
	line := ProjectLine{CaseLine: caseLine(r.Case, l, k), Developer: l.unitOrNone(h.Developer), Community: l.regionOrNone(h.Community),
		District: l.regionOrNone(l.atlas.District(h.Community, k.now)), Households: h.Households, Areas: h.Areas}
	if n := len(h.Gates); n > 0 {
		line.Gate = h.Gates[n-1].Gate
	}
	for _, o := range h.Orders {
		if o.State == OrderOpen {
			line.OpenOrders++
		}
	}
	if r.Case.State == Settling && h.Settlement != nil {
		if b, err := h.Settlement.Balance(); err == nil {
			line.Owed = &b.Open
		}
	}
	return line
}

// Project is everything about a project, with what the actor may do now.
func (d *Desk) Project(ctx context.Context, who Actor, caseID string) (ProjectView, error) {
	f, err := d.fileOf(ctx, who, HousingProcedure, caseID)
	if err != nil {
		return ProjectView{}, err
	}
	h, ok := f.Matter.(*Housing)
	if !ok {
		return ProjectView{}, ErrNotFound()
	}
	s, err := d.sight(ctx, who)
	if err != nil {
		return ProjectView{}, err
	}
	parts, err := d.Record.PartsOf(ctx, s, caseID, PlanChangeProcedure)
	if err != nil {
		return ProjectView{}, err
	}
	view := ProjectView{Revision: f.Revision, Project: h, Refusals: []*Error{}, Findings: []FindingView{}, Shares: []PhaseShare{}, Checklist: []CheckItem{},
		Orders: []OrderView{}, Changes: []ChangeLine{}}
	f.Matter = nil // shown by itself
	if view.Case, err = d.caseView(ctx, who, f); err != nil {
		return view, err
	}
	if view.Case.Possible, err = d.possible(ctx, who, f); err != nil {
		return view, err
	}
	for _, c := range parts {
		if p, ok := c.Matter.(*PlanChange); ok {
			view.Changes = append(view.Changes, changeLine(c.Case, p, h))
		}
	}
	if f.Case.State == Draft {
		if view.Editable, err = d.mayEdit(ctx, who, f); err != nil {
			return view, err
		}
		view.Refusals = append(view.Refusals, h.complete()...)
	}
	return view, d.complete(ctx, f.Case, &view)
}

// mayEdit reports whether the actor may change a draft.
func (d *Desk) mayEdit(ctx context.Context, who Actor, f CaseFile) (bool, error) {
	_, err := d.Policy.Decide(ctx, who, "edit", f.asDraft())
	if err != nil && AsRefusal(err) == nil {
		return false, err
	}
	return err == nil, nil
}

func changeLine(c Case, p *PlanChange, h *Housing) ChangeLine {
	return ChangeLine{ID: c.ID, Number: c.Number, Project: p.Project, Name: p.Name, State: c.State, Words: stateWords(c.Procedure, c.State),
		Open: c.State != Draft && !c.State.Over(), Before: p.Before, After: p.Area,
		Applied: h != nil && slices.ContainsFunc(h.Changes, func(a AppliedChange) bool { return a.Case == c.ID })}
}

// complete adds what the page computes: gates, areas side by side, shares, clocks, the balance.
func (d *Desk) complete(ctx context.Context, c Case, v *ProjectView) error {
	h := v.Project
	words, err := d.lexicon(ctx)
	if err != nil {
		return err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return err
	}
	street := words.atlas.Above(h.Community, clocks.now)
	v.Developer, v.Surveyor, v.Community = words.unitOrNone(h.Developer), words.unitOrNone(h.Surveyor), words.regionOrNone(h.Community)
	v.Street, v.District = words.regionOrNone(street), words.regionOrNone(words.atlas.District(h.Community, clocks.now))
	for _, g := range HousingGates {
		view := GateView{Gate: g.Gate, Clause: g.Clause, Words: Words{g.Zh, g.En}}
		if passed := h.passed(g.Gate); passed != nil {
			view.PassedAt, view.Document, view.Note = &passed.At, passed.Document, passed.Note
		}
		v.Gates = append(v.Gates, view)
	}
	for _, s := range space.Stages() {
		zh, en := s.Words()
		v.Areas = append(v.Areas, AreaView{Stage: s, Words: Words{zh, en}, Area: h.Areas.At(s)})
	}
	for _, o := range h.Orders {
		view := OrderView{HousingOrder: o, Clock: Clock{Light: NoLight}}
		if o.State == OrderOpen {
			view.Clock = clocks.read(c.ActsAt, c.PausedAt)
			if c.ActsAt != nil { // a pause has lengthened it
				view.DueAt = *c.ActsAt
			}
		}
		v.Orders = append(v.Orders, view)
	}
	if h.Settlement != nil {
		b, err := h.Settlement.Balance()
		if err != nil {
			return err
		}
		v.Balance = &b
		if next, left := h.Settlement.Next(); left && !b.Settled {
			zh, en := next.Words()
			v.Next = &RemedyWords{next, Words{zh, en}}
		}
	}
	return d.computeHousing(ctx, c, v)
}

// computeHousing adds what follows from the rules of the case.
func (d *Desk) computeHousing(ctx context.Context, c Case, v *ProjectView) error {
	parameters, err := d.Record.Parameters(ctx)
	if err != nil {
		return err
	}
	at := c.RulesAt
	if c.State == Draft {
		at = d.Record.Now()
	}
	t := &turn{Dossier: Dossier{Rules: RulesAt(parameters, at)}}
	tolerance, err := t.housingTolerance()
	if err != nil {
		return err
	}
	found, err := v.Project.Areas.Check(tolerance, v.Project.Deviations)
	if err != nil {
		return err
	}
	for _, f := range found {
		v.Findings = append(v.Findings, FindingView{f.Code, f.Grade, Words{f.Zh, f.En}, f.Figures})
	}
	essential, err := t.Rules.List("housing.essential_items")
	if err != nil {
		return err
	}
	items, err := space.Checklist(essential...)
	if err != nil {
		return err
	}
	for _, i := range items {
		v.Checklist = append(v.Checklist, CheckItem{i.Code, Words{i.Zh, i.En}, i.Essential, oneOf(i.Code, space.AboveGround, space.LowStorey, space.GroundShare)})
	}
	if v.Project.Requirement == nil || len(v.Project.Phases) == 0 {
		return nil
	}
	shares, err := space.Shares(v.Project.Requirement.Area, v.Project.phases(), space.Weight(t.Rules.Text("housing.phase_weight")))
	if err != nil {
		return err
	}
	for i, p := range v.Project.Phases {
		v.Shares = append(v.Shares, PhaseShare{p.Number, shares[i], p.Rooms})
	}
	return nil
}
