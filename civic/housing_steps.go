package civic

// Where the parts of housing are held: roles, not bureaus.
const (
	PlanningUnit         = "bodies.planning"
	LandUnit             = "bodies.land"
	ConstructionUnit     = "bodies.construction"
	HousingAuthorityUnit = "bodies.housing_authority"
)

// projectStates are those in which a project is under way, from the first condition to the last signature.
var projectStates = []State{Conditions, Countersigning, Contracting, Designing, DesignReview, Permitting, Building, Surveying, PlanChecking, Completing, Checking,
	Rectifying, Enforcing, Settling, HandingOver, Titling, Opening, InUse}

// The steps of a project from registration to the joint acceptance (D2 to D12).
var housingPlanned = []Step{
	{Name: "conditions", Clause: "D3", Zh: "出具规划条件", En: "planning conditions", State: Conditions, Roles: []Role{PlanningOfficer}, Term: "housing.conditions_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "issue", Zh: "出具条件送会签", En: "issue for countersignature", To: []State{Countersigning}, Needs: []string{"housing.conditions", "housing.document"}}}},
	{Name: "countersign", Clause: "D3", Zh: "民政会签", En: "countersignature of civil affairs", State: Countersigning, Roles: []Role{CivilAffairs}, Term: "housing.condition_reply_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{Contracting}},
			{Name: "revise", Zh: "修改后再会签", En: "to be revised", To: []State{Conditions}, Reason: true},
			{Name: "disagree", Zh: "不同意", En: "disagree", To: []State{Conditions}, Reason: true}}},
	{Name: "contract", Clause: "D4", Zh: "写入出让合同", En: "clause in the land contract", State: Contracting, Roles: []Role{PlanningOfficer}, Term: "housing.contract_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "concluded", Zh: "合同载明条件", En: "the contract has the clause", To: []State{Designing}, Needs: []string{"housing.document"}}}},
	{Name: "drawings", Clause: "D5", Zh: "报送设计方案", En: "drawings handed in", State: Designing, Own: true, Roles: []Role{Developer}, Term: "housing.drawings_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "hand_in", Zh: "报送方案", En: "hand in the drawings", To: []State{DesignReview}, Needs: []string{"housing.rooms", "housing.document"}}}},
	{Name: "design_review", Clause: "D5", Zh: "方案审查", En: "review of the drawings", State: DesignReview, Voices: true, Roles: []Role{CivilAffairs, StreetClerk}, Term: "housing.plan_review_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{DesignReview, Permitting, Designing}},
			{Name: "revise", Zh: "修改后再审", En: "to be revised", To: []State{DesignReview, Designing}, Reason: true},
			{Name: "disagree", Zh: "不同意", En: "disagree", To: []State{DesignReview, Designing}, Reason: true}}},
	{Name: "planning_permit", Clause: "D6", Zh: "工程规划许可", En: "planning permit", State: Permitting, Roles: []Role{PlanningOfficer}, Term: "housing.permit_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "grant", Zh: "核发许可", En: "grant", To: []State{Permitting}, Needs: []string{"housing.area", "housing.document"}},
			{Name: "refuse", Zh: "退回修改方案", En: "back to the drawings", To: []State{Designing}, Reason: true}}},
	{Name: "construction_permit", Clause: "D6", Zh: "施工许可", En: "construction permit", State: Permitting, Roles: []Role{BuildingOfficer}, Term: "housing.permit_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "grant", Zh: "核发许可", En: "grant", To: []State{Building}, Needs: []string{"housing.document"}}}},
	{Name: "inspect", Clause: "D7", Zh: "节点检查", En: "inspection of a node", State: Building, Roles: []Role{BuildingOfficer}, Term: "housing.inspect_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "normal", Zh: "进度同步", En: "in step", To: []State{Building}, Needs: []string{"housing.progress"}, Takes: []string{"housing.photos"}},
			{Name: "lag", Zh: "用房滞后", En: "the rooms lag", To: []State{Building}, Reason: true, Needs: []string{"housing.progress"}, Takes: []string{"housing.photos"}},
			{Name: "finished", Zh: "主体完工", En: "building finished", To: []State{Surveying}, Needs: []string{"housing.progress"}, Takes: []string{"housing.photos"}}}},
	{Name: "presale", Clause: "D8", Zh: "预售审查", En: "presale", State: Building, Roles: []Role{HousingAuthority}, Term: "housing.presale_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "pass", Zh: "准予预售", En: "pass", To: []State{Building}, Needs: []string{"housing.document"}},
			{Name: "hold", Zh: "暂停预售", En: "hold", To: []State{Building}, Reason: true}}},
	{Name: "survey", Clause: "D10", Zh: "实测", En: "survey", State: Surveying, Own: true, Roles: []Role{Surveyor}, Term: "housing.survey_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "measured", Zh: "提交实测成果", En: "hand in the survey", To: []State{PlanChecking}, Needs: []string{"housing.rooms", "housing.document"}}}},
	{Name: "planning_check", Clause: "D11", Zh: "规划核实", En: "planning verification", State: PlanChecking, Roles: []Role{PlanningOfficer}, Term: "housing.planning_check_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "pass", Zh: "核实合格", En: "pass", To: []State{Completing}, Needs: []string{"housing.document"}},
			{Name: "pass_recorded", Zh: "依法处理后核实", En: "pass after the deviation was dealt with by law", To: []State{Completing}, Reason: true, Needs: []string{"housing.document"}},
			{Name: "fail", Zh: "核实不合格", En: "fail", To: []State{Building}, Reason: true}}},
	{Name: "file_completion", Clause: "D12", Zh: "申报竣工", En: "completion filed", State: Completing, Own: true, Roles: []Role{Developer}, Term: "housing.filing_days", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "file", Zh: "申请联合验收", En: "apply for the joint acceptance", To: []State{Completing}, Needs: []string{"housing.document"}}}},
	{Name: "acceptance", Clause: "D12", Zh: "联合验收", En: "joint acceptance", State: Completing, Roles: []Role{BuildingOfficer}, Term: "housing.acceptance_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "accept", Zh: "验收合格", En: "accept", To: []State{Checking}, Needs: []string{"housing.document"}},
			{Name: "reject", Zh: "验收不合格", En: "reject", To: []State{Completing}, Reason: true}}},
}

// The steps from the verification by civil affairs to the use of the rooms (D13 to D20).
var housingKept = []Step{
	{Name: "verify", Clause: "D13", Zh: "民政核查", En: "verification by civil affairs", State: Checking, Roles: []Role{CivilAffairs}, Term: "housing.check_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "pass", Zh: "合格", En: "pass", To: []State{HandingOver}, Needs: []string{"housing.checklist"}, Takes: []string{"housing.photos"}},
			{Name: "minor", Zh: "基本合格", En: "pass with minor defects", To: []State{HandingOver}, Reason: true, Needs: []string{"housing.checklist", "housing.defects"}, Takes: []string{"housing.photos"}},
			{Name: "fail", Zh: "不合格，责令整改", En: "fail, with an order to rectify", To: []State{Rectifying}, Reason: true, Needs: []string{"housing.checklist", "housing.defects"}, Takes: []string{"housing.photos"}},
			{Name: "settle", Zh: "无法整改，转补足", En: "cannot be rectified: settle the shortfall", To: []State{Settling}, Reason: true, Needs: []string{"housing.checklist"}, Takes: []string{"housing.photos"}}}},
	{Name: "rectify", Clause: "D14", Zh: "整改", En: "rectification", State: Rectifying, Own: true, Roles: []Role{Developer}, Term: "housing.rectify_days", Join: One, Silence: "lapse",
		Outcomes: []Choice{
			{Name: "rectified", Zh: "整改完成，申请复核", En: "rectified, to be checked again", To: []State{Checking, Surveying}, Reason: true, Takes: []string{"housing.photos"}},
			{Name: "impossible", Zh: "说明无法整改", En: "cannot be rectified", To: []State{Checking}, Reason: true, Takes: []string{"housing.photos"}}}},
	{Name: "extension", Clause: "D14", Zh: "整改延期审批", En: "more time to rectify", State: Rectifying, Roles: []Role{CivilAffairs}, Term: "housing.extension_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "grant", Zh: "准予延期", En: "grant", To: []State{Rectifying}},
			{Name: "deny", Zh: "不予延期", En: "deny", To: []State{Rectifying}, Reason: true}}},
	{Name: "enforce", Clause: "D14", Zh: "规划查处", En: "enforcement by planning", State: Enforcing, Roles: []Role{PlanningOfficer}, Term: "housing.enforce_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "corrected", Zh: "已责令改正到位", En: "corrected", To: []State{Checking, Surveying}, Reason: true, Needs: []string{"housing.document"}},
			{Name: "uncorrectable", Zh: "无法改正，已依法处罚", En: "cannot be corrected, penalised by law", To: []State{Checking}, Reason: true, Needs: []string{"housing.document"}}}},
	{Name: "remedy", Clause: "5.3", Zh: "提出补足措施", En: "remedy proposed", State: Settling, Own: true, Roles: []Role{Developer}, Term: "housing.remedy_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "propose", Zh: "提出措施", En: "propose a measure", To: []State{Settling}, Reason: true, Needs: []string{"housing.measure"}},
			{Name: "rule_out", Zh: "说明不可行", En: "show that a remedy is impossible", To: []State{Settling}, Reason: true, Needs: []string{"housing.remedy"}}}},
	{Name: "remedy_review", Clause: "5.3", Zh: "补足措施审查", En: "review of the remedy", State: Settling, Roles: []Role{CivilAffairs}, Term: "housing.remedy_review_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{Settling}},
			{Name: "disagree", Zh: "不同意", En: "disagree", To: []State{Settling}, Reason: true}}},
	{Name: "remedy_delivery", Clause: "5.3", Zh: "补足到位确认", En: "remedy delivered", State: Settling, Roles: []Role{CivilAffairs}, Term: "housing.remedy_delivery_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "exists", Zh: "面积已到位", En: "the area is there", To: []State{Settling, HandingOver}, Needs: []string{"housing.area", "housing.document"}},
			{Name: "failed", Zh: "未能到位", En: "it failed", To: []State{Settling}, Reason: true}}},
	{Name: "remedy_decide", Clause: "5.3", Zh: "缴费补足决定", En: "decision on a payment", State: Settling, Roles: []Role{GroupChair}, Term: "housing.group_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "allow", Zh: "同意缴费", En: "allow the payment", To: []State{Settling}, Reason: true, Needs: []string{"housing.price", "housing.document"}},
			{Name: "refuse", Zh: "不同意缴费", En: "refuse the payment", To: []State{Settling}, Reason: true}}},
	{Name: "remedy_booking", Clause: "5.3", Zh: "缴费入账", En: "payment booked", State: Settling, Roles: []Role{Finance}, Term: "housing.booking_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "booked", Zh: "已入账", En: "booked", To: []State{Settling, HandingOver}, Needs: []string{"housing.booked_fen", "housing.document"}}}},
	{Name: "hand_over", Clause: "D15", Zh: "移交", En: "handover offered", State: HandingOver, Own: true, Roles: []Role{Developer}, Term: "housing.handover_months", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "offer", Zh: "提交移交清单并签字", En: "hand in the inventory and sign", To: []State{HandingOver}, Needs: []string{"housing.inventory"}}}},
	{Name: "sign_handover", Clause: "D15", Zh: "移交签收", En: "signatures under the handover", State: HandingOver, Voices: true, Roles: []Role{StreetClerk, Community, CivilAffairs}, Term: "housing.sign_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "sign", Zh: "签收", En: "sign", To: []State{HandingOver, Titling}},
			{Name: "reject", Zh: "不予签收", En: "not signed", To: []State{HandingOver}, Reason: true}}},
	{Name: "register_title", Clause: "D16", Zh: "产权登记", En: "title", State: Titling, Also: []State{Opening, InUse}, Roles: []Role{StreetClerk}, Term: "housing.registration_months", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "registered", Zh: "已登记", En: "registered", To: []State{Opening, InUse}, Needs: []string{"housing.area", "housing.document", "housing.owner"}},
			{Name: "obstacle", Zh: "登记受阻", En: "an obstacle", To: []State{Opening, InUse}, Reason: true}}},
	{Name: "put_into_use", Clause: "D17", Zh: "启用", En: "put into use", State: Opening, Roles: []Role{StreetClerk}, Term: "housing.use_days", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "open", Zh: "启用", En: "put into use", To: []State{InUse}, Needs: []string{"housing.in_use"}}}},
	{Name: "patrol", Clause: "D18", Zh: "季度巡查", En: "quarterly patrol", State: InUse, Roles: []Role{StreetClerk}, Term: "housing.patrol_wd", Join: One, Silence: "escalate", Outcomes: patrolOutcomes},
	{Name: "yearly_check", Clause: "D18", Zh: "年度检查", En: "yearly check", State: InUse, Roles: []Role{CivilAffairs}, Term: "housing.yearly_wd", Join: One, Silence: "escalate", Outcomes: patrolOutcomes},
	{Name: "recover", Clause: "D19", Zh: "收回纠正", En: "recovery", State: InUse, Roles: []Role{CivilAffairs}, Term: "housing.misuse_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "recovered", Zh: "已收回纠正", En: "recovered", To: []State{InUse}, Reason: true},
			{Name: "unfounded", Zh: "经查不属实", En: "unfounded", To: []State{InUse}, Reason: true}}},
	{Name: "replacement", Clause: "D20", Zh: "拆除置换审查", En: "replacement before demolition", State: InUse, Roles: []Role{CivilAffairs}, Term: "housing.replacement_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "replaced", Zh: "置换用房已登记，同意拆除", En: "replaced, may be demolished", To: []State{Replaced}, Reason: true, Needs: []string{"housing.replacement"}},
			{Name: "refuse", Zh: "不同意拆除", En: "refuse the demolition", To: []State{InUse}, Reason: true}}},
}

var patrolOutcomes = []Choice{
	{Name: "normal", Zh: "使用正常", En: "in order", To: []State{InUse}, Takes: []string{"housing.photos"}},
	{Name: "vacant", Zh: "闲置", En: "vacant", To: []State{InUse}, Reason: true, Takes: []string{"housing.photos"}},
	{Name: "misused", Zh: "擅改用途", En: "misused", To: []State{InUse}, Reason: true, Needs: []string{"housing.misuse"}, Takes: []string{"housing.photos"}},
}

var housingStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {Conditions, "规划条件拟定中", "planning conditions being drawn up", ""}, {Countersigning, "规划条件会签中", "conditions being countersigned", ""},
	{Contracting, "出让合同签订中", "land contract being concluded", ""}, {Designing, "方案设计中", "being designed", ""}, {DesignReview, "方案审查中", "drawings under review", ""},
	{Permitting, "许可办理中", "permits under way", ""}, {Building, "施工中", "under construction", ""}, {Surveying, "实测中", "being surveyed", ""},
	{PlanChecking, "规划核实中", "planning verification", ""}, {Completing, "竣工验收中", "completion and joint acceptance", ""}, {Checking, "民政核查中", "being verified by civil affairs", ""},
	{Rectifying, "整改中", "being rectified", ActTransferOrder}, {Enforcing, "移送规划查处", "with planning for enforcement", ""}, {Settling, "面积补足中", "shortfall being settled", ""},
	{HandingOver, "移交中", "being handed over", ActHandoverLate}, {Titling, "产权登记中", "title being registered", ""}, {Opening, "待启用", "to be put into use", ""},
	{InUse, "使用中", "in use", ActOpenPatrols}, {Replaced, "已置换", "replaced", ActArchive}, {Withdrawn, "已撤回", "withdrawn", ActArchive}, {Archived, "已归档", "archived", ""},
}

// housingCaseActs are the acts on a whole project.
var housingCaseActs = []CaseAct{
	{Kind: ActApplyPresale, States: []State{Building}, Alone: "presale", Needs: []string{"housing.phase"}, Words: Words{"申请预售", "apply for presale"},
		Consequence: Words{"由房产管理部门审查；用房滞后或未经许可的不准预售。", "The housing authority answers; no presale while the rooms lag or are not permitted."}},
	{Kind: ActExtendOrder, States: []State{Rectifying}, Alone: "extension", Reason: true, Words: Words{"申请整改延期", "ask for more time to rectify"},
		Consequence: Words{"由民政部门审批；审批期间整改期限照常计算。", "Civil affairs answers; the term goes on meanwhile."}},
	{Kind: ActRecordObstacle, States: projectStates, Reason: true, Words: Words{"登记障碍", "record an obstacle"},
		Consequence: Words{"障碍记录在案，期限不变。", "The obstacle is on record; terms are as before."}},
	{Kind: ActReportMisuse, States: []State{InUse}, Reason: true, Needs: []string{"housing.misuse"}, Words: Words{"报告擅改用途", "report a misuse"},
		Consequence: Words{"由民政部门限期收回纠正；出租即属擅改用途。", "Civil affairs recovers the room within its term; a lease is a misuse."}},
	{Kind: ActProposeDemolition, States: []State{InUse}, Alone: "replacement", Reason: true, Words: Words{"申请拆除", "propose a demolition"},
		Consequence: Words{"等面积或更大的置换用房登记后方可拆除。", "Only after an equal or larger replacement is registered may it be demolished."}},
}

// housingDefinition derives the moves from the steps.
func housingDefinition() Definition {
	d := Definition{Procedure: HousingProcedure, Zh: "社区服务用房", En: "community service housing", Steps: append(append([]Step(nil), housingPlanned...), housingKept...),
		States: housingStates, Prefix: "YF", Acts: housingCaseActs, Separate: [][2]string{{"conditions", "countersign"}, {"remedy_review", "remedy_decide"}, {"survey", "planning_check"}},
		Terms: []State{Rectifying, HandingOver}}
	d.addMove(Draft, Conditions, string(ActSubmit))
	d.addAnswers()
	for _, from := range []State{Conditions, Countersigning, Contracting} {
		d.addMove(from, Withdrawn, string(ActWithdraw))
	}
	d.addMove(Rectifying, Enforcing, string(ActTransferOrder))
	d.addMove(Titling, Opening, "register_title.registered")
	d.addMove(Titling, Opening, "register_title.obstacle")
	d.addArchiving()
	return d
}
