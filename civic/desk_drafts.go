package civic

import (
	"context"
)

// CreateDraft begins a request of a unit. It has no number and reserves nothing until it is submitted.
func (d *Desk) CreateDraft(ctx context.Context, who Actor, key, unit string, form AccessRequest) (DraftMade, error) {
	o := order{object: "draft", act: "create", key: key, about: "unit:" + clip(unit),
		subject: Subject{Procedure: AccessProcedure, State: Draft, Unit: unit, Applicant: who.Person, Parties: []string{unit}},
		content: map[string]any{"unit": unit, "form": form}}
	if err := form.storable(); err != nil {
		return DraftMade{}, err
	}
	return carry(ctx, d, who, o, func(deed Deed) (DraftMade, error) {
		return d.Record.CreateDraft(ctx, deed, unit, form)
	})
}

// storable refuses a form that cannot even be kept as a draft: what is missing may still come, what is too much may not.
func (r AccessRequest) storable() error {
	if len(r.Communities) > MaxCommunities || len(r.Children) > maxChildren || len(r.Basis) > maxBasis || len(r.Attachments) > 50 {
		return Refuse(Invalid, "too_many_entries", "列表项过多。", "A list has too many entries.")
	}
	for _, e := range r.complete() {
		if e.Code == "too_long" || e.Code == "bad_character" {
			return e
		}
	}
	return nil
}

// Request is the form of a case with what a submission would say about it today.
func (d *Desk) Request(ctx context.Context, who Actor, caseID string) (DraftView, error) {
	f, err := d.file(ctx, who, caseID)
	if err != nil {
		return DraftView{}, err
	}
	v := DraftView{Case: f.Case, Revision: f.Revision, Form: f.Form}
	_, err = d.Policy.Decide(ctx, who, "edit", f.asDraft())
	switch {
	case err == nil:
		v.Editable = f.editable()
	case AsRefusal(err) == nil:
		return DraftView{}, err
	}
	if !v.Editable {
		v.Findings = Findings{Refusals: []*Error{}, Similar: []Hit{}, Shares: []Share{}}
		return v, nil
	}
	v.Findings, err = d.findings(ctx, f.Case.ID, f.Case.Unit, f.Form)
	return v, err
}

// asDraft is the case's form as a policy looks at it, whatever state the case is in.
func (f CaseFile) asDraft() Subject {
	s := f.brief("").Subject()
	s.Object = "draft"
	return s
}

// editable reports whether the form may still change: before submission, and while it is returned for correction.
func (f CaseFile) editable() bool { return f.Case.State == Draft || f.Case.State == Returned }

func (d *Desk) findings(ctx context.Context, caseID, unit string, form AccessRequest) (Findings, error) {
	facts, err := d.Record.Facts(ctx, caseID, unit, form)
	if err != nil {
		return Findings{}, err
	}
	found := form.Examine(facts)
	if found.Refusals == nil {
		found.Refusals = []*Error{}
	}
	if found.Similar == nil {
		found.Similar = []Hit{}
	}
	if found.Shares == nil {
		found.Shares = []Share{}
	}
	return found, nil
}

// Check is a dry run of a submission: everything that would be refused, all at once, and what it would cost.
func (d *Desk) Check(ctx context.Context, who Actor, unit string, form AccessRequest) (Findings, error) {
	if err := signedIn(who); err != nil {
		return Findings{}, err
	}
	subject := Subject{Object: "draft", Procedure: AccessProcedure, State: Draft, Unit: unit, Applicant: who.Person, Parties: []string{unit}}
	if _, err := d.Policy.Decide(ctx, who, "check", subject); err != nil {
		return Findings{}, err
	}
	if err := form.storable(); err != nil {
		return Findings{Refusals: []*Error{AsRefusal(err)}, Similar: []Hit{}, Shares: []Share{}}, nil
	}
	return d.findings(ctx, "", unit, form)
}

// SaveForm saves the form of a draft, or of a request that was returned, if it is still at the revision that was seen.
// It returns the new revision. Saving the same again is no change.
func (d *Desk) SaveForm(ctx context.Context, who Actor, caseID string, seen int, form AccessRequest) (int, error) {
	f, err := d.file(ctx, who, caseID)
	if err != nil {
		return 0, err
	}
	if !f.editable() {
		return 0, Refuse(Conflict, "not_editable", "申请已提交，不能修改。", "The request has been submitted and can no longer be changed.").With("state", string(f.Case.State))
	}
	if err := form.storable(); err != nil {
		return 0, err
	}
	o := order{object: "draft", act: "edit", about: "case:" + f.Case.ID, subject: f.asDraft(), keyless: true}
	return carry(ctx, d, who, o, func(deed Deed) (int, error) {
		return d.Record.SaveForm(ctx, deed, caseID, seen, form)
	})
}

// Discard removes a draft for good, with its forms and attachments. What has a number stays.
func (d *Desk) Discard(ctx context.Context, who Actor, caseID string) error {
	f, err := d.file(ctx, who, caseID)
	if err != nil {
		return err
	}
	if f.Case.State != Draft {
		return Refuse(Conflict, "not_a_draft", "申请已提交，只能撤回。", "The request has been submitted; it can only be withdrawn.").With("state", string(f.Case.State))
	}
	o := order{object: "draft", act: "discard", about: "case:" + f.Case.ID, subject: f.asDraft(), keyless: true}
	_, err = carry(ctx, d, who, o, func(deed Deed) (struct{}, error) {
		return struct{}{}, d.Record.DiscardDraft(ctx, deed, caseID)
	})
	return err
}

// Revisions are all saved states of a form, oldest first, each with what it changed.
func (d *Desk) Revisions(ctx context.Context, who Actor, caseID string) ([]Revision, error) {
	if _, err := d.file(ctx, who, caseID); err != nil {
		return nil, err
	}
	saved, err := d.Record.Revisions(ctx, caseID)
	if err != nil {
		return nil, err
	}
	persons := make([]string, len(saved))
	for i, s := range saved {
		persons[i] = s.By
	}
	words, err := d.lexicon(ctx, persons...)
	if err != nil {
		return nil, err
	}
	out := make([]Revision, len(saved))
	for i, s := range saved {
		out[i] = Revision{Revision: s.Revision, By: words.person(s.By), At: s.At, Differences: []Difference{}}
		if i > 0 {
			if out[i].Differences, err = Differences(saved[i-1].Form, s.Form); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}
