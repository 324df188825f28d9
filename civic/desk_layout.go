package civic

import "context"

// LayoutQuery asks for layout plans, newest first.
type LayoutQuery struct {
	Sight
	Window
}

// LayoutRecordRow is a layout plan of a list.
type LayoutRecordRow struct {
	Case   Case
	Layout *Layout
}

// LayoutReader reads layout plans.
type LayoutReader interface {
	Layouts(ctx context.Context, q LayoutQuery) ([]LayoutRecordRow, error)
	// PlanInForce is the plan that was approved last, as long as it has not ended; nil when there is none.
	PlanInForce(ctx context.Context) (*LayoutPlan, error)
}

// CreateLayout begins a plan of civil affairs (D1). It has no number until it is submitted.
func (d *Desk) CreateLayout(ctx context.Context, who Actor, key, unit string, form LayoutForm) (DraftMade, error) {
	l := &Layout{LayoutForm: form}
	if err := l.Storable(); err != nil {
		return DraftMade{}, err
	}
	return d.newCase(ctx, who, key, NewCase{Procedure: LayoutProcedure, Unit: unit, Matter: l})
}

// layoutSight is what somebody may see of layout plans: what is filed is nobody's secret, drafts are their unit's.
func (d *Desk) layoutSight(ctx context.Context, who Actor) (Sight, error) {
	if err := d.may(ctx, who, "layout", "read"); err != nil {
		return Sight{}, err
	}
	drafts, err := d.Policy.Scope(ctx, who, "draft")
	return Sight{Cases: Scope{All: true}, Drafts: drafts}, err
}

// layoutFile is a layout plan that the actor may see.
func (d *Desk) layoutFile(ctx context.Context, who Actor, id string) (CaseFile, *Layout, error) {
	s, err := d.layoutSight(ctx, who)
	if err != nil {
		return CaseFile{}, nil, err
	}
	f, err := d.Record.CaseFile(ctx, s, id)
	if err != nil {
		return f, nil, err
	}
	l, ok := f.Matter.(*Layout)
	if !ok {
		return f, nil, ErrNotFound()
	}
	return f, l, nil
}

// Layouts lists the layout plans, newest first.
func (d *Desk) Layouts(ctx context.Context, who Actor, p Page) (Part[LayoutLine], error) {
	var none Part[LayoutLine]
	s, err := d.layoutSight(ctx, who)
	if err != nil {
		return none, err
	}
	q := LayoutQuery{Sight: s}
	if q.Window, err = p.window(); err != nil {
		return none, err
	}
	list, err := d.Record.Layouts(ctx, q)
	if err != nil {
		return none, err
	}
	found := part(list, q.Window, func(r LayoutRecordRow) Cursor { return Cursor{Seq: r.Case.Seq} })
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
	return reshape(found, func(r LayoutRecordRow) LayoutLine {
		l := r.Layout
		return LayoutLine{CaseLine: caseLine(r.Case, words, clocks), From: l.From, To: l.To, Rows: len(l.Rows), Area: l.area(), Edition: l.Version, Document: l.Document}
	}), nil
}

// Layout is everything about a layout plan. What the bodies said about it is for those who take part.
func (d *Desk) Layout(ctx context.Context, who Actor, id string) (LayoutView, error) {
	f, l, err := d.layoutFile(ctx, who, id)
	if err != nil {
		return LayoutView{}, err
	}
	words, err := d.lexicon(ctx, f.Case.Applicant)
	if err != nil {
		return LayoutView{}, err
	}
	clocks, err := d.clocks(ctx)
	if err != nil {
		return LayoutView{}, err
	}
	v := LayoutView{Case: caseLine(f.Case, words, clocks), Revision: f.Revision, Form: l.LayoutForm, Version: l.Version, ApprovedAt: l.ApprovedAt, Document: l.Document,
		Area: l.area(), Rows: words.layoutRows(l.Rows), Opinions: []LayoutOpinionView{}, Reviews: []LayoutCheckView{}, Findings: []*Error{}}
	if v.Form.Rows == nil {
		v.Form.Rows = []LayoutRow{}
	}
	if _, err := d.file(ctx, who, id); err == nil {
		for _, o := range l.Opinions {
			v.Opinions = append(v.Opinions, LayoutOpinionView{o, words.unit(o.Unit), choiceWords("layout_opinion", o.Outcome)})
		}
		for _, c := range l.Reviews {
			v.Reviews = append(v.Reviews, LayoutCheckView{c, choiceWords("layout_adjust", c.Outcome)})
		}
	} else if AsRefusal(err) == nil {
		return v, err
	}
	if f.editable() {
		if v.Editable, err = d.mayEdit(ctx, who, f); err != nil {
			return v, err
		}
	}
	if v.Editable {
		v.Findings = append(v.Findings, l.faults()...)
	}
	return v, nil
}

// SaveLayout saves the form of a draft, or of a plan that was returned; what was said and decided about it stays as it is.
func (d *Desk) SaveLayout(ctx context.Context, who Actor, id string, seen int, form LayoutForm) (int, error) {
	f, l, err := d.layoutFile(ctx, who, id)
	if err != nil {
		return 0, err
	}
	if !f.editable() {
		return 0, Refuse(Conflict, "not_editable", "申请已提交，不能修改。", "The request has been submitted and can no longer be changed.").With("state", string(f.Case.State))
	}
	next := *l
	next.LayoutForm = form
	if err := next.Storable(); err != nil {
		return 0, err
	}
	o := order{object: "draft", act: "edit", about: "case:" + f.Case.ID, subject: f.asDraft(), keyless: true}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		return d.Record.SaveMatter(ctx, deed, LayoutProcedure, id, seen, &next)
	})
}

// PublicLayout is the plan in force with the names of its places, for everybody.
func (d *Desk) PublicLayout(ctx context.Context) (PublicLayout, error) {
	plan, err := d.Record.PlanInForce(ctx)
	if err != nil {
		return PublicLayout{}, err
	}
	if plan == nil || !d.Record.Now().Before(plan.Layout.ends()) {
		return PublicLayout{}, ErrNotFound()
	}
	words, err := d.lexicon(ctx)
	if err != nil {
		return PublicLayout{}, err
	}
	l := plan.Layout
	return PublicLayout{Version: plan.Version, Document: l.Document, ApprovedAt: plan.Since, From: l.From, To: l.To, Circular: l.Circular, Area: l.area(),
		Rows: words.layoutRows(l.Rows)}, nil
}
