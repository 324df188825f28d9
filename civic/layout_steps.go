package civic

// ReformUnit names the parameter that says which body is in charge of development and reform.
const ReformUnit = "bodies.reform"

// The steps of a layout plan (D1): drawn up by civil affairs, answered by planning and by development and reform, approved by
// the leading group, and looked at every year.
var layoutSteps = []Step{
	{Name: "layout_opinion", Clause: "D1", Zh: "布局规划会签", En: "opinions on the layout plan", State: LayoutReview, Voices: true, Roles: []Role{PlanningOfficer, ReformOfficer}, Term: "housing.layout_opinion_wd", Join: All, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "agree", Zh: "同意", En: "agree", To: []State{LayoutReview, Deliberation, Returned}},
			{Name: "revise", Zh: "修改后再签", En: "to be revised", To: []State{LayoutReview, Returned}, Reason: true}}},
	{Name: "layout_amend", Clause: "D1", Zh: "修改布局规划", En: "amendment of the layout plan", State: Returned, Own: true, Roles: []Role{CivilAffairs}, Term: "housing.layout_amend_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{{Name: "hand_in", Zh: "提交修改后的规划", En: "hand in the amended plan", To: []State{LayoutReview}}}},
	{Name: "layout_decide", Clause: "D1", Zh: "审定布局规划", En: "decision on the layout plan", State: Deliberation, Roles: []Role{GroupChair}, Term: "housing.group_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "approve", Zh: "批准", En: "approve", To: []State{InForce}},
			{Name: "send_back", Zh: "退回修改", En: "send back", To: []State{Returned}, Reason: true}}},
	{Name: "layout_adjust", Clause: "D1", Zh: "年度调整", En: "yearly adjustment", State: InForce, Own: true, Roles: []Role{CivilAffairs}, Term: "housing.layout_adjust_wd", Join: One, Silence: "escalate",
		Outcomes: []Choice{
			{Name: "keep", Zh: "继续执行", En: "keep it as it is", To: []State{InForce}, Reason: true},
			{Name: "adjust", Zh: "需要调整，另拟新版", En: "adjust: a new version is being drawn up", To: []State{InForce}, Reason: true}}},
}

var layoutStates = []StateWords{
	{Draft, "草稿", "draft", ""}, {LayoutReview, "布局规划会签中", "opinions are asked", ""}, {Returned, "退回修改规划", "returned for amendment", ""},
	{Deliberation, "待领导小组审定", "with the leading group", ""}, {InForce, "规划实施中", "in force", ActCheckDue}, {Expired, "规划期满", "its period is over", ActArchive},
	{Replaced, "已由新版替代", "replaced by a newer version", ActArchive}, {Withdrawn, "已撤回", "withdrawn", ActArchive}, {Archived, "已归档", "archived", ""},
}

// layoutSeparate says which duties are separate: who draws a plan up neither answers nor approves it.
var layoutSeparate = [][2]string{
	{"layout_amend", "layout_opinion"}, {"layout_amend", "layout_decide"}, {"layout_opinion", "layout_decide"}, {"layout_decide", "layout_adjust"},
}

// layoutDefinition derives the moves from the steps. What is in force ends with its period, or with a newer plan.
func layoutDefinition() Definition {
	d := Definition{Procedure: LayoutProcedure, Zh: "社区用房布局规划", En: "layout plan of community rooms", Steps: layoutSteps, States: layoutStates,
		Prefix: "BJ", Separate: layoutSeparate}
	d.addMove(Draft, LayoutReview, string(ActSubmit))
	d.addAnswers()
	for _, from := range []State{LayoutReview, Returned, Deliberation} {
		d.addMove(from, Withdrawn, string(ActWithdraw))
	}
	d.addMove(InForce, Expired, string(ActCheckDue))
	d.addMove(InForce, Replaced, string(ActCheckDue))
	d.addArchiving()
	return d
}

func init() {
	regulations[LayoutProcedure] = regulation{
		acts: map[ActKind]func(*turn) error{ActSubmit: (*turn).submitLayout, ActCheckDue: (*turn).checkLayout},
		outcomes: map[string]func(*turn, *Task) error{
			"layout_opinion": (*turn).layoutAnswered, "layout_amend": (*turn).layoutAmended, "layout_decide": (*turn).layoutDecided,
			"layout_adjust": (*turn).layoutAdjusted,
		},
		matter: func() Matter { return new(Layout) },
	}
}
