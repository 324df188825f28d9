package space

import "errors"

// Change is a change of plan. In principle there is none (原则上不得调整); when there
// has to be one, the rooms do not shrink by it.
type Change struct {
	Before   Area   `json:"before"`             // the rooms in the plan so far
	After    Area   `json:"after"`              // the rooms in the plan asked for
	OldPlan  Plan   `json:"old_plan"`           // the homes so far
	NewPlan  Plan   `json:"new_plan"`           // the homes asked for
	Decision string `json:"decision,omitempty"` // the leading group's, that the area may shrink
}

// Changed is a change of plan judged.
type Changed struct {
	Old      Requirement `json:"old"`
	New      Requirement `json:"new"` // recomputed, under the standard pinned by the project
	Findings []Finding   `json:"findings,omitempty"`
}

// Judge recomputes the requirement under the standard that the project keeps. A decision
// may let the area shrink, never below what the new plan requires.
func (c Change) Judge(s Standard) (Changed, error) {
	if c.Before < 0 || c.After < 0 || !c.Before.fits() || !c.After.fits() {
		return Changed{}, errors.New("an area of the change is negative or too large")
	}
	var ch Changed
	var err error
	if ch.Old, err = s.Required(c.OldPlan); err != nil {
		return Changed{}, err
	}
	if ch.New, err = s.Required(c.NewPlan); err != nil {
		return Changed{}, err
	}
	if ch.Old.Area != ch.New.Area {
		ch.Findings = append(ch.Findings, find(Pass, "requirement_changed", "规划调整后应配面积有变化。",
			"The change of plan changes the requirement.",
			area("old_required", "原应配面积", "required so far", ch.Old.Area),
			area("new_required", "调整后应配面积", "required now", ch.New.Area)))
	}
	figures := []Figure{area("before", "原面积", "area so far", c.Before), area("after", "调整后面积", "area asked for", c.After)}
	switch {
	case c.After >= c.Before:
	case c.Decision == "":
		ch.Findings = append(ch.Findings, find(Fail, "change_shrinks", "调整后面积不得小于原面积，领导小组另有决定的除外。",
			"The area must not shrink by the change, unless the leading group decides otherwise.", figures...))
	default:
		ch.Findings = append(ch.Findings, find(Pass, "change_shrinks_by_decision", "调整后面积小于原面积，已有领导小组决定。",
			"The area shrinks by a decision of the leading group.",
			append(figures, Figure{"decision", "决定", "decision", c.Decision})...))
	}
	if c.After < ch.New.Area {
		ch.Findings = append(ch.Findings, find(Fail, "change_below_required", "调整后面积小于应配面积。",
			"The area asked for is below what the new plan requires.",
			area("after", "调整后面积", "area asked for", c.After), area("new_required", "调整后应配面积", "required now", ch.New.Area)))
	}
	return ch, nil
}
