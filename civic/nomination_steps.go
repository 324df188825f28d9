package civic

// The steps of one community's nomination (domain 4.2, B2–B7, B9 and B15).
var nominationSteps = []Step{
	{Name: "self_assess", Clause: "B3", Zh: "社区自评", En: "self-assessment", State: SelfScoring, Own: true, Roles: []Role{Community}, Term: "appraisal.self_score_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "hand_in", Zh: "提交自评", En: "hand in", To: []State{Recommending}}}},
	{Name: "recommend", Clause: "B4", Zh: "街道（镇）推荐", En: "the street's recommendation", State: Recommending, Roles: []Role{StreetClerk}, Term: "appraisal.recommend_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "recommend", Zh: "推荐", En: "recommend", To: []State{Recommended, PanelWork}, Needs: []string{"appraisal.rank"}},
			{Name: "not_recommend", Zh: "不予推荐", En: "not recommend", To: []State{NotRecommended}, Reason: true}}},
	{Name: "close_panel", Clause: "B5", Zh: "考评组汇总", En: "closing of the panel", State: PanelWork, Roles: []Role{Assessor}, Term: "appraisal.panel_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "close", Zh: "汇总评分", En: "close the panel", To: []State{Eligibility}, Needs: []string{"appraisal.survey"}, Takes: []string{"appraisal.bonus", "appraisal.penalty"}}}},
	{Name: "eligibility", Clause: "B6", Zh: "资格审核", En: "reply on eligibility", State: Eligibility, Voices: true, Roles: []Role{Reviewer}, Term: "appraisal.eligibility_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "clear", Zh: "无否决情形", En: "nothing against it", To: []State{Eligibility, Publicity, Vetoed}},
			{Name: "veto", Zh: "存在否决情形", En: "a ground of exclusion", To: []State{Eligibility, Publicity, Vetoed}, Reason: true, Needs: []string{"appraisal.ground"}}}},
	{Name: "nominee_objection", Clause: "B7", Zh: "区内公示异议核实", En: "objection in the district", State: Objected, Roles: []Role{DistrictDesk}, Term: "appraisal.objection_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "dismiss", Zh: "异议不成立", En: "dismissed", To: []State{Objected, Publicity, Qualified, NotRecommended}, Reason: true},
			{Name: "sustain", Zh: "异议成立", En: "sustained", To: []State{Struck}, Reason: true}}},
	{Name: "rescore", Clause: "B9", Zh: "市级抽查复评", En: "scoring of the sample", State: Rescoring, Roles: []Role{Assessor}, Term: "appraisal.rescore_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "hand_in", Zh: "提交复评", En: "hand in", To: []State{Ranked, Struck}}}},
	{Name: "year_check", Clause: "B15", Zh: "年度自查", En: "the district's yearly check", State: TitleHeld, Roles: []Role{DistrictDesk}, Term: "appraisal.check_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "keep", Zh: "保留称号", En: "keep the title", To: []State{TitleHeld}},
			{Name: "rectify", Zh: "限期整改", En: "put right in time", To: []State{TitleRectifying}, Reason: true}}},
	{Name: "recheck", Clause: "B15", Zh: "市级复核", En: "the city's re-check", State: TitleHeld, Roles: []Role{OfficeClerk}, Term: "appraisal.check_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "keep", Zh: "保留称号", En: "keep the title", To: []State{TitleHeld}},
			{Name: "rectify", Zh: "限期整改", En: "put right in time", To: []State{TitleRectifying}, Reason: true},
			{Name: "remove", Zh: "摘牌", En: "remove the title", To: []State{Revoked}, Reason: true}}},
	{Name: "rectified", Clause: "B15", Zh: "整改验收", En: "acceptance of what was put right", State: TitleRectifying, Roles: []Role{OfficeClerk}, Term: "appraisal.rectify_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "pass", Zh: "整改合格", En: "it was put right", To: []State{TitleHeld}},
			{Name: "remove", Zh: "摘牌", En: "remove the title", To: []State{Revoked}, Reason: true}}},
}

var nominationStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {SelfScoring, "自评中", "self-assessment", ActSettle}, {Recommending, "待街道（镇）推荐", "before the street or town", ActSettle},
	{Recommended, "已推荐，待考评", "recommended, waits for the panel", ActSettle}, {PanelWork, "考评组评分中", "before the panel", ActSettle},
	{Eligibility, "资格审核中", "eligibility being checked", ActSettle}, {Publicity, "公示中", "under public notice", ActCloseNotice},
	{Objected, "异议处理中", "objection under examination", ActSettle}, {Qualified, "区级考评合格", "through the district's appraisal", ActSettle},
	{Ranked, "成绩已冻结，待市级审定", "ranked, waits for the city", ActSettle}, {Rescoring, "市级抽查中", "drawn: being scored again", ActSettle},
	{InReserve, "后备", "in reserve", ActSettle}, {TitleHeld, "已命名", "named", ActCheckDue}, {TitleRectifying, "整改中", "being put right", ""},
	{AssessedOnly, "已考评，未命名", "assessed; nobody was named", ActArchive},
	{NotRecommended, "未获推荐", "not recommended", ActArchive}, {BelowLine, "未达标", "below the line", ActArchive}, {Vetoed, "否决", "vetoed", ActArchive},
	{Struck, "取消资格", "struck", ActArchive}, {Revoked, "已撤销称号", "title revoked", ActArchive}, {Withdrawn, "已撤回", "withdrawn", ActArchive}, {Archived, "已归档", "archived", ""},
}

// nominationSeparate says which duties on one nomination are separate: an assessor has neither recommended nor scored themselves.
var nominationSeparate = [][2]string{
	{"self_assess", "recommend"}, {"self_assess", "close_panel"}, {"self_assess", "rescore"}, {"recommend", "close_panel"}, {"recommend", "rescore"}, {"close_panel", "rescore"},
	{"self_assess", "eligibility"}, {"close_panel", "nominee_objection"}, {"year_check", "recheck"},
}

// unsettled are the states in which a nomination is still before its district.
var unsettled = []State{SelfScoring, Recommending, Recommended, PanelWork, Eligibility, Publicity, Objected}

// yearsOwn are the states that wait for what the year decides.
var yearsOwn = []State{Qualified, Ranked, Rescoring}

func nominationDefinition() Definition {
	d := Definition{Procedure: NominationProcedure, Zh: "创建申报", En: "nomination", Steps: nominationSteps, States: nominationStates,
		Prefix: "SB", Acts: nominationActs, Separate: nominationSeparate, Terms: []State{Publicity, Objected}}
	d.addMove(Draft, SelfScoring, string(ActSubmit))
	d.addAnswers()
	for _, from := range unsettled {
		d.addMove(from, NotRecommended, string(ActSettle))
		d.addMove(from, Withdrawn, string(ActWithdraw))
	}
	d.addMove(Recommended, PanelWork, string(ActSettle))
	d.addMove(Publicity, Objected, string(ActObject))
	d.addMove(Publicity, Qualified, string(ActCloseNotice))
	d.addMove(Publicity, NotRecommended, string(ActCloseNotice))
	for _, to := range []State{Ranked, BelowLine, NotRecommended} {
		d.addMove(Qualified, to, string(ActSettle))
	}
	for _, to := range []State{Rescoring, TitleHeld, InReserve, NotRecommended, AssessedOnly, Struck} {
		d.addMove(Ranked, to, string(ActSettle))
	}
	d.addMove(InReserve, NotRecommended, string(ActSettle))
	d.addMove(InReserve, TitleHeld, string(ActNameNext))
	d.addArchiving()
	return d
}

// nominationActs are the acts on a whole nomination.
var nominationActs = []CaseAct{
	{Kind: ActObject, States: []State{Publicity, Objected}, Reason: true, Takes: []string{"contact"}, Words: actWords[ActObject],
		Consequence: Words{"异议由区级办公室核实。", "The district's office examines the objection."}},
	{Kind: ActNameNext, States: []State{InReserve}, Reason: true, Words: Words{"递补命名", "name from the reserve"},
		Consequence: Words{"递补为已命名社区，名额不得超过总数。", "It takes the place that has become free; never more than the quota."}},
}
