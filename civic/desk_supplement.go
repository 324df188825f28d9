package civic

import "context"

// SupplementView is the form of a supplement with what can be done to it.
type SupplementView struct {
	Case     Case       `json:"case"`
	Revision int        `json:"revision"`
	Form     Supplement `json:"form"`
	Editable bool       `json:"editable"`
	Findings []*Error   `json:"findings"` // what can be seen from the form alone
}

// CreateSupplement begins a proposal of a street or district. It has no number until it is submitted.
func (d *Desk) CreateSupplement(ctx context.Context, who Actor, key, unit string, form SupplementForm) (DraftMade, error) {
	m := &Supplement{SupplementForm: form}
	if err := m.Storable(); err != nil {
		return DraftMade{}, err
	}
	o := order{object: "draft", act: "create", key: key, about: "unit:" + clip(unit), content: map[string]any{"unit": unit, "supplement": form},
		subject: Subject{Procedure: SupplementProcedure, State: Draft, Unit: unit, Applicant: who.Person, Parties: []string{unit}}}
	return carry(ctx, d, who, o, func(deed Deed) (DraftMade, error) {
		return d.Record.OpenCase(ctx, deed, NewCase{Procedure: SupplementProcedure, Unit: unit, Matter: m})
	})
}

// supplementFile is a supplement that the actor may see.
func (d *Desk) supplementFile(ctx context.Context, who Actor, id string) (CaseFile, *Supplement, error) {
	f, err := d.file(ctx, who, id)
	if err != nil {
		return f, nil, err
	}
	m, ok := f.Matter.(*Supplement)
	if !ok {
		return f, nil, ErrNotFound()
	}
	return f, m, nil
}

// Supplement is the form of a supplement.
func (d *Desk) Supplement(ctx context.Context, who Actor, id string) (SupplementView, error) {
	f, m, err := d.supplementFile(ctx, who, id)
	if err != nil {
		return SupplementView{}, err
	}
	v := SupplementView{Case: f.Case, Revision: f.Revision, Form: *m, Findings: []*Error{}}
	_, err = d.Policy.Decide(ctx, who, "edit", f.asDraft())
	switch {
	case err == nil:
		v.Editable = f.editable()
	case AsRefusal(err) == nil:
		return SupplementView{}, err
	}
	if v.Editable {
		v.Findings = append(v.Findings, m.faults()...)
		if e := m.ready(d.Record.Now()); e != nil {
			v.Findings = append(v.Findings, e)
		}
	}
	return v, nil
}

// SaveSupplement saves the form of a draft, or of a proposal that was returned; what was computed and accepted stays as it is.
func (d *Desk) SaveSupplement(ctx context.Context, who Actor, id string, seen int, form SupplementForm) (int, error) {
	f, m, err := d.supplementFile(ctx, who, id)
	if err != nil {
		return 0, err
	}
	if !f.editable() {
		return 0, Refuse(Conflict, "not_editable", "申请已提交，不能修改。", "The request has been submitted and can no longer be changed.").With("state", string(f.Case.State))
	}
	next := *m
	next.SupplementForm = form
	if err := next.Storable(); err != nil {
		return 0, err
	}
	if m.Supplied > 0 && form.Region != m.Region {
		return 0, Refuse(Invalid, "region_fixed", "已有用房入库，不能更换社区。", "Rooms are in the register already: the community cannot change.").At("region")
	}
	o := order{object: "draft", act: "edit", about: "case:" + f.Case.ID, subject: f.asDraft(), keyless: true}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		return d.Record.SaveMatter(ctx, deed, SupplementProcedure, id, seen, &next)
	})
}
