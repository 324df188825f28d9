package civic

import (
	"slices"
	"time"

	"lizheng/civic/space"
)

// toHandover (D15) asks the developer to hand over. The term runs from the acceptance, whatever happened since.
func (t *turn) toHandover(h *Housing) error {
	t.to(HandingOver)
	if h.Handover == nil { // only after a recall of years ago
		h.Handover = &Handover{DueAt: t.Now}
	}
	if due := h.Handover.DueAt; t.Now.Before(due) {
		t.fx.Case.ActsAt = &due
	} else {
		h.Handover.Late = true
	}
	return t.askHandover(h)
}

// askHandover asks for the inventory: until the term is over, or soon when it is over already.
func (t *turn) askHandover(h *Housing) error {
	soon, err := t.after("housing.sign_wd")
	if err != nil {
		return err
	}
	due := h.Handover.DueAt
	if soon.After(due) {
		due = *soon
	}
	t.askUntil("hand_over", t.developerSeat(h), due)
	return nil
}

// handoverLate is the system's own: the term is over and is said to be; nothing is handed over by that.
func (t *turn) handoverLate() error {
	if err := t.dueNow(HandingOver); err != nil {
		return err
	}
	h, err := t.project()
	if err != nil {
		return err
	}
	h.Handover.Late = true
	t.fx.Case.ActsAt = nil
	t.figure("housing.handover_months", "逾期未移交", "not handed over in time", map[string]any{"due": h.Handover.DueAt.Format(time.RFC3339)})
	return t.copyOrder(h, "handover_late")
}

// handoverOffered takes the inventory. Without the engineering archives there is no handover.
func (t *turn) handoverOffered(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	in := t.gave().Inventory
	if err := t.inventoryStands(h, in); err != nil {
		return err
	}
	o := h.Handover
	now := t.Now
	o.Area, o.Archives, o.Inventory, o.OfferedAt = in.Area, in.Archives, in.Lines, &now
	o.Signed = []Signature{{Party: "developer", Unit: t.developerSeat(h).Unit, Person: t.act.Actor, At: t.Now}}
	t.fx.Case.Round++ // everybody signs what is offered now
	civil, err := t.seatAt(CivilAffairs, CivilAffairsUnit)
	if err != nil {
		return err
	}
	for _, seat := range []Seat{t.streetSeat(h), t.communitySeat(h), civil} {
		if err := t.askSeat("sign_handover", seat); err != nil {
			return err
		}
	}
	return nil
}

func (t *turn) inventoryStands(h *Housing, in *HousingInventory) error {
	const at = "details.housing.inventory"
	needed, err := t.Rules.List("housing.archives")
	if err != nil {
		return err
	}
	lacking := slices.DeleteFunc(slices.Clone(needed), func(a string) bool { return slices.Contains(in.Archives, a) })
	extra, err := h.delivered()
	if err != nil {
		return err
	}
	whole, err := h.Areas.Measured.Add(extra)
	if err != nil {
		return err
	}
	count := func(kind string) (n int) {
		for _, l := range in.Lines {
			if l.Kind == kind {
				n++
			}
		}
		return n
	}
	defects := len(h.Checks[len(h.Checks)-1].Defects)
	switch {
	case len(lacking) > 0:
		return Refuse(Conflict, "archives_missing", "缺少工程档案，不能移交。", "The engineering archives are missing; without them there is no handover.").
			At(at+".archives").By("housing.archives").With("missing", lacking)
	case in.Area != whole:
		return Refuse(Conflict, "handed_over_differs", "移交面积应为"+whole.Zh()+"（实测面积及补足面积）。", "What is handed over has to be "+whole.En()+": measured, and made good.").
			At(at+".area").By("housing.areas").With("area", in.Area.String()).With("measured", h.Areas.Measured.String()).With("made_good", extra.String())
	case count("room") == 0 || count("keys") == 0 || count("meter") == 0:
		return Refuse(Invalid, "missing", "移交清单须列明房间、钥匙和表具。", "The inventory lists rooms, keys and meters.").At(at + ".lines")
	case h.Checks[len(h.Checks)-1].Outcome == "minor" && count("defect") < defects:
		return Refuse(Conflict, "defects_missing", "移交清单须列明核查发现的全部问题及整改期限。", "The inventory lists every defect that was found, with its day.").
			At(at+".lines").By("housing.check").With("found", defects).With("listed", count("defect"))
	}
	return nil
}

var partyOf = map[Role]string{StreetClerk: "street", Community: "community", CivilAffairs: "witness"}

// handoverSigned: three parties sign, civil affairs is the witness; one who does not sends the inventory back.
func (t *turn) handoverSigned(task *Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	if t.act.Outcome == "sign" {
		h.Handover.Signed = append(h.Handover.Signed, Signature{Party: partyOf[task.Seat.Role], Unit: task.Seat.Unit, Person: t.act.Actor, At: t.Now})
	}
	if t.waiting("sign_handover") {
		return nil
	}
	if len(h.Handover.Signed) < 4 {
		h.Handover.Signed, h.Handover.OfferedAt = nil, nil
		return t.askHandover(h)
	}
	if h.Handover.Area != *h.Areas.Measured {
		h.Deviations = append(h.Deviations, space.Deviation{Stage: space.AreaHandedOver, From: *h.Areas.Measured, To: h.Handover.Area, Reference: "补足"})
	}
	if err := t.pass(h, GateHandover, nil, ""); err != nil {
		return err
	}
	t.setArea(h, space.AreaHandedOver, h.Handover.Area, "")
	months, err := t.Rules.Int("housing.registration_months")
	if err != nil {
		return err
	}
	t.to(Titling)
	due, _ := t.Calendar.DueMonths(t.Now, months)
	t.askUntil("register_title", t.streetSeat(h), due)
	return nil
}

// titleAnswered (D16) keeps the certificate. An obstacle is on record and looked at again; the rooms are used meanwhile.
func (t *turn) titleAnswered(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	first := t.Case.State == Titling
	if t.act.Outcome == "obstacle" {
		return t.titleObstacle(h, first)
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	area, handed := *t.gave().Area, *h.Areas.HandedOver
	if area != handed {
		if t.silent() || area <= 0 || area > space.MaxArea {
			return Refuse(Conflict, "registered_differs", "登记面积与移交面积"+handed.Zh()+"不一致，须说明理由。",
				"The registered area is not the "+handed.En()+" handed over; say why.").At("opinion").By("housing.areas").
				With("registered", area.String()).With("handed_over", handed.String())
		}
		h.Deviations = append(h.Deviations, space.Deviation{Stage: space.AreaRegistered, From: handed, To: area, Reference: paper.Number})
	}
	h.Certificate = &HousingTitle{Document: *paper, Area: area, Owner: t.gave().Owner, At: t.Now}
	t.setArea(h, space.AreaRegistered, area, paper.Number)
	if !first {
		return nil
	}
	if err := t.pass(h, GateTitle, paper, ""); err != nil {
		return err
	}
	return t.toOpening(h)
}

func (t *turn) titleObstacle(h *Housing, first bool) error {
	if len(h.Obstacles) >= maxKept {
		return errTooManyKept()
	}
	h.Obstacles = append(h.Obstacles, Obstacle{At: t.Now, By: t.act.Actor, Text: t.act.Opinion})
	days, err := t.Rules.Int("housing.obstacle_wd")
	if err != nil {
		return err
	}
	if first {
		if err := t.pass(h, GateTitle, nil, "obstacle"); err != nil {
			return err
		}
		if err := t.toOpening(h); err != nil {
			return err
		}
	}
	t.ask("register_title", t.streetSeat(h), days)
	return nil
}

// toOpening (D17) asks the street to lay the rooms out and to open them.
func (t *turn) toOpening(h *Housing) error {
	days, err := t.Rules.Int("housing.use_days")
	if err != nil {
		return err
	}
	t.to(Opening)
	due, _ := t.Calendar.DueCalendarDays(t.Now, days)
	t.askUntil("put_into_use", t.streetSeat(h), due)
	return nil
}
