package civic

import (
	"slices"

	"lizheng/civic/space"
)

// settled refuses to go on with drawings, permits and verification while the plan may still change (D9).
func (t *turn) settledPlan() error {
	children, err := t.world.Children(PlanChangeProcedure)
	if err != nil {
		return err
	}
	for _, c := range children {
		if c.Case.State != Draft && !c.Case.State.Over() {
			return Refuse(Conflict, "plan_change_open", "规划调整"+c.Case.Number+"尚未办结，暂不能办理。",
				"The change of plan "+c.Case.Number+" is still open; this has to wait for it.").
				At("outcome").By("housing.plan_change").With("change", c.Case.Number)
		}
	}
	return nil
}

// tally adds the rooms up under the project's standard, or says which of them is none.
func (h *Housing) tally(rooms []HousingRoom) (space.Tally, error) {
	list := make([]space.Room, len(rooms))
	for i, r := range rooms {
		list[i] = space.Room{Use: r.Use, Storey: r.Storey, Area: r.Area}
		if r.Name == "" || r.Use == "" || r.Storey == 0 || r.Storey < -9 || r.Storey > 200 || r.Area <= 0 || r.Area > space.MaxArea {
			return space.Tally{}, Refuse(Invalid, "bad_room", "房间须有名称、用途、楼层和面积；没有0层。", "A room has a name, a use, a storey other than 0 and an area.").
				At("details.housing.rooms").With("room", i+1)
		}
	}
	out, err := h.Standard.Tally(list)
	if err != nil {
		return out, Refuse(Invalid, "out_of_range", "面积合计超出范围。", "The areas add up to too much.").At("details.housing.rooms")
	}
	return out, nil
}

// drawingsIn (D5): drawings below the requirement or the conditions are not even looked at.
func (t *turn) drawingsIn(*Task) error {
	if err := t.settledPlan(); err != nil {
		return err
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	rooms := t.gave().Rooms
	sum, err := h.tally(rooms)
	if err != nil {
		return err
	}
	if need := max(h.Conditions.Area, h.Requirement.Area); sum.Counted < need {
		return Refuse(Conflict, "designed_below_required", "设计面积"+sum.Counted.Zh()+"小于应有面积"+need.Zh()+"。",
			"The drawings have "+sum.Counted.En()+", at least "+need.En()+" are needed.").At("details.housing.rooms").By("housing.conditions").
			With("designed", sum.Counted.String()).With("required", h.Requirement.Area.String()).With("conditions", h.Conditions.Area.String()).With("excluded", sum.Excluded.String())
	}
	if err := t.lowEnough(h, sum); err != nil {
		return err
	}
	h.Designed = rooms
	h.Plans = paper
	t.setArea(h, space.AreaDesigned, sum.Counted, paper.Number)
	t.fx.Case.Round++ // everybody speaks anew about new drawings
	t.to(DesignReview)
	civil, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
	if err != nil {
		return err
	}
	if err := t.askSeat("design_review", civil); err != nil {
		return err
	}
	return t.askSeat("design_review", t.streetSeat(h))
}

// lowEnough refuses rooms below ground, above the storey allowed, or with too little on the ground floor.
func (t *turn) lowEnough(h *Housing, sum space.Tally) error {
	need, err := sum.Counted.PartUp(h.Standard.GroundRatio)
	if err != nil {
		return err
	}
	const at = "details.housing.rooms"
	switch {
	case sum.Below > 0:
		return Refuse(Conflict, "below_ground", "社区服务用房不得设在地下。", "No community service room lies below ground.").At(at).By("housing.above_ground").With("below", sum.Below.String())
	case sum.Highest > h.Conditions.Storey:
		return Refuse(Conflict, "too_high", "用房楼层高于规划条件。", "The rooms are above the storey that the conditions allow.").At(at).By("housing.highest_storey").
			With("storey", sum.Highest).With("highest", h.Conditions.Storey)
	case sum.Ground < need:
		return Refuse(Conflict, "ground_share", "首层面积"+sum.Ground.Zh()+"，少于规定的"+need.Zh()+"。",
			"The ground floor has "+sum.Ground.En()+", the standard asks for "+need.En()+".").At(at).By("housing.ground_ratio").
			With("ground", sum.Ground.String()).With("required", need.String())
	}
	return nil
}

// designReviewed (D5): all must agree; whoever does not sends the drawings back, and every opinion is on record.
func (t *turn) designReviewed(*Task) error {
	if err := t.settledPlan(); err != nil {
		return err
	}
	if t.waiting("design_review") {
		return nil
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	agreed := !slices.ContainsFunc(t.Tasks, func(k Task) bool {
		return k.Step == "design_review" && k.Round == t.Case.Round && !k.part() && k.State == TaskDone && k.Outcome != "agree"
	})
	if !agreed {
		t.to(Designing)
		return t.askSeat("drawings", t.developerSeat(h))
	}
	if err := t.pass(h, GateDesign, h.Plans, ""); err != nil {
		return err
	}
	t.to(Permitting)
	return t.openAt("planning_permit", PlanningOfficer, PlanningUnit)
}

// planningPermitted (D6): the permit says the area that was drawn.
func (t *turn) planningPermitted(*Task) error {
	if err := t.settledPlan(); err != nil {
		return err
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	if t.act.Outcome == "refuse" {
		t.to(Designing)
		return t.askSeat("drawings", t.developerSeat(h))
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	area := *t.gave().Area
	areas := space.Areas{Required: h.Areas.Required, Designed: h.Areas.Designed, Permitted: &area}
	found, err := areas.Check(space.Tolerance{}, h.Deviations)
	if err != nil {
		return Refuse(Invalid, "out_of_range", "面积超出范围。", "The area is out of range.").At("details.housing.area")
	}
	if f := failing(found); f != nil {
		return refuseFinding(*f, "details.housing.area", "housing.permitted")
	}
	if err := t.pass(h, GatePlanning, paper, ""); err != nil {
		return err
	}
	t.setArea(h, space.AreaPermitted, area, paper.Number)
	return t.openAt("construction_permit", BuildingOfficer, ConstructionUnit)
}

// constructionPermitted (D6) lets the building begin: from now on it is inspected node by node.
func (t *turn) constructionPermitted(*Task) error {
	if err := t.settledPlan(); err != nil {
		return err
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	if err := t.pass(h, GateConstruction, paper, ""); err != nil {
		return err
	}
	t.to(Building)
	return t.openAt("inspect", BuildingOfficer, ConstructionUnit)
}
