package civic

import (
	"slices"

	"lizheng/civic/money"
	"lizheng/civic/space"
	"lizheng/civic/workday"
)

// Parameters that name bodies of a supplement.
const (
	CivilAffairsUnit = "bodies.civil_affairs"
	ApprovingUnits   = "supplement.approving_units" // one for each district
)

// supplement is a copy of the case's matter, to be changed and set as an effect.
func (t *turn) supplement() (*Supplement, error) {
	s, ok := t.Matter.(*Supplement)
	if !ok {
		return nil, errNotNow("supplement", t.Case.State)
	}
	return s.clone()
}

// submitSupplement files the proposal (S1): the shortage is computed, not claimed.
func (t *turn) submitSupplement() error {
	if t.Case.State != Draft {
		return Refuse(Conflict, "already_submitted", "该申请已提交。", "This request has already been submitted.").With("number", t.Case.Number)
	}
	s, err := t.supplement()
	if err != nil {
		return err
	}
	if err := t.supplyStands(s); err != nil {
		return err
	}
	c := &t.fx.Case
	c.Title, c.RulesAt, c.Calendar = s.Title(), t.Now, t.Calendar.Version() // the case is born
	t.fx.NewNumber, t.fx.Matter = true, s
	t.to(SupplyReview)
	return t.openAt("supply_review", CivilAffairs, CivilAffairsUnit)
}

// supplyStands refuses a proposal that is not complete, not the proposer's to make, or makes up for nothing.
func (t *turn) supplyStands(s *Supplement) error {
	faults := s.faults()
	if e := s.ready(t.Now); e != nil {
		faults = append(faults, e)
	}
	community, ok := t.world.Region(s.Region)
	switch {
	case !ok || community.Level != "community" || !community.Stands(t.Now):
		faults = append(faults, Refuse(Invalid, "no_such_community", "没有这个社区。", "There is no such community.").At("region"))
	case !t.answersFor(s.Region):
		faults = append(faults, Refuse(Invalid, "not_your_community", "只能为本街道（镇）或本区的社区提出。", "Only for communities of your own street, town or district.").At("region"))
	}
	if len(faults) > 0 {
		first := *faults[0]
		first.Also = faults[1:]
		return &first
	}
	return t.supplyNeeded(s, community)
}

// answersFor reports whether the applicant's unit answers for the community: its street's or town's desk, or a body of its district.
func (t *turn) answersFor(region string) bool {
	unit := t.world.Responsible(t.Case.Unit)
	if unit == t.world.Desk(t.world.Above(region)) {
		return true
	}
	u, ok := t.world.Unit(unit)
	return ok && u.Level == "district" && u.Region == t.world.District(region)
}

// supplyNeeded computes what the community is short of, less what others have promised for it.
func (t *turn) supplyNeeded(s *Supplement, community Region) error {
	rooms, err := t.world.RoomsOf(s.Region)
	if err != nil {
		return err
	}
	if e := s.replaceable(rooms, workday.DateOf(t.Now)); e != nil {
		return e
	}
	remaining := slices.DeleteFunc(slices.Clone(rooms), func(r StockRoom) bool {
		return slices.Contains(s.Replaces, r.ID) || r.Case == t.Case.ID // the first go when the new ones are there; the second are of this very promise
	})
	standard, err := HousingStandard(t.Rules)
	if err != nil {
		return err
	}
	short, err := ShortageOf(standard, community, remaining, workday.DateOf(t.Now))
	if err != nil {
		return err
	}
	promised, err := t.world.Promised(s.Region)
	if err != nil {
		return err
	}
	s.Shortage = &short
	figures := short.figures()
	figures["promised_by_others"], figures["proposed"] = promised.String(), s.Area.String()
	t.figure("supplement.shortage", "按现行标准计算缺口", "the shortage against the standard in force", figures)
	if short.Short <= promised {
		return Refuse(Conflict, "not_short", "该社区用房已达标准，或缺口已由其他补足事项承担。", "The community is not short of rooms, or others have promised what it lacks.").
			At("area").By("supplement.shortage").With("short", short.Short.String()).With("promised", promised.String())
	}
	return nil
}

// supplyReviewed (S2): civil affairs holds the proposal against the standard.
func (t *turn) supplyReviewed(*Task) error {
	switch t.act.Outcome {
	case "return":
		return t.supplyReturned()
	case "refuse":
		return t.supplyClosed(RefusedState)
	}
	s, err := t.supplement()
	if err != nil {
		return err
	}
	seat, err := t.districtSeat(s.Region)
	if err != nil {
		return err
	}
	t.to(SupplyApproval)
	_, err = t.open("supply_approve", seat)
	return err
}

// districtSeat is who approves in the district that answers for the community today.
func (t *turn) districtSeat(region string) (Seat, error) {
	units, err := t.Rules.List(ApprovingUnits)
	if err != nil {
		return Seat{}, err
	}
	district := t.world.District(region)
	for _, key := range units {
		unit := t.world.Responsible(key)
		if u, ok := t.world.Unit(unit); ok && u.Region == district && u.Stands(t.Now) {
			return Seat{Role: DistrictLeader, Unit: unit}, nil
		}
	}
	return Seat{}, Refuse(Conflict, "no_district_body", "该社区所在辖市、区没有审批单位，请先在参数中指定。", "No body of the community's district is named that could approve; name it in the parameters.").
		By(ApprovingUnits).With("district", district)
}

// supplyReturned asks the proposer for another proposal. Silence does not end it: the rooms are still missing.
func (t *turn) supplyReturned() error {
	t.releaseAll()
	t.to(Returned)
	_, err := t.open("supply_amend", t.proposer())
	return err
}

// proposer is the seat that carries the proposal: the street's or the district's.
func (t *turn) proposer() Seat {
	unit := t.world.Responsible(t.Case.Unit)
	if u, ok := t.world.Unit(unit); ok && u.Level == "district" {
		return Seat{Role: DistrictDesk, Unit: unit}
	}
	return Seat{Role: StreetClerk, Unit: unit}
}

// supplyClosed ends a case in which nothing was promised yet.
func (t *turn) supplyClosed(s State) error {
	if e := supplyPromised(t.Tasks); e != nil {
		return e.At("outcome")
	}
	return t.close(s)
}

// supplyPromised says why a case cannot end: what the district has approved once is owed. It can be planned anew, in which
// case it is reviewed and approved again, and does not close before the area exists.
func supplyPromised(tasks []Task) *Error {
	k, ok := lastAnswer(tasks, []string{"supply_approve"}, "approve")
	if !ok {
		return nil
	}
	return Refuse(Conflict, "promised", "该补足事项已经区级批准，面积补足前不得终止；可修改方案。", "The district has approved it: it does not end before the area exists; it can be planned anew.").
		With("approved_by", k.EndedBy)
}

// supplyAmended takes the amended proposal: it is computed again, and never promises less than was accepted of it.
func (t *turn) supplyAmended(*Task) error {
	if t.act.Outcome == "drop" {
		return t.supplyClosed(Withdrawn)
	}
	s, err := t.supplement()
	if err != nil {
		return err
	}
	s.Funding = nil
	if err := t.supplyStands(s); err != nil {
		return err
	}
	judged, err := t.supplyOwed(s, 0)
	if err != nil {
		return err
	}
	if judged.Outcome != space.Short {
		return Refuse(Invalid, "area_supplied", "补足面积应大于已入库面积。", "The area must be more than what is in the register already.").At("area").With("supplied", s.Supplied.String())
	}
	t.fx.Case.Title, t.fx.Matter = s.Title(), s
	t.to(SupplyReview)
	return t.openAt("supply_review", CivilAffairs, CivilAffairsUnit)
}

// supplyApproved (S3): the district approves with its money, or says why none is needed.
func (t *turn) supplyApproved(*Task) error {
	switch t.act.Outcome {
	case "return":
		return t.supplyReturned()
	case "refuse":
		return t.supplyClosed(RefusedState)
	}
	s, err := t.supplement()
	if err != nil {
		return err
	}
	if e := s.ready(t.Now); e != nil {
		return e.At("outcome")
	}
	if s.Funding, err = t.supplyMoney(s.Cost); err != nil {
		return err
	}
	ready, err := Day(s.Ready)
	if err != nil {
		return err
	}
	over := ready.AddDate(0, 0, 1).UTC()
	t.fx.Case.Deadline, t.fx.Matter = &over, s
	t.to(SupplyWork)
	_, err = t.open("supply_build", t.proposer())
	return err
}

// supplyMoney reserves the cost on a line of the approving body's own, or keeps its statement.
func (t *turn) supplyMoney(cost money.Fen) (*SupplyFunding, error) {
	line, statement := t.act.Details.BudgetLine, ""
	if d := t.act.Details.Supplement; d != nil {
		statement = d.Statement
	}
	f := &SupplyFunding{Line: line, Statement: statement, Act: t.act.ID, At: t.Now}
	switch {
	case (line == "") == (statement == ""):
		return nil, Refuse(Invalid, "money_or_statement", "请指定预算项目，或说明无需预算安排的理由，二者择一。", "Name a budget line, or state why none is needed: one of the two.").At("details.budget_line")
	case line == "":
		t.figure("supplement.money", "无需预算安排，已说明理由", "no budget line is needed; the statement is on record", nil)
		return f, nil
	case cost == 0:
		return nil, Refuse(Invalid, "no_cost", "方案没有费用，不需要预算项目。", "The proposal costs nothing: there is nothing to reserve.").At("details.budget_line")
	}
	own, ok, err := t.world.Line(line)
	switch {
	case err != nil:
		return nil, err
	case !ok || own.Closed || t.world.Responsible(own.Unit) != t.actingUnit():
		return nil, Refuse(Invalid, "no_such_line", "请选择本单位可用的预算项目。", "Choose an open budget line of your own body.").At("details.budget_line")
	}
	if err := t.rebookOn(line, cost); err != nil {
		return nil, err
	}
	f.Amount = cost
	t.figure("supplement.money", "预留经费", "money reserved", map[string]any{"line": line, "amount_fen": int64(cost)})
	return f, nil
}

// actingUnit is the unit of the seat that the act answers for.
func (t *turn) actingUnit() string {
	for _, k := range t.before {
		if k.ID == t.act.Task {
			return k.Seat.Unit
		}
	}
	return ""
}

// supplyBuilt (S4): reports come at least as often as the term says, until the area is there.
func (t *turn) supplyBuilt(*Task) error {
	s, err := t.supplement()
	if err != nil {
		return err
	}
	switch t.act.Outcome {
	case "replan":
		return t.supplyReturned()
	case "done":
		t.to(SupplyCheck)
		return t.openAt("supply_accept", CivilAffairs, CivilAffairsUnit)
	}
	if len(s.Reports) == maxSupplyReports {
		return Refuse(Conflict, "too_many_entries", "进度报告已达上限。", "There are as many reports as there can be.")
	}
	s.Reports = append(s.Reports, SupplyReport{Percent: *t.act.Details.Supplement.Percent, Text: t.act.Opinion, Act: t.act.ID, At: t.Now})
	t.fx.Matter = s
	_, err = t.open("supply_build", t.proposer())
	return err
}
