package civic

import "context"

// NewPlanChange begins a change of a project's plan as a draft of its developer (D9).
func (d *Desk) NewPlanChange(ctx context.Context, who Actor, key, unit string, form PlanChangeForm) (DraftMade, error) {
	p := &PlanChange{PlanChangeForm: form}
	if err := p.Storable(); err != nil {
		return DraftMade{}, err
	}
	c := NewCase{Procedure: PlanChangeProcedure, Parent: form.Project, Unit: unit, Matter: p}
	return d.newCase(ctx, who, key, c, func() error { return d.ownProject(ctx, who, unit, form.Project) })
}

// ownProject refuses a project that the actor cannot see, or that is another developer's.
func (d *Desk) ownProject(ctx context.Context, who Actor, unit, project string) error {
	f, err := d.fileOf(ctx, who, HousingProcedure, project)
	if AsRefusal(err) != nil {
		return Refuse(Invalid, "no_such_project", "没有这个项目。", "There is no such project.").At("form.project")
	}
	if err != nil {
		return err
	}
	atlas, err := d.Record.Atlas(ctx)
	if err != nil {
		return err
	}
	h, ok := f.Matter.(*Housing)
	now := d.Record.Now()
	if !ok || f.Case.State == Draft || atlas.Responsible(h.Developer, now) != atlas.Responsible(unit, now) {
		return Refuse(Invalid, "not_your_project", "只能对本单位的项目申请规划调整。", "Only the project's own developer may ask for a change of its plan.").At("form.project")
	}
	return nil
}

// SavePlanChange saves a change of plan that is still a draft. It stays with its project.
func (d *Desk) SavePlanChange(ctx context.Context, who Actor, caseID string, seen int, form PlanChangeForm) (int, error) {
	f, err := d.fileOf(ctx, who, PlanChangeProcedure, caseID)
	if err != nil {
		return 0, err
	}
	if form.Project != f.Case.Parent {
		return 0, Refuse(Invalid, "another_project", "不得改为其他项目。", "A change of plan stays with its project.").At("project")
	}
	return d.saveMatter(ctx, who, PlanChangeProcedure, caseID, seen, &PlanChange{PlanChangeForm: form})
}

// PlanChange is everything about a change of plan, with what the actor may do now.
func (d *Desk) PlanChange(ctx context.Context, who Actor, caseID string) (PlanChangeView, error) {
	f, err := d.fileOf(ctx, who, PlanChangeProcedure, caseID)
	if err != nil {
		return PlanChangeView{}, err
	}
	p, ok := f.Matter.(*PlanChange)
	if !ok {
		return PlanChangeView{}, ErrNotFound()
	}
	view := PlanChangeView{Revision: f.Revision, Change: p}
	f.Matter = nil // shown by itself
	if view.Case, err = d.caseView(ctx, who, f); err != nil {
		return view, err
	}
	if view.Case.Possible, err = d.possible(ctx, who, f); err != nil {
		return view, err
	}
	if f.Case.State == Draft {
		if view.Editable, err = d.mayEdit(ctx, who, f); err != nil {
			return view, err
		}
	}
	whole, err := d.fileOf(ctx, who, HousingProcedure, f.Case.Parent)
	switch {
	case err == nil:
		view.Project = &Named{Key: whole.Case.ID, Name: whole.Case.Title}
	case AsRefusal(err) == nil:
		return view, err
	}
	return view, nil
}

// PlanChanges are the changes of a project's plan, oldest first, as far as the actor may see them.
func (d *Desk) PlanChanges(ctx context.Context, who Actor, project string) ([]ChangeLine, error) {
	f, err := d.fileOf(ctx, who, HousingProcedure, project)
	if err != nil {
		return nil, err
	}
	s, err := d.sight(ctx, who)
	if err != nil {
		return nil, err
	}
	parts, err := d.Record.PartsOf(ctx, s, project, PlanChangeProcedure)
	if err != nil {
		return nil, err
	}
	h, _ := f.Matter.(*Housing)
	out := []ChangeLine{}
	for _, c := range parts {
		if p, ok := c.Matter.(*PlanChange); ok {
			out = append(out, changeLine(c.Case, p, h))
		}
	}
	return out, nil
}
