package civic

// The steps of a change of plan (D9): in principle there is none, and never without civil affairs.
var planChangeSteps = []Step{
	{Name: "change_opinion", Clause: "D9", Zh: "民政意见", En: "opinion of civil affairs", State: ChangeOpinion, Roles: []Role{CivilAffairs}, Term: "housing.change_opinion_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{ChangeReview}},
			{Name: "conditional", Zh: "附条件同意", En: "agree on conditions", To: []State{ChangeReview}, Reason: true},
			{Name: "disagree", Zh: "不同意", En: "disagree", To: []State{ChangeReview}, Reason: true}}},
	{Name: "change_review", Clause: "D9", Zh: "规划审查", En: "review by planning", State: ChangeReview, Roles: []Role{PlanningOfficer}, Term: "housing.change_review_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "publish", Zh: "公示", En: "put on public notice", To: []State{Publicity}},
			{Name: "refer", Zh: "报领导小组决定", En: "refer to the leading group", To: []State{ChangeGroup}, Reason: true},
			{Name: "reject", Zh: "不予调整", En: "reject", To: []State{ChangeRejected}, Reason: true}}},
	{Name: "change_group", Clause: "D9", Zh: "领导小组决定", En: "decision of the leading group", State: ChangeGroup, Roles: []Role{GroupChair}, Term: "housing.group_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "allow", Zh: "同意调整", En: "allow the change", To: []State{ChangeReview}, Reason: true, Needs: []string{"housing.document"}},
			{Name: "refuse", Zh: "不同意调整", En: "refuse the change", To: []State{ChangeRejected}, Reason: true}}},
	{Name: "change_objection", Clause: "D9", Zh: "公示异议核实", En: "objection examined", State: Objected, Roles: []Role{PlanningOfficer}, Term: "housing.change_objection_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "dismiss", Zh: "异议不成立", En: "dismissed", To: []State{Objected, Publicity, ChangeDeciding}, Reason: true},
			{Name: "sustain", Zh: "异议成立，重新审查", En: "sustained, reviewed anew", To: []State{ChangeReview}, Reason: true}}},
	{Name: "change_decide", Clause: "D9", Zh: "批准规划调整", En: "approval of the change", State: ChangeDeciding, Roles: []Role{PlanningOfficer}, Term: "housing.change_review_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "approve", Zh: "批准", En: "approve", To: []State{ChangeApproved}},
			{Name: "reject", Zh: "不予批准", En: "reject", To: []State{ChangeRejected}, Reason: true}}},
}

var planChangeStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {ChangeOpinion, "征求民政意见", "civil affairs is asked", ""}, {ChangeReview, "规划审查中", "under review by planning", ""},
	{ChangeGroup, "报领导小组决定", "with the leading group", ""}, {Publicity, "公示中", "under public notice", ActCloseNotice}, {Objected, "异议处理中", "objection under examination", ""},
	{ChangeDeciding, "待批准", "to be approved", ""}, {ChangeApproved, "已批准", "approved", ActArchive}, {ChangeRejected, "不予调整", "rejected", ActArchive},
	{Withdrawn, "已撤回", "withdrawn", ActArchive}, {Archived, "已归档", "archived", ""},
}

var planChangeActs = []CaseAct{
	{Kind: ActObject, States: []State{Publicity, Objected}, Reason: true, Takes: []string{"contact"}, Words: Words{"提出异议", "object"},
		Consequence: Words{"异议由规划部门核实，公示期照常进行。", "Planning examines the objection; the public notice goes on."}},
}

// planChangeDefinition derives the moves from the steps.
func planChangeDefinition() Definition {
	d := Definition{Procedure: PlanChangeProcedure, Zh: "规划调整", En: "change of plan", Steps: planChangeSteps, States: planChangeStates, Prefix: "YFT",
		Acts: planChangeActs, Separate: [][2]string{{"change_opinion", "change_review"}, {"change_review", "change_group"}, {"change_review", "change_objection"}},
		Terms: []State{Publicity, Objected}}
	d.addMove(Draft, ChangeOpinion, string(ActSubmit))
	d.addAnswers()
	for _, from := range []State{ChangeOpinion, ChangeReview, ChangeGroup} {
		d.addMove(from, Withdrawn, string(ActWithdraw))
	}
	d.addMove(Publicity, Objected, string(ActObject))
	d.addMove(Publicity, ChangeDeciding, string(ActCloseNotice))
	d.addArchiving()
	return d
}
