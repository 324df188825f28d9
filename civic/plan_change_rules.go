package civic

import (
	"slices"

	"lizheng/civic/space"
)

func init() {
	regulations[PlanChangeProcedure] = regulation{
		matter: func() Matter { return new(PlanChange) },
		acts: map[ActKind]func(*turn) error{
			ActSubmit: (*turn).submitChange, ActObject: (*turn).objectToChange, ActCloseNotice: (*turn).closeChangeNotice,
		},
		outcomes: map[string]func(*turn, *Task) error{
			"change_opinion": (*turn).changeOpinion, "change_review": (*turn).changeReviewed, "change_group": (*turn).changeGroup,
			"change_objection": (*turn).changeObjection, "change_decide": (*turn).changeDecided,
		},
		recalculate: (*turn).recalculateChange,
	}
}

// changeableStates are those of a project whose plan can still be changed: it has conditions, and nothing was accepted yet.
var changeableStates = []State{Contracting, Designing, DesignReview, Permitting, Building, Surveying, PlanChecking}

// submitChange files a change of plan (D9). In principle there is none: it needs its reason, one at a time, before the acceptance.
func (t *turn) submitChange() error {
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该申请已提交。", "This request has already been submitted.").With("number", t.Case.Number)
	}
	p, err := t.planChange()
	if err != nil {
		return err
	}
	whole, h, err := t.today()
	if err != nil {
		return err
	}
	if err := t.mayChange(whole, h); err != nil {
		return err
	}
	if refusals := p.complete(); len(refusals) > 0 {
		first := *refusals[0]
		first.Also = refusals[1:]
		return &first
	}
	p.Before = h.current()
	if err := errBuilt(p, h, "households"); err != nil {
		return err
	}
	if err := t.judgeChange(p, h); err != nil {
		return err
	}
	c := &t.fx.Case
	c.Title, c.RulesAt, c.Calendar = p.Name, t.Now, t.Calendar.Version()
	t.fx.NewNumber = true
	t.to(ChangeOpinion)
	t.fx.Parties = append(t.fx.Parties, t.streetSeat(h).Unit)
	planning, err := t.seatAt(PlanningOfficer, PlanningUnit)
	if err != nil {
		return err
	}
	t.fx.Parties = append(t.fx.Parties, planning.Unit)
	return t.openAt("change_opinion", CivilAffairs, CivilAffairsUnit)
}

// mayChange refuses another's project, one whose time for changes is over, and a second change beside an open one.
func (t *turn) mayChange(whole Case, h *Housing) error {
	parts, err := t.world.Parts()
	if err != nil {
		return err
	}
	for _, part := range parts {
		if part.Case.ID != t.Case.ID && part.Case.State != Draft && !part.Case.State.Over() {
			return Refuse(Conflict, "plan_change_open", "该项目已有规划调整"+part.Case.Number+"正在办理。", "The change of plan "+part.Case.Number+" is still open for this project.").
				At("project").With("change", part.Case.Number)
		}
	}
	if t.world.Responsible(h.Developer) != t.world.Responsible(t.Case.Unit) {
		return Refuse(Forbidden, "not_your_project", "只能对本单位的项目申请规划调整。", "Only the project's own developer may ask for a change of its plan.").At("project")
	}
	return changeable(whole, h, "project")
}

// changeable refuses to change the plan of a project that is not built by it any more: it was accepted, or given up meanwhile.
func changeable(whole Case, h *Housing, field string) error {
	if !slices.Contains(changeableStates, whole.State) || h.Standard == nil {
		return Refuse(Conflict, "not_changeable", "项目当前所处环节不能调整规划。", "The plan of this project cannot be changed at this stage.").
			At(field).With("state", string(whole.State))
	}
	return nil
}

func (p *PlanChange) complete() []*Error {
	var out []*Error
	if p.Name == "" {
		out = append(out, missing("name", "名称", "a name"))
	}
	if p.Reason == "" {
		out = append(out, missing("reason", "调整理由", "why the plan has to change").By("housing.plan_change"))
	}
	if p.Drawings.Number == "" {
		out = append(out, missing("drawings.number", "调整方案编号", "the number of the drawings"))
	}
	if p.Area <= 0 || p.Area > space.MaxArea {
		out = append(out, Refuse(Invalid, "out_of_range", "请填写调整后的用房面积。", "Give the area of the rooms after the change.").At("area"))
	}
	if p.Households <= 0 || p.Households > space.MaxHouseholds {
		out = append(out, Refuse(Invalid, "out_of_range", "请填写调整后的规划户数。", "Give the planned households after the change.").At("households"))
	}
	return append(out, HousingForm{Households: p.Households, Phases: p.Phases}.completePhases()...)
}

// judgeChange recomputes the requirement under the project's standard and keeps what was found.
func (t *turn) judgeChange(p *PlanChange, h *Housing) error {
	old, err := h.plan()
	if err != nil {
		return err
	}
	plan, err := p.plan()
	if err != nil {
		return Refuse(Invalid, "out_of_range", "规划人口超出范围。", "The planned population is out of range.").At("households")
	}
	decision := ""
	if p.Decision != nil {
		decision = p.Decision.Number
	}
	judged, err := space.Change{Before: p.Before, After: p.Area, OldPlan: old, NewPlan: plan, Decision: decision}.Judge(*h.Standard)
	if err != nil {
		return Refuse(Invalid, "no_requirement", "无法计算调整后的应配面积。", "The requirement cannot be computed from the new plan.").At("households")
	}
	p.Judged = &judged
	t.findings("housing.plan_change", judged.Findings)
	return nil
}

// changeOpinion keeps what civil affairs says; nothing goes on without it.
func (t *turn) changeOpinion(*Task) error {
	p, err := t.planChange()
	if err != nil {
		return err
	}
	p.Opinion = t.act.Outcome
	t.to(ChangeReview)
	return t.openAt("change_review", PlanningOfficer, PlanningUnit)
}

// changeReviewed puts the change on public notice. One that shrinks the rooms, or to which civil affairs did not agree, is the
// leading group's to allow first; one below the requirement nobody's.
func (t *turn) changeReviewed(*Task) error {
	p, err := t.planChange()
	if err != nil {
		return err
	}
	switch t.act.Outcome {
	case "reject":
		return t.close(ChangeRejected)
	case "refer":
		t.to(ChangeGroup)
		return t.openAt("change_group", GroupChair, GroupUnit)
	}
	if err := t.changeStands(p); err != nil {
		return err
	}
	days, err := t.Rules.Int("housing.change_notice_days")
	if err != nil {
		return err
	}
	t.to(Publicity)
	due, _ := t.Calendar.DueCalendarDays(t.Now, days)
	t.fx.Case.ActsAt = &due
	t.fx.Ruling = &Ruling{Outcome: "publish", Round: t.fx.Case.Round, Act: t.act.ID, At: t.Now, ZeroCost: true}
	return nil
}

// errBuilt refuses a plan for fewer homes than stand already: no inspection could say any more what it sees.
func errBuilt(p *PlanChange, h *Housing, field string) error {
	if built := h.progress().Homes; p.Households < built {
		return Refuse(Conflict, "homes_already_built", "调整后的规划户数少于已建成的户数。", "There are more homes already than the plan would have.").
			At(field).By("housing.progress").With("built", built).With("households", p.Households)
	}
	return nil
}

// changeStands judges the change again by the project as it is today.
func (t *turn) changeStands(p *PlanChange) error {
	whole, h, err := t.today()
	if err != nil {
		return err
	}
	if err := changeable(whole, h, "outcome"); err != nil {
		return err
	}
	if err := errBuilt(p, h, "outcome"); err != nil {
		return err
	}
	if err := t.judgeChange(p, h); err != nil {
		return err
	}
	if f := failing(p.Judged.Findings); f != nil {
		return refuseFinding(*f, "outcome", "housing.plan_change")
	}
	if p.Opinion == "disagree" && p.Decision == nil {
		return Refuse(Conflict, "civil_affairs_disagrees", "民政部门不同意调整，须由领导小组决定。", "Civil affairs does not agree; the leading group has to decide first.").
			At("outcome").By("housing.plan_change")
	}
	return nil
}

func (t *turn) changeGroup(*Task) error {
	if t.act.Outcome == "refuse" {
		return t.close(ChangeRejected)
	}
	p, err := t.planChange()
	if err != nil {
		return err
	}
	if p.Decision, err = t.paper(); err != nil {
		return err
	}
	t.to(ChangeReview)
	return t.openAt("change_review", PlanningOfficer, PlanningUnit)
}

// objectToChange takes an objection to the public notice; anybody may object.
func (t *turn) objectToChange() error {
	if t.Case.State != Publicity && t.Case.State != Objected {
		return errNotNow("object", t.Case.State)
	}
	seat, err := t.seatAt(PlanningOfficer, PlanningUnit)
	if err != nil {
		return err
	}
	return t.objection("change_objection", seat)
}

func (t *turn) changeObjection(task *Task) error {
	sustained, err := t.settleObjection(task)
	if err != nil {
		return err
	}
	if sustained {
		t.fx.Case.Round++
		t.to(ChangeReview)
		return t.openAt("change_review", PlanningOfficer, PlanningUnit)
	}
	if t.waiting("change_objection") {
		return nil
	}
	ends := t.Case.ActsAt
	t.to(Publicity)
	t.fx.Case.ActsAt = ends
	if ends != nil && !t.Now.Before(*ends) { // it had ended while the objection was examined
		return t.changeNoticeOver()
	}
	return nil
}

func (t *turn) closeChangeNotice() error {
	if err := t.dueNow(Publicity); err != nil {
		return err
	}
	return t.changeNoticeOver()
}

func (t *turn) changeNoticeOver() error {
	t.figure("housing.change_notice_days", "公示期满无未决异议", "public notice over, no objection left open", map[string]any{"objections": len(t.Objects)})
	t.to(ChangeDeciding)
	return t.openAt("change_decide", PlanningOfficer, PlanningUnit)
}

// changeDecided approves the change with a document of planning; the project follows it from its next act on.
func (t *turn) changeDecided(*Task) error {
	if t.act.Outcome == "reject" {
		return t.close(ChangeRejected)
	}
	p, err := t.planChange()
	if err != nil {
		return err
	}
	if err := t.changeStands(p); err != nil {
		return err
	}
	issuer, err := t.seatAt(PlanningOfficer, PlanningUnit)
	if err != nil {
		return err
	}
	now := t.Now
	p.ApprovedAt, p.Approval = &now, t.act.ID
	t.fx.Document = &Document{Unit: issuer.Unit, Title: "关于批准“" + p.Name + "”规划调整的通知"}
	t.notify("change_approved", Seat{Role: Developer, Unit: t.world.Responsible(t.Case.Unit)}, "")
	return t.close(ChangeApproved)
}

// recalculateChange lengthens the public notice with a new calendar.
func (t *turn) recalculateChange() error { return nil }
