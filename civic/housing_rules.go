package civic

import (
	"fmt"

	"lizheng/civic/space"
)

func init() {
	regulations[HousingProcedure] = regulation{
		matter: func() Matter { return new(Housing) },
		acts: map[ActKind]func(*turn) error{
			ActSubmit: (*turn).registerProject, ActApplyPresale: (*turn).applyPresale, ActExtendOrder: (*turn).extendOrder,
			ActRecordObstacle: (*turn).recordObstacle, ActReportMisuse: (*turn).reportMisuse, ActProposeDemolition: (*turn).proposeDemolition,
			ActTransferOrder: (*turn).transferOrder, ActHandoverLate: (*turn).handoverLate, ActOpenPatrols: (*turn).openPatrols,
		},
		outcomes: map[string]func(*turn, *Task) error{
			"conditions": (*turn).conditionsIssued, "countersign": (*turn).countersigned, "contract": (*turn).contractConcluded,
			"drawings": (*turn).drawingsIn, "design_review": (*turn).designReviewed, "planning_permit": (*turn).planningPermitted,
			"construction_permit": (*turn).constructionPermitted, "inspect": (*turn).inspected, "presale": (*turn).presaleAnswered, "survey": (*turn).surveyed,
			"planning_check": (*turn).planChecked, "file_completion": (*turn).completionFiled, "acceptance": (*turn).accepted, "verify": (*turn).verified,
			"rectify": (*turn).rectified, "extension": (*turn).extensionAnswered, "enforce": (*turn).enforced, "remedy": (*turn).remedyProposed,
			"remedy_review": (*turn).remedyReviewed, "remedy_delivery": (*turn).remedyDelivered, "remedy_decide": (*turn).paymentDecided,
			"remedy_booking": (*turn).paymentBooked, "hand_over": (*turn).handoverOffered, "sign_handover": (*turn).handoverSigned,
			"register_title": (*turn).titleAnswered, "put_into_use": (*turn).putIntoUse, "patrol": (*turn).patrolled, "yearly_check": (*turn).patrolled,
			"recover": (*turn).recovered, "replacement": (*turn).replacementAnswered,
		},
		recalculate: (*turn).recalculateProject,
	}
}

// project is the case's project, to be changed: a copy, which has taken over the changes of plan approved since.
func (t *turn) project() (*Housing, error) {
	if h, ok := t.fx.Matter.(*Housing); ok {
		return h, nil
	}
	stored, ok := t.Matter.(*Housing)
	if !ok {
		return nil, fmt.Errorf("case %s has no project", t.Case.ID)
	}
	h, err := stored.clone()
	if err != nil {
		return nil, err
	}
	if what := h.lacks(t.Case.State); what != "" {
		return nil, fmt.Errorf("case %s in state %s has no %s", t.Case.ID, t.Case.State, what)
	}
	t.fx.Matter = h
	return h, t.takeOver(h)
}

// gave are the details of the act; those that the outcome needs are there.
func (t *turn) gave() *HousingDetails {
	if t.act.Details.Housing == nil {
		return &HousingDetails{}
	}
	return t.act.Details.Housing
}

// paper is the document that came with the act: numbered, and not of a day to come.
func (t *turn) paper() (*DocumentRef, error) {
	d := t.gave().Document
	if d == nil || d.Number == "" {
		return nil, missing("details.housing.document", "文件编号", "the document's number")
	}
	on, err := Day(d.Date)
	if err != nil || on.After(t.Now) {
		return nil, Refuse(Invalid, "bad_date", "请填写文件日期，且不得晚于今天。", "Give the day of the document, not after today.").At("details.housing.document.date")
	}
	return d, nil
}

// pass notes that the project has passed a gate. One that comes before another that was never passed is a fault of the
// steps, never somebody's mistake: no answer leads past a gate.
func (t *turn) pass(h *Housing, g Gate, paper *DocumentRef, note string) error {
	for _, earlier := range HousingGates {
		if earlier.Gate == g {
			break
		}
		if h.passed(earlier.Gate) == nil {
			return fmt.Errorf("case %s passes %s before %s", t.Case.ID, g, earlier.Gate)
		}
	}
	h.Gates = append(h.Gates, HousingGate{Gate: g, At: t.Now, Act: t.act.ID, Document: paper, Note: note})
	return nil
}

// setArea keeps one of the six areas; the record adds it to the others of its stage.
func (t *turn) setArea(h *Housing, stage space.Stage, area space.Area, reference string) {
	a := &h.Areas
	for s, at := range map[space.Stage]**space.Area{space.AreaRequired: &a.Required, space.AreaDesigned: &a.Designed, space.AreaPermitted: &a.Permitted,
		space.AreaMeasured: &a.Measured, space.AreaHandedOver: &a.HandedOver, space.AreaRegistered: &a.Registered} {
		if s == stage {
			*at = &area
		}
	}
	t.fx.Housing.Areas = append(t.fx.Housing.Areas, AreaRecord{Stage: stage, Area: area, Reference: reference})
}

// registerProject files a project (D2): its offices, its developer and its surveyor take part from now on.
func (t *turn) registerProject() error {
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该项目已登记。", "This project has already been registered.").With("number", t.Case.Number)
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	if refusals := append(h.complete(), t.projectPlaces(h)...); len(refusals) > 0 {
		first := *refusals[0]
		first.Also = refusals[1:]
		return &first
	}
	approved, _ := Day(h.Approval.Date) // complete has read it
	if approved.After(t.Now) {
		return Refuse(Invalid, "bad_date", "立项日期不得晚于今天。", "The day of the approval is not after today.").At("approval.date")
	}
	if err := t.pass(h, GateRegistered, &h.Approval, ""); err != nil {
		return err
	}
	if err := t.noteLayout(h); err != nil {
		return err
	}
	h.StreetDesk, h.CommunityDesk = t.streetSeat(h).Unit, t.communitySeat(h).Unit
	c := &t.fx.Case
	c.Title, c.RulesAt, c.Calendar = h.Name, t.Now, t.Calendar.Version()
	t.fx.NewNumber = true
	t.to(Conditions)
	t.fx.Parties = append(t.fx.Parties, h.Developer, h.Surveyor, h.StreetDesk, h.CommunityDesk)
	for _, body := range []string{CivilAffairsUnit, PlanningUnit, ConstructionUnit, HousingAuthorityUnit} {
		seat, err := t.seatAt("", body)
		if err != nil {
			return err
		}
		t.fx.Parties = append(t.fx.Parties, seat.Unit)
	}
	return t.openAt("conditions", PlanningOfficer, PlanningUnit)
}

// conditionsIssued (D3) pins the standard in force on the day of the conditions, and with it the rules of the whole project.
func (t *turn) conditionsIssued(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	on, _ := Day(paper.Date) // paper has read it
	rules, err := t.world.RulesOn(on)
	if err != nil {
		return err
	}
	standard, err := HousingStandard(rules)
	if err != nil {
		return Refuse(Invalid, "no_standard", "规划条件日期早于最早的用房标准，无法确定标准。", "No housing standard was in force on the day of the conditions.").
			At("details.housing.document.date").By("housing.formula").With("day", paper.Date)
	}
	h.Standard = &standard
	need, err := h.required()
	if err != nil {
		return Refuse(Invalid, "no_requirement", "无法按规划户数计算应配面积，请核对户数和人口。", "The requirement cannot be computed from the plan.").At("details.housing.conditions")
	}
	c := *t.gave().Conditions
	if err := t.conditionsStand(h, c, need); err != nil {
		return err
	}
	h.Requirement, h.Conditions = &need, &c
	h.Drawn = paper
	t.fx.Case.RulesAt = on.UTC()
	t.setArea(h, space.AreaRequired, need.Area, paper.Number)
	t.figure("housing.requirement", "应配面积", "the required area", figuresOf(need.Figures))
	t.to(Countersigning)
	return t.openAt("countersign", CivilAffairs, CivilAffairsUnit)
}

// conditionsStand refuses conditions that would give less than the standard.
func (t *turn) conditionsStand(h *Housing, c HousingConditions, need space.Requirement) error {
	const at = "details.housing.conditions"
	unit, known := t.world.Unit(c.Transferee)
	switch {
	case c.Area < need.Area:
		return Refuse(Conflict, "below_required", "规划条件面积"+c.Area.Zh()+"小于应配面积"+need.Area.Zh()+"。",
			"The conditions ask for "+c.Area.En()+", the standard for "+need.Area.En()+".").
			At(at+".area").By("housing.formula").With("area", c.Area.String()).With("required", need.Area.String()).With("standard", need.Version)
	case c.Area > space.MaxArea || c.Storey < 1 || c.Storey > 200:
		return Refuse(Invalid, "out_of_range", "面积或楼层超出范围。", "The area or the storey is out of range.").At(at)
	case c.Position == "" || c.Delivery == "" || c.Ownership == "":
		return missing(at, "位置、交付要求和产权归属", "position, delivery and ownership")
	case !known || !unit.Stands(t.Now):
		return Refuse(Invalid, "no_such_unit", "没有这个接收单位。", "There is no such unit to take the rooms over.").At(at + ".transferee")
	case len(h.Phases) == 0:
		return nil
	}
	spread := ""
	if h.Spread != nil {
		spread = h.Spread.Number
	}
	found, err := space.CheckPhases(need.Area, h.phases(), space.Weight(t.Rules.Text("housing.phase_weight")), spread)
	if err != nil {
		return Refuse(Invalid, "bad_phase", "分期数据不能计算，请核对。", "The phases cannot be computed.").At("phases")
	}
	if f := failing(found); f != nil {
		return refuseFinding(*f, at, "housing.phase_weight")
	}
	t.findings("housing.phases", found)
	return nil
}

// countersigned (D3): without the agreement of civil affairs there are no conditions.
func (t *turn) countersigned(*Task) error {
	if t.act.Outcome != "agree" {
		if t.act.Outcome == "disagree" { // a disagreement is on record and heard of above
			if office, err := t.seatAt(OfficeHead, OfficeUnit); err == nil {
				t.notify("disagreement", office, "")
			}
		}
		t.to(Conditions)
		return t.openAt("conditions", PlanningOfficer, PlanningUnit)
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	if err := t.pass(h, GateConditions, h.Drawn, ""); err != nil {
		return err
	}
	t.to(Contracting)
	return t.openAt("contract", PlanningOfficer, LandUnit)
}

// contractConcluded (D4): conditions that are no part of the contract make it void (城乡规划法 art. 39).
func (t *turn) contractConcluded(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	if err := t.pass(h, GateContract, paper, ""); err != nil {
		return err
	}
	t.to(Designing)
	return t.askSeat("drawings", t.developerSeat(h))
}
