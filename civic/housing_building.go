package civic

import (
	"slices"

	"lizheng/civic/space"
)

// inspected (D7): the rooms keep step with the homes, by the figures and not by the word of whoever looked.
func (t *turn) inspected(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	p := *t.gave().Progress
	last := h.progress()
	if p.Homes < last.Homes || p.Homes > h.Households || p.Rooms < last.Rooms || p.Rooms > space.MaxArea {
		return Refuse(Invalid, "bad_progress", "进度不得倒退，也不得超过规划户数。", "Progress does not go back, nor beyond the planned homes.").
			At("details.housing.progress").With("homes_before", last.Homes).With("rooms_before", last.Rooms.String()).With("households", h.Households)
	}
	behind, err := space.Behind(*h.Areas.Permitted, p.Rooms, p.Homes, h.Households)
	if err != nil {
		return err
	}
	t.figure("housing.progress", "用房进度与住宅进度", "the rooms and the homes", map[string]any{
		"homes": p.Homes, "households": h.Households, "rooms": p.Rooms.String(), "permitted": h.Areas.Permitted.String(), "behind": behind.String()})
	switch {
	case t.act.Outcome == "normal" && behind > 0:
		return errLag(behind, "outcome")
	case t.act.Outcome == "finished" && (p.Homes < h.Households || behind > 0):
		return Refuse(Conflict, "not_finished", "住宅或者用房尚未全部建成。", "Not all homes and rooms are built.").At("outcome").By("housing.progress").
			With("homes", p.Homes).With("households", h.Households).With("behind", behind.String())
	case len(h.Inspections) >= maxKept:
		return errTooManyKept()
	}
	h.Inspections = append(h.Inspections, Inspection{At: t.Now, Outcome: t.act.Outcome, Homes: p.Homes, Rooms: p.Rooms, Behind: behind, Photos: t.gave().Photos})
	if t.act.Outcome == "finished" {
		if err := t.pass(h, GateBuilt, nil, ""); err != nil {
			return err
		}
		return t.toSurvey(h)
	}
	if t.act.Outcome == "lag" { // 催办
		t.notify("lag", t.developerSeat(h), "")
		t.notify("lag", t.streetSeat(h), "")
		if seat, err := t.seatAt(CivilAffairs, CivilAffairsUnit); err == nil {
			t.notify("lag", seat, "")
		}
	}
	return t.openAt("inspect", BuildingOfficer, ConstructionUnit)
}

func errLag(behind space.Area, field string) *Error {
	return Refuse(Conflict, "rooms_lag", "用房进度落后住宅"+behind.Zh()+"。", "The rooms lag "+behind.En()+" behind the homes.").
		At(field).By("housing.progress").With("behind", behind.String())
}

// progress is what stood at the last inspection.
func (h *Housing) progress() HousingProgress {
	if n := len(h.Inspections); n > 0 {
		return HousingProgress{Homes: h.Inspections[n-1].Homes, Rooms: h.Inspections[n-1].Rooms}
	}
	return HousingProgress{}
}

// toSurvey asks the surveyor for the measured areas.
func (t *turn) toSurvey(h *Housing) error {
	t.to(Surveying)
	return t.askSeat("survey", Seat{Role: Surveyor, Unit: t.world.Responsible(h.Surveyor)})
}

// applyPresale asks for the presale of a phase (D8).
func (t *turn) applyPresale() error {
	if t.Case.State != Building || t.waiting("presale") {
		return errNotNow("apply_presale", t.Case.State)
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	n := t.gave().Phase
	if n < 1 || n > max(len(h.Phases), 1) {
		return Refuse(Invalid, "no_such_phase", "没有这个分期。", "There is no such phase.").At("details.housing.phase")
	}
	if slices.ContainsFunc(h.Presales, func(p Presale) bool { return p.Phase == n && p.Outcome == "pass" }) {
		return Refuse(Conflict, "presale_passed", "该期已准予预售。", "This phase may already be sold.").At("details.housing.phase")
	}
	if len(h.Presales) >= maxKept {
		return errTooManyKept()
	}
	h.Selling = n
	return t.openAt("presale", HousingAuthority, HousingAuthorityUnit)
}

// presaleAnswered (D8): nothing is sold while the rooms lag or are not permitted.
func (t *turn) presaleAnswered(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	if t.act.Outcome == "pass" {
		if err := t.settledPlan(); err != nil {
			return err
		}
		if _, err := t.paper(); err != nil {
			return err
		}
		if err := t.presaleStands(h); err != nil {
			return err
		}
	}
	h.Presales = append(h.Presales, Presale{At: t.Now, Phase: h.Selling, Outcome: t.act.Outcome})
	h.Selling = 0
	t.notify("presale", t.developerSeat(h), "")
	return nil
}

func (t *turn) presaleStands(h *Housing) error {
	if h.Areas.Permitted == nil || h.passed(GatePlanning) == nil {
		return Refuse(Conflict, "rooms_not_permitted", "用房尚未取得规划许可，不准预售。", "The rooms are not permitted; no presale.").At("outcome").By("housing.presale")
	}
	p := h.progress()
	behind, err := space.Behind(*h.Areas.Permitted, p.Rooms, p.Homes, h.Households)
	if err != nil {
		return err
	}
	if behind > 0 {
		return errLag(behind, "outcome")
	}
	n := len(h.Inspections)
	if n == 0 {
		return Refuse(Conflict, "not_inspected", "尚无节点检查，不准预售。", "No node has been inspected yet; no presale.").At("outcome").By("housing.presale")
	}
	return nil
}

// surveyed (D10) keeps the measured areas, whatever they are: a survey is not refused for what it found.
func (t *turn) surveyed(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	sum, err := h.tally(t.gave().Rooms)
	if err != nil {
		return err
	}
	h.Measured = t.gave().Rooms
	if err := t.pass(h, GateSurvey, paper, ""); err != nil {
		return err
	}
	t.setArea(h, space.AreaMeasured, sum.Counted, paper.Number)
	t.figure("housing.measured", "实测面积", "the measured area", map[string]any{
		"measured": sum.Counted.String(), "excluded": sum.Excluded.String(), "ground": sum.Ground.String(), "permitted": h.Areas.Permitted.String()})
	t.to(PlanChecking)
	return t.openAt("planning_check", PlanningOfficer, PlanningUnit)
}

// planChecked (D11): without it nobody may organise the acceptance (城乡规划法 art. 45). Less than permitted passes only once it
// was dealt with by law, on a paper that says so.
func (t *turn) planChecked(*Task) error {
	if err := t.settledPlan(); err != nil {
		return err
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	if t.act.Outcome == "fail" {
		t.to(Building)
		return t.openAt("inspect", BuildingOfficer, ConstructionUnit)
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	if t.act.Outcome == "pass_recorded" {
		if *h.Areas.Measured == *h.Areas.Permitted {
			return Refuse(Conflict, "nothing_to_record", "实测面积与许可面积一致，无须处理。", "The measured area is the permitted one; there is nothing to record.").At("outcome")
		}
		h.Deviations = append(h.Deviations, space.Deviation{Stage: space.AreaMeasured, From: *h.Areas.Permitted, To: *h.Areas.Measured, Reference: paper.Number})
	}
	tolerance, err := t.housingTolerance()
	if err != nil {
		return err
	}
	found, err := (space.Areas{Permitted: h.Areas.Permitted, Measured: h.Areas.Measured}).Check(tolerance, h.Deviations)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f space.Finding) bool { return f.Code == "required_missing" || f.Code == "designed_missing" })
	if f := failing(found); f != nil {
		return refuseFinding(*f, "outcome", "housing.tolerance_m2")
	}
	t.findings("housing.areas", found)
	if err := t.pass(h, GatePlanCheck, paper, t.act.Outcome); err != nil {
		return err
	}
	t.to(Completing)
	return t.fileCompletion(h)
}

// fileCompletion asks the developer to file within the law's days of the verification (建设工程质量管理条例 art. 49).
func (t *turn) fileCompletion(h *Housing) error {
	days, err := t.Rules.Int("housing.filing_days")
	if err != nil {
		return err
	}
	due, _ := t.Calendar.DueCalendarDays(t.Now, days)
	t.askUntil("file_completion", t.developerSeat(h), due)
	return nil
}

func (t *turn) completionFiled(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	if h.Filed, err = t.paper(); err != nil {
		return err
	}
	return t.openAt("acceptance", BuildingOfficer, ConstructionUnit)
}

// accepted (D12) starts the term of the handover and asks civil affairs to look.
func (t *turn) accepted(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	if t.act.Outcome == "reject" {
		return t.fileCompletion(h)
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	if err := t.pass(h, GateAcceptance, paper, ""); err != nil {
		return err
	}
	months, err := t.Rules.Int("housing.handover_months")
	if err != nil {
		return err
	}
	due, _ := t.Calendar.DueMonths(t.Now, months)
	h.Handover = &Handover{DueAt: due}
	t.to(Checking)
	return t.openAt("verify", CivilAffairs, CivilAffairsUnit)
}
