package civic

// The steps of admission on the discretionary route (domain 3.4), as the regulation lists them.
var accessSteps = []Step{
	{Name: "register", Clause: "A2", Zh: "登记查重", En: "registration", State: Submitted, Roles: []Role{OfficeClerk}, Term: "admission.register_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "pass", Zh: "登记", En: "register", To: []State{Accepted, Blocked}}}},
	{Name: "appeal", Clause: "A2", Zh: "负面清单申诉审查", En: "appeal against the negative list", State: Blocked, Roles: []Role{OfficeHead}, Term: "admission.completeness_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "clear", Zh: "申诉成立", En: "appeal upheld", To: []State{Accepted}, Reason: true},
			{Name: "dismiss", Zh: "申诉不成立", En: "appeal dismissed", To: []State{NotAccepted}, Reason: true}}},
	{Name: "examine", Clause: "A3", Zh: "形式审查", En: "formal examination", State: Accepted, Roles: []Role{OfficeClerk}, Term: "admission.completeness_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "accept", Zh: "受理", En: "accept", To: []State{PreReview}},
			{Name: "return", Zh: "退回补正", En: "return for correction", To: []State{Returned}, Reason: true, Needs: []string{"gaps"}},
			{Name: "not_accept", Zh: "不予受理", En: "not accepted", To: []State{NotAccepted}, Reason: true}}},
	{Name: "correct", Clause: "A3", Zh: "补正", En: "correction", State: Returned, Own: true, Roles: []Role{DeptClerk}, Term: "admission.correction_wd", Join: One, Silence: "lapse",
		Outcomes: []Choice{{Name: "corrected", Zh: "提交补正", En: "hand in the correction", To: []State{Accepted, PreReview}}}},
	{Name: "prereview", Clause: "A4", Zh: "初审", En: "pre-review", State: PreReview, Roles: []Role{OfficeHead}, Term: "admission.prereview_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "recommend", Zh: "建议准入", En: "recommend admission", To: []State{Consult, JointReview}},
			{Name: "limited", Zh: "建议限制准入", En: "recommend a limited admission", To: []State{Consult, JointReview}, Reason: true},
			{Name: "advise_against", Zh: "建议不准入", En: "advise against", To: []State{Consult, JointReview}, Reason: true},
			{Name: "return", Zh: "退回补正", En: "return for correction", To: []State{Returned}, Reason: true, Needs: []string{"gaps"}}}},
	{Name: "consult", Clause: "A5", Zh: "征求意见", En: "consultation", State: Consult, Voices: true, Movable: true, Roles: []Role{Community, StreetClerk}, Term: "admission.consult_wd", Join: All, Silence: "no_opinion",
		Outcomes: []Choice{
			{Name: "support", Zh: "支持", En: "support", To: []State{Consult, JointReview}},
			{Name: "conditional", Zh: "有条件支持", En: "support on conditions", To: []State{Consult, JointReview}, Reason: true},
			{Name: "oppose", Zh: "反对", En: "oppose", To: []State{Consult, JointReview}, Reason: true}}},
	{Name: "joint", Clause: "A6", Zh: "会审", En: "joint review", State: JointReview, Voices: true, Movable: true, Signable: true, Roles: []Role{Reviewer, Finance, Legal}, Term: "admission.cosign_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{JointReview, Deliberation}},
			{Name: "modify", Zh: "修改后同意", En: "agree with changes", To: []State{JointReview, Deliberation}, Reason: true},
			{Name: "disagree", Zh: "不同意", En: "disagree", To: []State{JointReview, Deliberation}, Reason: true}}},
	{Name: "vote", Clause: "A7", Zh: "成员表决", En: "members' vote", State: Deliberation, Voices: true, Roles: []Role{GroupMember}, Term: "admission.vote_wd", Join: Quorum, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "for", Zh: "赞成", En: "for", To: []State{Deliberation}},
			{Name: "against", Zh: "反对", En: "against", To: []State{Deliberation}, Reason: true},
			{Name: "abstain", Zh: "弃权", En: "abstain", To: []State{Deliberation}}}},
	{Name: "decide", Clause: "A7", Zh: "审议决定", En: "decision", State: Deliberation, Roles: []Role{GroupChair}, Term: "admission.decide_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "admit", Zh: "准入", En: "admit", To: []State{Publicity}},
			{Name: "admit_term", Zh: "限期准入", En: "admit for a term", To: []State{Publicity}, Needs: []string{"term_end"}, Takes: []string{"communities"}},
			{Name: "admit_scope", Zh: "限范围准入", En: "admit for some communities", To: []State{Publicity}, Needs: []string{"communities"}, Takes: []string{"term_end"}},
			{Name: "admit_cond", Zh: "附条件准入", En: "admit on a condition", To: []State{Decided}, Needs: []string{"condition"}, Takes: []string{"term_end", "communities"}},
			{Name: "merge", Zh: "并入既有事项", En: "merge into another item", To: []State{Merged}, Reason: true, Needs: []string{"merge_into"}},
			{Name: "transfer", Zh: "转由其他单位承担", En: "transfer to another body", To: []State{Transferred}, Reason: true, Needs: []string{"transfer_to"}},
			{Name: "commission", Zh: "改为购买服务", En: "buy as a service", To: []State{Commissioned}, Reason: true},
			{Name: "refuse", Zh: "不准入", En: "refuse", To: []State{RefusedState}, Reason: true, Takes: []string{"block_name"}},
			{Name: "return", Zh: "退回补正", En: "return for correction", To: []State{Returned}, Reason: true, Needs: []string{"gaps"}},
			{Name: "defer", Zh: "暂缓", En: "defer", To: []State{Deferred}, Reason: true, Needs: []string{"until"}}}},
	{Name: "fulfil", Clause: "A7", Zh: "条件落实", En: "condition met", State: Decided, Roles: []Role{Finance}, Term: "admission.fulfil_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "met", Zh: "条件已落实", En: "the condition is met", To: []State{Publicity}, Takes: []string{"budget_line"}},
			{Name: "unmet", Zh: "条件未落实", En: "the condition is not met", To: []State{RefusedState}, Reason: true}}},
	{Name: "objection", Clause: "A8", Zh: "异议处理", En: "objection", State: Objected, Roles: []Role{OfficeClerk}, Term: "admission.objection_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "sustain", Zh: "异议成立", En: "sustained", To: []State{Deliberation}, Reason: true, Takes: []string{"objection"}},
			{Name: "dismiss", Zh: "异议不成立", En: "dismissed", To: []State{Objected, Publicity, Issuing}, Reason: true, Takes: []string{"objection"}}}},
	{Name: "issue", Clause: "A9", Zh: "发文入库", En: "number and list", State: Issuing, Roles: []Role{OfficeClerk}, Term: "admission.issue_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "issue", Zh: "编号发布", En: "issue", To: []State{InForce}}}},
	{Name: "exit_opinion", Clause: "3.8", Zh: "退出初审", En: "office's opinion on the exit", State: InForce, Also: []State{Suspended}, Roles: []Role{OfficeHead}, Term: "admission.exit_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "support", Zh: "建议退出", En: "support the exit", To: []State{InForce, Suspended}, Reason: true},
			{Name: "oppose", Zh: "建议保留", En: "advise to keep", To: []State{InForce, Suspended}, Reason: true}}},
	{Name: "exit_views", Clause: "3.8", Zh: "部门陈述意见", En: "the department's views", State: InForce, Own: true, Also: []State{Suspended}, Roles: []Role{DeptLeader}, Term: "admission.exit_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "accept", Zh: "无异议", En: "no objection", To: []State{InForce, Suspended}},
			{Name: "contest", Zh: "陈述意见", En: "contest", To: []State{InForce, Suspended}, Reason: true}}},
	{Name: "exit_decide", Clause: "3.8", Zh: "退出决定", En: "decision on the exit", State: InForce, Also: []State{Suspended}, Roles: []Role{GroupChair}, Term: "admission.exit_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "exit", Zh: "退出", En: "exit", To: []State{Exited}, Reason: true},
			{Name: "revoke", Zh: "撤销", En: "revoke", To: []State{Revoked}, Reason: true},
			{Name: "keep", Zh: "保留", En: "keep", To: []State{InForce, Suspended}, Reason: true}}},
}

var accessStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {Submitted, "已提交，待登记", "submitted, to be registered", ""},
	{Blocked, "负面清单拦截", "stopped by the negative list", ""}, {Accepted, "形式审查中", "under formal examination", ""},
	{Returned, "退回补正", "returned for correction", ActLapse}, {NotAccepted, "不予受理", "not accepted", ActArchive},
	{PreReview, "初审中", "in pre-review", ""}, {Consult, "征求意见中", "in consultation", ActCloseConsult},
	{JointReview, "会审中", "in joint review", ""}, {Deliberation, "审议中", "in deliberation", ""},
	{Deferred, "暂缓", "deferred", ActReopen}, {Decided, "附条件准入，待落实", "admitted on a condition not met yet", ""},
	{Publicity, "公示中", "under public notice", ActCloseNotice}, {Objected, "异议处理中", "objection under examination", ""},
	{Issuing, "待发文入库", "to be issued", ActExpire}, {InForce, "准入生效", "in force", ActExpire},
	{Suspended, "暂停执行", "suspended", ActExpire}, {Expired, "到期终止", "expired", ActArchive},
	{Exited, "已退出", "exited", ActArchive}, {Revoked, "已撤销", "revoked", ActArchive},
	{RefusedState, "不准入", "refused", ActArchive}, {Merged, "并入既有事项", "merged", ActArchive},
	{Transferred, "转由其他单位承担", "transferred", ActArchive}, {Commissioned, "改为购买服务", "bought as a service", ActArchive},
	{Withdrawn, "已撤回", "withdrawn", ActArchive}, {Lapsed, "逾期未补正", "lapsed", ActArchive}, {Archived, "已归档", "archived", ""},
}

// accessDefinition derives the moves from the steps, so that the picture and the rule cannot part.
func accessDefinition() Definition {
	d := Definition{Procedure: AccessProcedure, Zh: "社区事务准入", En: "admission into communities", Steps: accessSteps, States: accessStates,
		Prefix: "ZR", Acts: accessCaseActs, Returns: accessReturns, Recalls: accessRecalls, Separate: accessSeparate,
		Terms: []State{Returned, Consult, Publicity, Objected}}
	add := d.addMove
	add(Draft, Submitted, string(ActSubmit))
	d.addAnswers()
	for _, from := range []State{Submitted, Blocked, Accepted, Returned, PreReview, Consult, JointReview, Deliberation, Deferred} {
		add(from, Withdrawn, string(ActWithdraw))
	}
	add(Returned, Lapsed, string(ActLapse))
	add(Consult, JointReview, string(ActCloseConsult))
	add(Deferred, Deliberation, string(ActReopen))
	add(Publicity, Objected, string(ActObject))
	add(Publicity, Issuing, string(ActCloseNotice))
	add(JointReview, Deliberation, string(ActRemoveSigner))
	for _, s := range []State{Issuing, InForce, Suspended} {
		add(s, Expired, string(ActExpire))
	}
	add(InForce, Suspended, string(ActSuspend))
	add(Suspended, InForce, string(ActReinstate))
	d.addArchiving()
	return d
}
