package civic

import (
	"slices"

	"lizheng/civic/space"
)

// settleShortfall begins to make good what cannot be rectified (domain 5.3). It never ends before nothing is open.
func (t *turn) settleShortfall(h *Housing) error {
	tolerance, err := t.housingTolerance()
	if err != nil {
		return err
	}
	short, err := space.Judge(*h.Areas.Required, *h.Areas.Measured, tolerance)
	if err != nil {
		return err
	}
	impossible := h.Uncorrectable || slices.ContainsFunc(h.Orders, func(o HousingOrder) bool { return o.Answer == "impossible" })
	switch {
	case short.Owed() == 0:
		return refuseFinding(short.Finding(), "outcome", "housing.tolerance_m2").With("owed", short.Owed().String())
	case !impossible:
		return Refuse(Conflict, "not_tried", "应先责令整改；确实无法整改的，方可转入补足。", "It has to be ordered to be rectified first; only what cannot be is settled.").
			At("outcome").By("housing.rectify_days")
	}
	sum, err := h.tally(h.Measured)
	if err != nil {
		return err
	}
	h.Settlement = &space.Settlement{Shortfall: short, Street: t.street(h), Storey: max(sum.Highest, space.GroundFloor)}
	t.to(Settling)
	return t.askSeat("remedy", t.developerSeat(h))
}

// remedyProposed takes a measure, or the reason why a remedy is impossible; remedies are tried in their order.
func (t *turn) remedyProposed(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	s := h.Settlement
	next, left := s.Next()
	if !left {
		next = space.Pay
	}
	zh, en := next.Words()
	if t.act.Outcome == "rule_out" {
		r := space.Remedy(t.gave().Remedy)
		if r != next || r == space.Pay {
			return Refuse(Conflict, "remedy_out_of_order", "现应采取的补足方式为“"+zh+"”；缴费不得排除。", "The remedy to be tried now is the "+en+"; the payment cannot be ruled out.").
				At("details.housing.remedy").By("housing.remedies").With("next", string(next))
		}
		h.Proposed = &RemedyProposal{RuledOut: &space.RuledOut{Remedy: r, Reason: t.act.Opinion}}
		return t.openAt("remedy_review", CivilAffairs, CivilAffairsUnit)
	}
	if len(s.Measures) >= maxKept {
		return errTooManyKept()
	}
	m := *t.gave().Measure
	measure := space.Measure{ID: NewID(t.act.ID, "measure"), Remedy: m.Remedy, Area: m.Area, Storey: m.Storey}
	if m.Region != "" {
		measure.Street = t.world.Above(m.Region)
	}
	tried := *s
	tried.Measures = append(slices.Clone(s.Measures), measure)
	for _, f := range tried.Check() {
		about := slices.ContainsFunc(f.Figures, func(n space.Figure) bool { return n.Value == measure.ID })
		if about && !oneOf(f.Code, "payment_undecided", "payment_without_price") { // which the leading group decides
			return refuseFinding(f, "details.housing.measure", "housing.remedies").With("next", string(next))
		}
	}
	h.Proposed = &RemedyProposal{Measure: &measure}
	return t.openAt("remedy_review", CivilAffairs, CivilAffairsUnit)
}

// remedyReviewed lets a measure begin. A payment is the leading group's to allow, nobody else's.
func (t *turn) remedyReviewed(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	p := h.Proposed
	if p == nil {
		return errNotNow("remedy_review", t.Case.State)
	}
	switch {
	case t.act.Outcome == "disagree", p.Measure == nil && p.RuledOut == nil:
		h.Proposed = nil
		return t.askSeat("remedy", t.developerSeat(h))
	case p.RuledOut != nil:
		h.Settlement.RuledOut = append(h.Settlement.RuledOut, *p.RuledOut)
		h.Proposed = nil
		return t.askSeat("remedy", t.developerSeat(h))
	case p.Measure.Remedy == space.Pay:
		return t.openAt("remedy_decide", GroupChair, GroupUnit)
	}
	return t.openAt("remedy_delivery", CivilAffairs, CivilAffairsUnit)
}

// proposed is the measure that is under way.
func (t *turn) proposed(h *Housing) (*space.Measure, error) {
	if h.Proposed == nil || h.Proposed.Measure == nil {
		return nil, errNotNow(string(t.act.Kind), t.Case.State)
	}
	return h.Proposed.Measure, nil
}

// remedyDelivered counts an area once it is there; one that came to nothing is out.
func (t *turn) remedyDelivered(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	m, err := t.proposed(h)
	if err != nil {
		return err
	}
	h.Proposed = nil
	if t.act.Outcome == "failed" {
		h.Settlement.RuledOut = append(h.Settlement.RuledOut, space.RuledOut{Remedy: m.Remedy, Reason: t.act.Opinion})
		return t.askSeat("remedy", t.developerSeat(h))
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	if m.Area = *t.gave().Area; m.Area <= 0 || m.Area > space.MaxArea {
		return Refuse(Invalid, "out_of_range", "面积超出范围。", "The area is out of range.").At("details.housing.area")
	}
	m.Exists, m.Decision = true, paper.Number
	h.Settlement.Measures = append(h.Settlement.Measures, *m)
	t.fx.Housing.Measure = m
	return t.settleOn(h)
}

// paymentDecided (the leading group's chair) sets the price, or refuses that money takes the place of rooms.
func (t *turn) paymentDecided(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	m, err := t.proposed(h)
	if err != nil {
		return err
	}
	if t.act.Outcome == "refuse" {
		h.Proposed = nil
		return t.askSeat("remedy", t.developerSeat(h))
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	price := t.gave().Price
	m.Decision, m.Price = paper.Number, space.Price{Construction: price.Construction, Land: price.Land}
	due, err := m.Price.Due(m.Area)
	if err != nil || due > maxBooking {
		return Refuse(Invalid, "bad_price", "请填写建设成本和土地分摊单价。", "Give the construction price and the land share of a square metre.").At("details.housing.price")
	}
	t.fx.Housing.Measure = m
	t.figure("housing.payment", "应缴费用", "what is to be paid", map[string]any{"area": m.Area.String(), "construction_fen": int64(price.Construction),
		"land_fen": int64(price.Land), "due_fen": int64(due), "decision": paper.Number})
	return t.openAt("remedy_booking", Finance, FinanceUnit)
}

// paymentBooked counts a payment once the whole of it has reached the account.
func (t *turn) paymentBooked(*Task) error {
	h, err := t.project()
	if err != nil {
		return err
	}
	paper, err := t.paper()
	if err != nil {
		return err
	}
	m, err := t.proposed(h)
	if err != nil {
		return err
	}
	due, err := m.Price.Due(m.Area)
	if err != nil {
		return err
	}
	amount := t.gave().Booked
	if amount <= 0 || amount > due-m.Booked {
		return Refuse(Invalid, "bad_amount", "入账金额须大于零，且不得超过尚缴金额。", "The amount is above zero and not above what is still owed.").
			At("details.housing.booked_fen").By("housing.payment").With("due_fen", int64(due)).With("booked_fen", int64(m.Booked)).With("amount_fen", int64(amount))
	}
	m.Booked += amount
	t.fx.Housing.Booking = &Booking{Measure: m.ID, Amount: amount, Paper: *paper}
	if m.Booked < due {
		t.figure("housing.payment", "部分入账", "booked in part", map[string]any{"due_fen": int64(due), "booked_fen": int64(m.Booked)})
		return t.openAt("remedy_booking", Finance, FinanceUnit)
	}
	h.Settlement.Measures = append(h.Settlement.Measures, *m)
	h.Proposed = nil
	return t.settleOn(h)
}

// settleOn goes on to the handover when nothing is open any more, and to the next measure otherwise.
func (t *turn) settleOn(h *Housing) error {
	b, err := h.Settlement.Balance()
	if err != nil {
		return err
	}
	t.figure("housing.settlement", "补足情况", "the settlement", figuresOf(b.Figures()))
	if !b.Settled {
		return t.askSeat("remedy", t.developerSeat(h))
	}
	if err := t.pass(h, GateVerified, nil, "settled"); err != nil {
		return err
	}
	return t.toHandover(h)
}

// delivered is the area of the measures that exist: it is handed over with what was measured.
func (h *Housing) delivered() (space.Area, error) {
	var sum space.Area
	if h.Settlement == nil {
		return 0, nil
	}
	for _, m := range h.Settlement.Measures {
		if m.Exists {
			var err error
			if sum, err = sum.Add(m.Area); err != nil {
				return 0, err
			}
		}
	}
	return sum, nil
}
