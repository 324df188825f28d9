package civic

// The steps of the assessment of the districts (domain 4.5), as the regulation lists them.
var assessmentSteps = []Step{
	{Name: "compile_table", Clause: "C1", Zh: "编制任务分解表", En: "task table", State: TableDraft, Own: true, Roles: []Role{OfficeClerk}, Term: "assessment.compile_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "send", Zh: "送会签", En: "send it to be signed", To: []State{Cosigning}}}},
	{Name: "cosign_table", Clause: "C2", Zh: "任务分解表会签", En: "co-signature of the table", State: Cosigning, Voices: true, Roles: []Role{DeptLeader}, Term: "assessment.cosign_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{Cosigning, Issuing, TableDraft}},
			{Name: "return", Zh: "退回修改", En: "send it back", To: []State{Cosigning, TableDraft}, Reason: true}}},
	{Name: "issue_table", Clause: "C2", Zh: "签发任务分解表", En: "issue of the table", State: Issuing, Roles: []Role{GroupChair}, Term: "assessment.issue_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "issue", Zh: "印发", En: "issue", To: []State{Running}},
			{Name: "return", Zh: "退回修改", En: "send it back", To: []State{TableDraft}, Reason: true}}},
	{Name: "report_quarter", Clause: "C3", Zh: "季度进展报告", En: "quarterly report", State: Running, Also: []State{SelfScoring}, Roles: []Role{DistrictDesk}, Term: "assessment.quarter_report_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{{Name: "hand_in", Zh: "报送", En: "hand in", To: []State{Running, SelfScoring}}}},
	{Name: "supervise", Clause: "C3", Zh: "督办", En: "supervised rows", State: Running, Also: []State{SelfScoring}, Roles: []Role{DistrictDesk}, Term: "assessment.supervise_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "resolved", Zh: "已整改", En: "put right", To: []State{Running, SelfScoring}, Reason: true},
			{Name: "unresolved", Zh: "尚未整改", En: "not put right yet", To: []State{Running, SelfScoring}, Reason: true}}},
	{Name: "self_score", Clause: "C4", Zh: "辖市、区自评", En: "self-score", State: SelfScoring, Roles: []Role{DistrictDesk}, Term: "assessment.self_score_wd", Join: All, Silence: "lapse",
		Outcomes: []Choice{{Name: "hand_in", Zh: "报送", En: "hand in", To: []State{SelfScoring}}}},
	{Name: "score_rows", Clause: "C5", Zh: "条线评分", En: "scores by the lead departments", State: Scoring, Roles: []Role{DeptClerk}, Term: "assessment.line_score_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "scored", Zh: "评分完成", En: "scored", To: []State{Scoring, Feedback}},
			{Name: "no_data", Zh: "其余无数据", En: "no data for the rest", To: []State{Scoring, Feedback}, Reason: true}}},
	{Name: "review_scores", Clause: "C6", Zh: "核对得分", En: "provisional sheet", State: Feedback, Roles: []Role{DistrictDesk}, Term: "assessment.appeal_wd", Join: All, Silence: "lapse",
		Outcomes: []Choice{
			{Name: "accept", Zh: "无异议", En: "accept", To: []State{Feedback, Summing}},
			{Name: "appeal", Zh: "提出申诉", En: "appeal", To: []State{Feedback}}}},
	{Name: "answer_appeal", Clause: "C6", Zh: "答复申诉", En: "answer to an appeal", State: Feedback, Roles: []Role{DeptLeader}, Term: "assessment.appeal_answer_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "uphold", Zh: "维持原分", En: "uphold the score", To: []State{Feedback, Summing}, Reason: true},
			{Name: "change", Zh: "调整得分", En: "change the score", To: []State{Feedback, Summing}, Reason: true, Needs: []string{"assessment.points"}}}},
	{Name: "sum_up", Clause: "C7", Zh: "汇总", En: "totals", State: Summing, Own: true, Roles: []Role{OfficeClerk}, Term: "assessment.sum_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "freeze", Zh: "锁定得分", En: "freeze the scores", To: []State{Deliberation}}}},
	{Name: "propose_areas", Clause: "C8", Zh: "审议先进地区", En: "deliberation", State: Deliberation, Roles: []Role{GroupChair}, Term: "assessment.deliberate_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "propose", Zh: "提出建议名单", En: "propose", To: []State{Publicity}, Needs: []string{"assessment.titles"}, Takes: []string{"assessment.vetoes"}, Reason: true}}},
	{Name: "objection", Clause: "C9", Zh: "异议处理", En: "objection", State: Objected, Roles: []Role{OfficeClerk}, Term: "assessment.objection_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "sustain", Zh: "异议成立", En: "sustained", To: []State{Deliberation}, Reason: true, Takes: []string{"objection"}},
			{Name: "dismiss", Zh: "异议不成立", En: "dismissed", To: []State{Objected, Publicity, ToBeNamed}, Reason: true, Takes: []string{"objection"}}}},
	{Name: "name_areas", Clause: "C10", Zh: "命名表彰", En: "naming", State: ToBeNamed, Roles: []Role{NamingOfficer}, Term: "assessment.name_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "name", Zh: "命名并通报", En: "name and publish", To: []State{Closed}},
			{Name: "leave", Zh: "只通报不命名", En: "publish without naming", To: []State{Closed}, Reason: true}}},
}

var assessmentStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {TableDraft, "编制任务分解表", "task table being written", ""},
	{Cosigning, "部门会签中", "being co-signed", ""}, {Issuing, "待签发", "to be issued", ""},
	{Running, "年度实施中", "running", ActQuarter}, {SelfScoring, "自评中", "self-scoring", ActQuarter},
	{Scoring, "条线评分中", "being scored by the departments", ""}, {Feedback, "反馈与申诉", "feedback and appeals", ActCloseFeedback},
	{Summing, "汇总中", "being summed up", ""}, {Deliberation, "审议中", "in deliberation", ""},
	{Publicity, "公示中", "under public notice", ActCloseNotice}, {Objected, "异议处理中", "objection under examination", ""},
	{ToBeNamed, "待命名", "to be named", ""}, {Closed, "已办结", "closed", ActArchive}, {Archived, "已归档", "archived", ""},
}

// assessmentSeparate says which duties are separate: who wrote or scored something does not judge what is said against it.
var assessmentSeparate = [][2]string{
	{"compile_table", "issue_table"}, {"compile_table", "objection"}, {"score_rows", "answer_appeal"}, {"sum_up", "propose_areas"},
	{"sum_up", "objection"}, {"propose_areas", "objection"}, {"propose_areas", "name_areas"}, {"sum_up", "name_areas"},
}

// assessmentCaseActs are the acts on a whole year.
var assessmentCaseActs = []CaseAct{
	{Kind: ActSubmit, States: []State{Draft}, Words: Words{"启动年度考核", "begin the year"},
		Consequence: Words{"取得编号，由办公室编制任务分解表。", "The year gets its number, and the office writes its task table."}},
	{Kind: ActObject, States: []State{Publicity, Objected}, Reason: true, Takes: []string{"contact"}, Words: actWords[ActObject],
		Consequence: Words{"异议由办公室核实，公示期照常进行；未办结前不得命名。", "The office examines the objection; the public notice goes on, and nobody is named before it is settled."}},
}

func assessmentDefinition() Definition {
	d := Definition{Procedure: AssessmentProcedure, Zh: "社区建设先进地区考核", En: "assessment of the districts", Steps: assessmentSteps, States: assessmentStates,
		Prefix: "KH", Acts: assessmentCaseActs, Separate: assessmentSeparate, Terms: []State{Feedback, Publicity, Objected}}
	d.addMove(Draft, TableDraft, string(ActSubmit))
	d.addAnswers()
	d.addMove(Running, SelfScoring, string(ActQuarter))
	d.addMove(SelfScoring, Scoring, string(ActQuarter))
	d.addMove(Feedback, Summing, string(ActCloseFeedback))
	d.addMove(Publicity, Objected, string(ActObject))
	d.addMove(Publicity, ToBeNamed, string(ActCloseNotice))
	d.addArchiving()
	return d
}
