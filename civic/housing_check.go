package civic

import (
	"slices"

	"lizheng/civic/space"
)

// rectifyBasis is the law that a notice of rectification names; where it is ignored, planning acts under art. 64.
const rectifyBasis = "《中华人民共和国城乡规划法》第四十五条、第六十四条"

// examined computes the grade of a verification from the checklist and the measured areas: nobody's word counts for more.
func (t *turn) gradeHousing(h *Housing) (HousingCheck, error) {
	c := HousingCheck{Round: len(h.Checks) + 1, At: t.Now, Outcome: t.act.Outcome, Defects: t.gave().Defects, Photos: t.gave().Photos}
	essential, err := t.Rules.List("housing.essential_items")
	if err != nil {
		return c, err
	}
	items, err := space.Checklist(essential...)
	if err != nil {
		return c, err
	}
	sum, err := h.tally(h.Measured)
	if err != nil {
		return c, err
	}
	seen, err := sum.Measure(h.Conditions.Storey, h.Standard.GroundRatio)
	if err != nil {
		return c, err
	}
	c.Answers = withMeasured(t.gave().Checklist, seen)
	place, err := space.Locate(items, c.Answers)
	if err != nil {
		return c, Refuse(Invalid, "bad_checklist", "核查项目重复，或者不在核查表中。", "An item is answered twice, or is not on the checklist.").At("details.housing.checklist")
	}
	if len(place.Unanswered) > 0 {
		return c, Refuse(Invalid, "unanswered", "核查表有未填写的项目。", "Items of the checklist are unanswered.").At("details.housing.checklist").With("items", place.Unanswered)
	}
	tolerance, err := t.housingTolerance()
	if err != nil {
		return c, err
	}
	areas := h.Areas
	areas.HandedOver, areas.Registered = nil, nil
	found, err := areas.Check(tolerance, h.Deviations)
	if err != nil {
		return c, err
	}
	c.Findings = append(place.Findings, found...)
	c.Grade = space.Worst(c.Findings)
	return c, nil
}

// withMeasured adds what the survey itself answers. An officer may find worse than was measured, not better.
func withMeasured(given, measured []space.Answer) []space.Answer {
	out := slices.Clone(given)
	for _, m := range measured {
		i := slices.IndexFunc(out, func(a space.Answer) bool { return a.Code == m.Code })
		if i < 0 {
			out = append(out, m)
			continue
		}
		if out[i].Met && !m.Met {
			out[i] = m
		}
	}
	return out
}

// worth orders the outcomes of a verification from the best to the worst.
var worth = map[string]int{"pass": 0, "minor": 1, "fail": 2, "settle": 2}

// verified (D13): the outcome is never better than what the checklist and the survey come to.
func (t *turn) verified(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	c, err := t.gradeHousing(h)
	if err != nil {
		return err
	}
	if worth[c.Outcome] < worth[string(c.Grade)] {
		return errBetterThanSeen(c)
	}
	t.findings("housing.check", c.Findings)
	h.Checks = append(h.Checks, c)
	switch c.Outcome {
	case "fail":
		return t.orderToRectify(h, c)
	case "settle":
		return t.settleShortfall(h)
	}
	if err := t.pass(h, GateVerified, nil, c.Outcome); err != nil {
		return err
	}
	return t.toHandover(h)
}

// errBetterThanSeen says what the outcome would pass over.
func errBetterThanSeen(c HousingCheck) *Error {
	e := Refuse(Conflict, "better_than_seen", "核查结果为“"+c.Grade.Zh()+"”，不得定为更好的结果。",
		"The checklist and the survey come to “"+string(c.Grade)+"”; the outcome cannot be better.").At("outcome").By("housing.check").With("grade", string(c.Grade))
	for _, f := range c.Findings {
		if worth[c.Outcome] >= worth[string(f.Grade)] {
			continue
		}
		also := Refuse(Conflict, f.Code, f.Zh, f.En).At("details.housing.checklist")
		for _, n := range f.Figures {
			also = also.With(n.Name, n.Value)
		}
		e.Also = append(e.Also, also)
	}
	return e
}

// orderToRectify (D14) issues a numbered notice with a term of its own; planning, construction, housing and the street get a copy.
func (t *turn) orderToRectify(h *Housing, c HousingCheck) error {
	days, err := t.Rules.Int("housing.rectify_days")
	if err != nil {
		return err
	}
	if len(h.Orders) >= maxKept {
		return errTooManyKept()
	}
	due, _ := t.Calendar.DueCalendarDays(t.Now, days)
	issuer, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
	if err != nil {
		return err
	}
	h.Orders = append(h.Orders, HousingOrder{Act: t.act.ID, Round: c.Round, Defects: c.Defects, Basis: rectifyBasis, IssuedAt: t.Now, DueAt: due,
		State: OrderOpen, Before: c.Photos})
	t.fx.Housing.Order = &OrderRecord{Order: t.act.ID, Event: OrderIssued, Round: c.Round, DueAt: due}
	t.fx.Document = &Document{Unit: issuer.Unit, Title: "关于“" + h.Name + "”社区服务用房的整改通知书"}
	t.figure("housing.rectify_days", "责令限期整改", "ordered to rectify within a term", map[string]any{"days": days, "defects": len(c.Defects), "basis": rectifyBasis})
	t.to(Rectifying)
	t.askUntil("rectify", t.developerSeat(h), due)
	t.fx.Case.ActsAt = &due
	return t.copyOrder(h, "order_issued")
}

// copyOrder tells the offices that an order concerns.
func (t *turn) copyOrder(h *Housing, kind string) error {
	t.notify(kind, t.streetSeat(h), "")
	for _, s := range []struct {
		role Role
		body string
	}{{PlanningOfficer, PlanningUnit}, {BuildingOfficer, ConstructionUnit}, {HousingAuthority, HousingAuthorityUnit}} {
		seat, err := t.seatAt(s.role, s.body)
		if err != nil {
			return err
		}
		t.notify(kind, seat, "")
	}
	return nil
}

// rectified answers an order: the rooms are looked at again, measured anew where the area was at fault.
func (t *turn) rectified(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	o := h.order()
	if o == nil {
		return errNotNow("rectify", t.Case.State)
	}
	now := t.Now
	o.State, o.ClosedAt, o.Answer, o.After = OrderAnswered, &now, t.act.Outcome, t.gave().Photos
	t.ended(o, OrderEvent(t.act.Outcome))
	return t.lookAgain(h, t.act.Outcome == "rectified")
}

// lookAgain sends a project back to the verification, through a new survey when the area was at fault and something was built.
func (t *turn) lookAgain(h *Housing, built bool) error {
	if built && h.areaAtFault() {
		return t.toSurvey(h)
	}
	t.to(Checking)
	return t.openAt("verify", CivilAffairs, CivilAffairsUnit)
}

// areaAtFault reports whether the last verification found too little area.
func (h *Housing) areaAtFault() bool {
	if len(h.Checks) == 0 {
		return false
	}
	return slices.ContainsFunc(h.Checks[len(h.Checks)-1].Findings, func(f space.Finding) bool {
		return f.Grade == space.Fail && oneOf(f.Code, "area_short", "measured_below_permitted")
	})
}

// extendOrder asks for more time, at most as often as the rules allow and not on the last days.
func (t *turn) extendOrder() error {
	if t.Case.State != Rectifying || t.waiting("extension") {
		return errNotNow("extend_order", t.Case.State)
	}
	if t.silent() {
		return Refuse(Invalid, "reason_needed", "申请延期必须说明理由。", "More time needs a reason.").At("opinion")
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	o := h.order()
	most, err := t.Rules.Int("housing.rectify_extensions")
	if err != nil {
		return err
	}
	need, err := t.Rules.Int("housing.extension_wd")
	if err != nil {
		return err
	}
	left := t.Calendar.Between(dateOf(t.Now), lastDay(*t.Case.ActsAt))
	switch {
	case o == nil:
		return errNotNow("extend_order", t.Case.State)
	case o.Extended >= most:
		return Refuse(Conflict, "extended_enough", "该整改通知书已延期，不得再次延期。", "This order has been extended as often as the rules allow.").
			By("housing.rectify_extensions").With("extended", o.Extended).With("max", most)
	case left < need:
		return Refuse(Conflict, "too_late", "距整改期限不足审批所需工作日，不能申请延期。", "Too few working days are left for an answer before the term is over.").
			By("housing.extension_wd").With("left", left).With("needed", need)
	}
	return t.openAt("extension", CivilAffairs, CivilAffairsUnit)
}

// extensionAnswered gives an order its one extension, or leaves its term as it is.
func (t *turn) extensionAnswered(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	o := h.order()
	if o == nil {
		return errNotNow("extension", t.Case.State)
	}
	t.notify("extension", t.developerSeat(h), "")
	if t.act.Outcome == "deny" {
		return nil
	}
	days, err := t.Rules.Int("housing.rectify_days")
	if err != nil {
		return err
	}
	due, _ := t.Calendar.DueCalendarDays(lastDay(*t.Case.ActsAt).Start(), days)
	o.Extended++
	o.DueAt = due
	t.fx.Housing.Order = &OrderRecord{Order: o.Act, Event: OrderExtended, DueAt: due}
	t.fx.Case.ActsAt = &due
	for i := range t.Tasks {
		if k := &t.Tasks[i]; k.Open() && k.Step == "rectify" {
			k.DueAt, k.Term = &due, max(t.Calendar.Between(dateOf(k.OpenedAt), lastDay(due)), 0)
			t.setReminder(k)
		}
	}
	t.figure("housing.rectify_days", "准予延期", "more time to rectify", map[string]any{"days": days, "extended": o.Extended})
	return nil
}

// transferOrder (D14) is the system's own: at its instant an ignored order goes to planning with its legal basis. It is
// never taken for rectified.
func (t *turn) transferOrder() error {
	if err := t.dueNow(Rectifying); err != nil {
		return err
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	if o := h.order(); o != nil {
		now := t.Now
		o.State, o.ClosedAt = OrderTransferred, &now
		t.ended(o, OrderIgnored)
		t.figure("城乡规划法第六十四条", "逾期未整改，移送规划部门依法处理", "not rectified in time: transferred to planning under art. 64 of the Urban and Rural Planning Law",
			map[string]any{"order": o.Number, "due": o.DueAt.Format("2006-01-02T15:04:05Z07:00")})
	}
	t.to(Enforcing)
	if err := t.copyOrder(h, "order_transferred"); err != nil {
		return err
	}
	return t.openAt("enforce", PlanningOfficer, PlanningUnit)
}

// enforced ends the part of planning: the rooms are looked at again, whatever became of the penalty.
func (t *turn) enforced(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	if _, err := t.paper(); err != nil {
		return err
	}
	if t.act.Outcome == "uncorrectable" {
		h.Uncorrectable = true
	}
	return t.lookAgain(h, t.act.Outcome == "corrected")
}
