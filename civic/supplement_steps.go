package civic

// The steps of making up the stock where old estates are short of rooms (domain 5.3, 存量补足).
var supplementSteps = []Step{
	{Name: "supply_review", Clause: "S2", Zh: "民政审核", En: "review by civil affairs", State: SupplyReview, Roles: []Role{CivilAffairs}, Term: "supplement.review_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{SupplyApproval}},
			{Name: "return", Zh: "退回补正", En: "return for correction", To: []State{Returned}, Reason: true, Needs: []string{"gaps"}},
			{Name: "refuse", Zh: "不予补足", En: "refuse", To: []State{RefusedState}, Reason: true}}},
	{Name: "supply_amend", Clause: "S2", Zh: "修改方案", En: "amendment of the proposal", State: Returned, Own: true, Roles: []Role{StreetClerk, DistrictDesk}, Term: "supplement.amend_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "amended", Zh: "提交修改后的方案", En: "hand in the amended proposal", To: []State{SupplyReview}},
			{Name: "drop", Zh: "不再补足", En: "give it up", To: []State{Withdrawn}, Reason: true}}},
	{Name: "supply_approve", Clause: "S3", Zh: "区级审批", En: "approval by the district", State: SupplyApproval, Roles: []Role{DistrictLeader}, Term: "supplement.approve_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "approve", Zh: "批准并落实资金", En: "approve with the money", To: []State{SupplyWork}, Takes: []string{"budget_line", "supplement.statement"}},
			{Name: "return", Zh: "退回补正", En: "return for correction", To: []State{Returned}, Reason: true, Needs: []string{"gaps"}},
			{Name: "refuse", Zh: "不予批准", En: "refuse", To: []State{RefusedState}, Reason: true}}},
	{Name: "supply_build", Clause: "S4", Zh: "组织实施", En: "carrying it out", State: SupplyWork, Own: true, Roles: []Role{StreetClerk, DistrictDesk}, Term: "supplement.report_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "progress", Zh: "报告进度", En: "report the progress", To: []State{SupplyWork}, Reason: true, Needs: []string{"supplement.percent"}},
			{Name: "done", Zh: "申请验收", En: "ask for acceptance", To: []State{SupplyCheck}},
			{Name: "replan", Zh: "无法按原方案实施", En: "it cannot be done as planned", To: []State{Returned}, Reason: true}}},
	{Name: "supply_accept", Clause: "S5", Zh: "民政验收", En: "acceptance by civil affairs", State: SupplyCheck, Roles: []Role{CivilAffairs}, Term: "supplement.accept_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "pass", Zh: "验收合格入库", En: "accept into the register", To: []State{Supplied}, Needs: []string{"supplement.rooms"}},
			{Name: "part", Zh: "部分入库，继续补足", En: "accept a part, the rest is still owed", To: []State{SupplyWork}, Reason: true, Needs: []string{"supplement.rooms"}},
			{Name: "fail", Zh: "验收不合格", En: "not accepted", To: []State{SupplyWork}, Reason: true, Needs: []string{"gaps"}}}},
}

var supplementStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {SupplyReview, "民政审核中", "under review by civil affairs", ""}, {Returned, "退回修改方案", "returned for amendment", ""},
	{SupplyApproval, "待区级审批", "waits for the district's approval", ""}, {SupplyWork, "实施中", "under way", ""}, {SupplyCheck, "待验收", "waits for acceptance", ""},
	{Supplied, "已补足入库", "made up and in the register", ActArchive}, {RefusedState, "不予补足", "refused", ActArchive},
	{Withdrawn, "已撤回", "withdrawn", ActArchive}, {Archived, "已归档", "archived", ""},
}

// supplementSeparate says which duties are separate: whoever reviews does not approve, whoever amends is a maker.
var supplementSeparate = [][2]string{
	{"supply_review", "supply_approve"}, {"supply_approve", "supply_accept"}, {"supply_amend", "supply_review"}, {"supply_amend", "supply_approve"},
	{"supply_amend", "supply_accept"}, {"supply_build", "supply_review"}, {"supply_build", "supply_approve"}, {"supply_build", "supply_accept"},
}

// supplementDefinition derives the moves from the steps. Once the district has approved it, a supplement can be planned anew
// and cannot be withdrawn, in whatever state that leaves it: it does not close until the area exists.
func supplementDefinition() Definition {
	d := Definition{Procedure: SupplementProcedure, Zh: "社区用房存量补足", En: "making up the stock of rooms", Steps: supplementSteps, States: supplementStates,
		Prefix: "YFB", Separate: supplementSeparate}
	d.addMove(Draft, SupplyReview, string(ActSubmit))
	d.addAnswers()
	for _, from := range []State{SupplyReview, SupplyApproval} {
		d.addMove(from, Withdrawn, string(ActWithdraw))
	}
	d.addArchiving()
	return d
}

func init() {
	regulations[SupplementProcedure] = regulation{
		acts: map[ActKind]func(*turn) error{ActSubmit: (*turn).submitSupplement},
		outcomes: map[string]func(*turn, *Task) error{
			"supply_review": (*turn).supplyReviewed, "supply_amend": (*turn).supplyAmended, "supply_approve": (*turn).supplyApproved,
			"supply_build": (*turn).supplyBuilt, "supply_accept": (*turn).supplyAccepted,
		},
		bound:  supplyPromised,
		matter: func() Matter { return new(Supplement) },
	}
}
