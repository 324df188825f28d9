package civic

import (
	"slices"
	"time"

	"lizheng/civic/space"
)

// apply lets a project take over an approved change of plan: its numbers, its requirement, and its area where one was fixed already.
func (h *Housing) apply(c Case, p *PlanChange, at time.Time) ([]AreaRecord, error) {
	h.Households, h.Population, h.PerHome = p.Households, p.Population, p.PerHome
	if len(p.Phases) > 0 {
		h.Phases = p.Phases
	}
	need, err := h.required()
	if err != nil {
		return nil, err
	}
	h.Requirement = &need
	before := p.Before
	h.Changes = append(h.Changes, AppliedChange{Case: c.ID, Number: c.Number, At: at, Before: before, After: p.Area, Required: need.Area})
	h.Conditions.Area = p.Area
	records := []AreaRecord{{space.AreaRequired, need.Area, c.Number, c.ID}}
	h.Areas.Required = &need.Area
	for _, fixed := range []struct {
		stage space.Stage
		area  **space.Area
	}{{space.AreaDesigned, &h.Areas.Designed}, {space.AreaPermitted, &h.Areas.Permitted}} {
		if *fixed.area != nil {
			after := p.Area
			*fixed.area = &after
			records = append(records, AreaRecord{fixed.stage, after, c.Number, c.ID})
		}
	}
	return records, nil
}

// takeOver lets the project take over what was approved since somebody last acted on it, in the same transaction.
func (t *turn) takeOver(h *Housing) error {
	if t.Case.State == Draft || t.Case.State.Over() {
		return nil
	}
	children, err := t.world.Children(PlanChangeProcedure)
	if err != nil {
		return err
	}
	for _, c := range children {
		p, ok := c.Matter.(*PlanChange)
		if !ok || !h.awaits(c.Case.ID, p) {
			continue
		}
		records, err := h.apply(c.Case, p, t.Now)
		if err != nil {
			return err
		}
		t.fx.Housing.Areas = append(t.fx.Housing.Areas, records...)
		t.figure("housing.plan_change", "规划调整已批准，按调整后方案执行", "a change of plan was approved and is followed from now on",
			map[string]any{"change": c.Case.Number, "before": p.Before.String(), "after": p.Area.String(), "required": h.Requirement.Area.String()})
	}
	return nil
}

// awaits reports whether a change was approved and has not been taken over.
func (h *Housing) awaits(id string, p *PlanChange) bool {
	return p.ApprovedAt != nil && !slices.ContainsFunc(h.Changes, func(a AppliedChange) bool { return a.Case == id })
}

// today is the project as it stands with everything that was approved, for a rule of one of its parts.
func (t *turn) today() (Case, *Housing, error) {
	c, stored, err := t.changedProject()
	if err != nil {
		return c, nil, err
	}
	h, err := stored.clone()
	if err != nil {
		return c, nil, err
	}
	parts, err := t.world.Parts()
	if err != nil {
		return c, nil, err
	}
	for _, part := range parts {
		if p, ok := part.Matter.(*PlanChange); ok && part.Case.ID != t.Case.ID && h.awaits(part.Case.ID, p) {
			if _, err := h.apply(part.Case, p, t.Now); err != nil {
				return c, nil, err
			}
		}
	}
	return c, h, nil
}

// current is the area of the rooms in the plan as it stands.
func (h *Housing) current() space.Area {
	for _, a := range []*space.Area{h.Areas.Permitted, h.Areas.Designed} {
		if a != nil {
			return *a
		}
	}
	return h.Conditions.Area
}
