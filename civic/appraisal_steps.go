package civic

// The steps of one year of the appraisal (domain 4.2, B0–B14), as the scheme lists them.
var appraisalSteps = []Step{
	{Name: "file_rules", Clause: "B1", Zh: "报备实施细则", En: "filing of the district's rules", State: FilingRules, Roles: []Role{DistrictDesk}, Term: "appraisal.rules_filing_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{{Name: "file", Zh: "报备", En: "file", To: []State{FilingRules}, Needs: []string{"appraisal.standard"}}}},
	{Name: "check_rules", Clause: "B1", Zh: "审核实施细则", En: "check of a district's rules", State: FilingRules, Own: true, Roles: []Role{OfficeClerk}, Term: "appraisal.rules_check_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "approve", Zh: "准予备案", En: "take on file", To: []State{FilingRules, Declaring}},
			{Name: "send_back", Zh: "退回修改", En: "send back", To: []State{FilingRules}, Reason: true}}},
	{Name: "compose_panel", Clause: "B5", Zh: "组建考评组", En: "composition of the panel", State: Declaring, Also: []State{PanelsAtWork}, Roles: []Role{DistrictDesk}, Term: "appraisal.compose_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{{Name: "compose", Zh: "确定考评组", En: "name the panel", To: []State{Declaring, PanelsAtWork}, Needs: []string{"appraisal.assessors", "appraisal.lead"}}}},
	{Name: "freeze", Clause: "B8", Zh: "冻结成绩", En: "freezing of the scores", State: PanelsAtWork, Own: true, Roles: []Role{OfficeClerk}, Term: "appraisal.freeze_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "freeze", Zh: "冻结", En: "freeze", To: []State{Reporting}},
			{Name: "freeze_unfinished", Zh: "冻结（未办结的不予推荐）", En: "freeze; what is not finished is not recommended", To: []State{Reporting}, Reason: true}}},
	{Name: "report", Clause: "B8", Zh: "上报推荐名单", En: "report of the district's list", State: Reporting, Roles: []Role{DistrictDesk}, Term: "appraisal.report_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{{Name: "report", Zh: "上报", En: "report", To: []State{Reporting, Sampling}, Takes: []string{"appraisal.withheld"}}}},
	{Name: "draw", Clause: "B9", Zh: "抽取样本", En: "drawing of the sample", State: Sampling, Own: true, Roles: []Role{OfficeClerk}, Term: "appraisal.draw_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "draw", Zh: "抽取", En: "draw", To: []State{Sampling}, Needs: []string{"appraisal.seed"}}}},
	{Name: "close_sample", Clause: "B9", Zh: "汇总抽查结果", En: "closing of the sample", State: Sampling, Own: true, Roles: []Role{OfficeClerk}, Term: "appraisal.sample_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "close", Zh: "汇总送审", En: "hand to the leading group", To: []State{Deliberation}}}},
	voteStep(),
	{Name: "approve_list", Clause: "B10", Zh: "审定拟命名名单", En: "decision on the list", State: Deliberation, Roles: []Role{GroupChair}, Term: "appraisal.approve_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "approve", Zh: "同意公示", En: "put on public notice", To: []State{Publicity}, Takes: []string{"appraisal.strikes"}},
			{Name: "send_back", Zh: "退回复核", En: "send back to the office", To: []State{Sampling}, Reason: true}}},
	{Name: "list_objection", Clause: "B12", Zh: "公示异议核实", En: "objection to the list", State: Objected, Own: true, Roles: []Role{OfficeClerk}, Term: "appraisal.objection_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "dismiss", Zh: "异议不成立", En: "dismissed", To: []State{Objected, Publicity, NamingDue}, Reason: true},
			{Name: "strike", Zh: "异议成立，取消资格", En: "sustained: the community is struck", To: []State{Objected, Publicity}, Reason: true, Needs: []string{"appraisal.community"}}}},
	{Name: "name_list", Clause: "B13", Zh: "审定命名", En: "naming", State: NamingDue, Roles: []Role{NamingOfficer}, Term: "appraisal.naming_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "name", Zh: "命名", En: "name", To: []State{Awarding}},
			{Name: "send_back", Zh: "退回审议", En: "send back to the leading group", To: []State{Deliberation}, Reason: true},
			{Name: "assess_only", Zh: "只考核不命名", En: "assessment only, nobody is named", To: []State{Concluded}, Reason: true}}},
	{Name: "award", Clause: "B14", Zh: "授牌发证", En: "plaques and certificates", State: Awarding, Own: true, Roles: []Role{OfficeClerk}, Term: "appraisal.award_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "award", Zh: "授牌归档", En: "hand over", To: []State{Concluded}}}},
}

// voteStep is the members' vote as admission has it.
func voteStep() Step {
	for _, s := range accessSteps {
		if s.Name == "vote" {
			return s
		}
	}
	return Step{}
}

var appraisalStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {FilingRules, "细则报备中", "districts file their rules", ""},
	{Declaring, "申报中", "communities declare", ActCloseDeclaring}, {PanelsAtWork, "考评中", "panels at work", ""},
	{Reporting, "区级上报中", "districts report", ""}, {Sampling, "市级抽查中", "under the city's sample", ""},
	{Deliberation, "审议中", "in deliberation", ""}, {Publicity, "公示中", "under public notice", ActCloseNotice},
	{Objected, "异议处理中", "objection under examination", ""}, {NamingDue, "待命名", "to be named", ""},
	{Awarding, "授牌中", "titles being handed over", ""}, {Concluded, "已办结", "concluded", ActArchive}, {Archived, "已归档", "archived", ""},
}

// appraisalSeparate says which duties of a year are separate.
var appraisalSeparate = [][2]string{
	{"file_rules", "check_rules"}, {"vote", "approve_list"}, {"approve_list", "name_list"}, {"approve_list", "list_objection"}, {"draw", "report"},
}

func appraisalDefinition() Definition {
	d := Definition{Procedure: AppraisalProcedure, Zh: "年度创建考评", En: "yearly appraisal", Steps: appraisalSteps, States: appraisalStates,
		Prefix: "KP", Acts: appraisalActs, Separate: appraisalSeparate, Terms: []State{Publicity, Objected}}
	d.addMove(Draft, FilingRules, string(ActSubmit))
	d.addAnswers()
	d.addMove(Declaring, PanelsAtWork, string(ActCloseDeclaring))
	d.addMove(Publicity, Objected, string(ActObject))
	d.addMove(Publicity, NamingDue, string(ActCloseNotice))
	d.addArchiving()
	return d
}

// appraisalActs are the acts on a whole year.
var appraisalActs = []CaseAct{
	{Kind: ActObject, States: []State{Publicity, Objected}, Reason: true, Takes: []string{"contact"}, Words: actWords[ActObject],
		Consequence: Words{"异议由办公室核实，核实完毕前不得命名。", "The office examines the objection; nobody is named before that."}},
	{Kind: ActRecompose, States: []State{Declaring, PanelsAtWork}, Reason: true, Needs: []string{"appraisal.assessors", "appraisal.lead"}, Words: Words{"改组考评组", "name the panel anew"},
		Consequence: Words{"已提交的评分表照常计分；离组人员未提交的评分表作废；新成员补评。", "Sheets handed in stay and count; open sheets of those who leave are void; new members score what is still open."}},
}
