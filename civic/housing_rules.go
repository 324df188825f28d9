package civic

import (
	"fmt"
	"slices"
	"time"

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
	t.fx.Areas = append(t.fx.Areas, AreaRecord{Stage: stage, Area: area, Reference: reference})
}

// AreaRecord is one value of one of the six areas: they are added to, never changed.
type AreaRecord struct {
	Stage     space.Stage
	Area      space.Area
	Reference string
}

// Seats are asked at the unit that is responsible on the day: bureaus merge and streets are reorganised within the years of a
// project. Where the community still stands its own desk answers, and that of the street above it; else who took over from them.
func (t *turn) communitySeat(h *Housing) Seat {
	unit := t.world.Desk(h.Community)
	if unit == "" && h.CommunityDesk != "" {
		unit = t.world.Responsible(h.CommunityDesk)
	}
	return Seat{Role: Community, Unit: unit}
}

func (t *turn) streetSeat(h *Housing) Seat {
	unit := t.world.Desk(t.world.Above(h.Community))
	if unit == "" && h.StreetDesk != "" {
		unit = t.world.Responsible(h.StreetDesk)
	}
	return Seat{Role: StreetClerk, Unit: unit}
}

// regionOf is the place of a seat's unit.
func (t *turn) regionOf(s Seat) string {
	u, _ := t.world.Unit(s.Unit)
	return u.Region
}

// street is the street or town that answers for the rooms today, community the community.
func (t *turn) street(h *Housing) string    { return t.regionOf(t.streetSeat(h)) }
func (t *turn) community(h *Housing) string { return t.regionOf(t.communitySeat(h)) }

func (t *turn) developerSeat(h *Housing) Seat {
	return Seat{Role: Developer, Unit: t.world.Responsible(h.Developer)}
}

// askSeat opens a step for one seat.
func (t *turn) askSeat(step string, seat Seat) error {
	_, err := t.open(step, seat)
	return err
}

// askUntil opens a step with a term that is no number of working days: it ends at an instant.
func (t *turn) askUntil(step string, seat Seat, due time.Time) *Task {
	task := t.ask(step, seat, max(t.Calendar.Between(dateOf(t.Now), lastDay(due)), 0))
	task.DueAt = &due
	task.RemindAt = nextReminder(t.Calendar, due, t.Now)
	return task
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

// projectPlaces refuses a community without a desk of its own and its street's, and units that are not there or not outside the offices.
func (t *turn) projectPlaces(h *Housing) []*Error {
	var out []*Error
	r, ok := t.world.Region(h.Community)
	switch {
	case h.Community == "":
	case !ok || r.Level != "community" || !r.Stands(t.Now):
		out = append(out, Refuse(Invalid, "no_such_community", "没有这个社区。", "There is no such community.").At("community").With("community", clip(h.Community)))
	case t.communitySeat(h).Unit == "" || t.streetSeat(h).Unit == "":
		out = append(out, Refuse(Invalid, "no_desk", "该社区或所属街道没有办事机构。", "The community or its street has no desk.").At("community"))
	}
	for _, u := range []struct{ field, key, kind, zh, en string }{
		{"developer", h.Developer, "developer", "建设单位", "developer"}, {"surveyor", h.Surveyor, "third_party", "测绘单位", "surveyor"},
	} {
		unit, ok := t.world.Unit(u.key)
		if u.key != "" && (!ok || !unit.Stands(t.Now) || unit.Kind != u.kind) {
			out = append(out, Refuse(Invalid, "no_such_unit", "没有这个"+u.zh+"。", "There is no such "+u.en+".").At(u.field).With("unit", clip(u.key)))
		}
	}
	if slices.Contains([]string{"", h.Surveyor}, h.Developer) && h.Developer != "" {
		out = append(out, Refuse(Invalid, "same_unit", "建设单位不得测绘自己的项目。", "A developer does not survey its own project.").At("surveyor"))
	}
	return out
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

// recordObstacle notes what stands in the way; it moves nothing.
func (t *turn) recordObstacle() error {
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "请写明障碍。", "Say what stands in the way.").At("opinion")
	}
	if !slices.Contains(projectStates, t.Case.State) {
		return errNotNow("record_obstacle", t.Case.State)
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	if len(h.Obstacles) >= maxKept {
		return errTooManyKept()
	}
	h.Obstacles = append(h.Obstacles, Obstacle{At: t.Now, By: t.act.Actor, Text: t.act.Opinion})
	seat, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
	t.notify("obstacle", seat, "")
	return err
}

// maxKept bounds what may pile up in one project.
const maxKept = 500

func errTooManyKept() *Error {
	return Refuse(TooMany, "too_many_entries", "该项目的记录已达上限，请线下处理。", "The project has as many records as it can hold.").With("max", maxKept)
}

// recalculateProject lengthens nothing beyond its tasks: an order's own instant follows its task.
func (t *turn) recalculateProject() error { return nil }
