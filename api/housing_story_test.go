package api

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/space"
)

// projectForm is a project of 2,000 homes in one phase.
func projectForm(name string) HousingForm {
	return HousingForm{
		Name: name, Address: "常州市天宁区和平路1号", Community: "cz-tianning-diaozhuang-01", Developer: "cz-developer-jinling", Surveyor: "cz-surveyor-longcheng",
		Approval: civic.DocumentRef{Number: "常发改发〔2014〕18号", Date: "2014-08-01"}, Households: 2000,
	}
}

// paper is a document of some day.
func paper(number, date string) *civic.DocumentRef {
	return &civic.DocumentRef{Number: number, Date: date}
}

func metres(t testing.TB, text string) space.Area {
	t.Helper()
	a, err := space.ParseArea(text)
	require.NoError(t, err)
	return a
}

// settles answers the open task of a step with details of housing.
func (h *house) settles(login, caseID, step, outcome string, details HousingDetails) response {
	h.Helper()
	p := h.signIn(login)
	return p.do("POST", "/tasks/"+p.taskOf(caseID, step)+"/decision", Decision{Outcome: outcome, Opinion: "见附件", Details: DecisionDetails{Housing: details}})
}

func TestAProjectIsRegisteredAndItsConditionsAreCountersigned(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	reform := h.signIn("wang.yang")
	var need space.Requirement
	reform.do("POST", "/housing-projects/requirement", RequirementAsked{Unit: "cz-reform", Households: 2000, On: "2014-09-01"}).into(t, &need)
	require.Equal(t, metres(t, "640"), need.Area, "known before anything is written")
	form := projectForm("和平雅苑")
	form.Community = ""
	var made civic.DraftMade
	reform.do("POST", "/housing-projects", NewProject{Unit: "cz-reform", Form: form}).into(t, &made)
	path, id := "/housing-projects/"+made.Case.ID, made.Case.ID
	refused := reform.do("POST", path+"/submission", Remark{}).problem(t)
	require.Equal(t, []any{"missing", "community"}, []any{refused.Code, refused.Field})
	is(t, 200, reform.do("PUT", path, projectForm("和平雅苑"), "If-Match", `"1"`))
	require.Equal(t, 404, h.signIn("zhang.cheng").get(path).status, "a draft is its unit's")
	is(t, 200, reform.do("POST", path+"/submission", Remark{}))

	for _, login := range []string{"zhang.cheng", "che.liang", "dai.xiaoyan", "liu.yang", "fan.min", "lin.xiaodong"} {
		is(t, 200, h.signIn(login).get(path))
	}
	require.Equal(t, 404, h.signIn("liu.ye").get(path).status, "another developer sees nothing of it")

	conditions := HousingDetails{Document: paper("常自然资规条〔2014〕7号", "2014-09-01"), Conditions: &civic.HousingConditions{
		Area: metres(t, "639.99"), Position: "小区主入口东侧", Storey: 2, Independent: true, Delivery: "与首期住宅同步交付", Ownership: "区人民政府", Transferee: "cz-tianning-diaozhuang-office"}}
	less := h.settles("lin.xiaodong", id, "conditions", "issue", conditions).problem(t)
	require.Equal(t, []any{"below_required", "640.00"}, []any{less.Code, less.Figures["required"]})
	conditions.Conditions.Area = metres(t, "640")
	is(t, 200, h.settles("lin.xiaodong", id, "conditions", "issue", conditions))
	is(t, 200, h.settles("fan.min", id, "countersign", "agree", HousingDetails{}))

	var view civic.ProjectView
	h.signIn("zhang.cheng").get(path).into(t, &view)
	require.Equal(t, civic.Contracting, view.Case.State)
	require.Equal(t, 2014, view.Project.Standard.Version, "the standard of the day of the conditions")
	require.Equal(t, metres(t, "640"), *view.Areas[0].Area)
	require.NotNil(t, view.Gates[1].PassedAt)
	require.Nil(t, view.Gates[2].PassedAt)
	var list civic.Part[civic.ProjectLine]
	h.signIn("zhang.cheng").get("/housing-projects?state=contract&district=cz-tianning&developer=cz-developer-jinling").into(t, &list)
	require.Len(t, list.Items, 1)
	h.signIn("liu.ye").get("/housing-projects").into(t, &list)
	require.Empty(t, list.Items)
}

// carries answers a step and wants it accepted.
func (h *house) carries(login, caseID, step, outcome string, details HousingDetails) {
	h.Helper()
	answer := h.settles(login, caseID, step, outcome, details)
	require.Equal(h, 200, answer.status, "%s %s: %s", step, outcome, answer.body)
}

func rooms(t testing.TB, area string) []civic.HousingRoom {
	return []civic.HousingRoom{{Name: "一层用房", Use: space.CommunityService, Storey: 1, Area: metres(t, area)}}
}

func checklist(not string) []CheckAnswer {
	var out []CheckAnswer
	for _, code := range []string{"own_entrance", "concentrated", "central", "utilities", "fit_out", "barrier_free", "no_odour"} {
		out = append(out, CheckAnswer{Code: code, Met: code != not})
	}
	return out
}

func TestAProjectIsCarriedFromItsRegistrationToItsUse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	reform := h.signIn("wang.yang")
	var made civic.DraftMade
	reform.do("POST", "/housing-projects", NewProject{Unit: "cz-reform", Form: projectForm("和平雅苑")}).into(t, &made)
	path, id := "/housing-projects/"+made.Case.ID, made.Case.ID
	is(t, 200, reform.do("POST", path+"/submission", Remark{}))
	today, area := paper("文〔2026〕1号", "2026-11-20"), metres(t, "640")
	h.carries("lin.xiaodong", id, "conditions", "issue", HousingDetails{Document: paper("规条〔2014〕7号", "2014-09-01"), Conditions: &civic.HousingConditions{
		Area: area, Position: "主入口", Storey: 2, Independent: true, Delivery: "同步交付", Ownership: "区人民政府", Transferee: "cz-tianning-diaozhuang-office"}})
	h.carries("fan.min", id, "countersign", "agree", HousingDetails{})
	h.carries("lin.xiaodong", id, "contract", "concluded", HousingDetails{Document: today})
	h.carries("zhang.cheng", id, "drawings", "hand_in", HousingDetails{Document: today, Rooms: rooms(t, "640")})
	h.carries("fan.min", id, "design_review", "agree", HousingDetails{})
	h.carries("dai.xiaoyan", id, "design_review", "agree", HousingDetails{})

	developer := h.signIn("zhang.cheng")
	var change civic.DraftMade
	developer.do("POST", "/plan-changes", NewPlanChange{Unit: "cz-developer-jinling", Form: changeForm(id)}).into(t, &change)
	changes := "/plan-changes/" + change.Case.ID
	is(t, 200, developer.do("POST", changes+"/submission", Remark{}))
	frozen := h.settles("lin.xiaodong", id, "planning_permit", "grant", HousingDetails{Document: today, Area: &area}).problem(t)
	require.Equal(t, "plan_change_open", frozen.Code)
	is(t, 200, h.signIn("fan.min").get(changes))
	is(t, 200, h.settles("fan.min", change.Case.ID, "change_opinion", "agree", HousingDetails{}))
	is(t, 200, h.settles("lin.xiaodong", change.Case.ID, "change_review", "publish", HousingDetails{}))
	var notices civic.Part[civic.NoticeLine]
	h.send(h.request("GET", base+"/public/notices", nil)).into(t, &notices)
	require.Len(t, notices.Items, 1)
	require.Equal(t, []any{civic.PlanChangeProcedure, civic.Words{Zh: "拟批准的规划调整", En: "a change of plan that is to be approved"},
		&civic.NoticedChange{Project: id, Before: area, After: area, Households: 2000}},
		[]any{notices.Items[0].Procedure, notices.Items[0].Words, notices.Items[0].Change})
	is(t, 200, h.objects(change.Case.ID, "用房位置偏僻。"))
	is(t, 200, h.settles("du.heng", change.Case.ID, "change_objection", "sustain", HousingDetails{}))
	is(t, 200, developer.do("POST", changes+"/withdrawal", Remark{}))

	h.carries("lin.xiaodong", id, "planning_permit", "grant", HousingDetails{Document: today, Area: &area})
	h.carries("yao.yuan", id, "construction_permit", "grant", HousingDetails{Document: today})
	is(t, 200, h.signIn("zhang.cheng").do("POST", path+"/presales", PresaleApplication{Phase: 1}))
	early := h.settles("lu.ping", id, "presale", "pass", HousingDetails{Document: today}).problem(t)
	require.Equal(t, "not_inspected", early.Code)
	h.carries("yao.yuan", id, "inspect", "finished", HousingDetails{Progress: &civic.HousingProgress{Homes: 2000, Rooms: area}})
	h.carries("che.liang", id, "survey", "measured", HousingDetails{Document: today, Rooms: rooms(t, "640")})
	h.carries("lin.xiaodong", id, "planning_check", "pass", HousingDetails{Document: today})
	h.carries("zhang.cheng", id, "file_completion", "file", HousingDetails{Document: today})
	h.carries("yao.yuan", id, "acceptance", "accept", HousingDetails{Document: today})

	better := h.settles("fan.min", id, "verify", "pass", HousingDetails{Checklist: checklist("utilities")}).problem(t)
	require.Equal(t, "better_than_seen", better.Code)
	h.carries("fan.min", id, "verify", "fail", HousingDetails{Checklist: checklist("utilities"), Defects: []string{"用电未接通"}})
	var view civic.ProjectView
	h.signIn("zhang.cheng").get(path).into(t, &view)
	require.Regexp(t, `^常民发〔2026〕\d+号$`, view.Orders[0].Number)
	h.later("60 days")
	h.itself(id, civic.ActTransferOrder)
	h.carries("lin.xiaodong", id, "enforce", "corrected", HousingDetails{Document: today})
	h.carries("fan.min", id, "verify", "pass", HousingDetails{Checklist: checklist("")})

	inventory := civic.HousingInventory{Area: area, Lines: []InventoryLine{{Kind: "room", Name: "一层"}, {Kind: "keys", Name: "钥匙"}, {Kind: "meter", Name: "电表"}}, Archives: []string{"as_built"}}
	bare := h.settles("zhang.cheng", id, "hand_over", "offer", HousingDetails{Inventory: &inventory}).problem(t)
	require.Equal(t, "archives_missing", bare.Code)
	inventory.Archives = []string{"as_built", "completion", "planning", "fire"}
	h.carries("zhang.cheng", id, "hand_over", "offer", HousingDetails{Inventory: &inventory})
	for _, login := range []string{"dai.xiaoyan", "liu.yang", "fan.min"} {
		h.signs(login, id)
	}
	h.carries("dai.xiaoyan", id, "register_title", "obstacle", HousingDetails{})
	h.carries("dai.xiaoyan", id, "put_into_use", "open", HousingDetails{InUse: []OpenedRoom{
		{Name: "服务大厅", Area: metres(t, "240"), Storey: 1, Station: civic.ManagementStation, Uses: []string{"civil_affairs"}},
		{Name: "社会组织室", Area: metres(t, "200"), Storey: 1, Station: civic.SocialStation, Uses: []string{"social_organisations"}},
		{Name: "活动室", Area: metres(t, "200"), Storey: 1, Station: civic.ActivityStation, Uses: []string{"reading"}}}})
	is(t, 200, h.signIn("liu.yang").do("POST", path+"/misuses", MisuseReport{Misuse: "lease", Opinion: "出租给超市"}))
	h.carries("fan.min", id, "recover", "recovered", HousingDetails{})
	h.signIn("dai.xiaoyan").get(path).into(t, &view)
	require.Equal(t, civic.InUse, view.Case.State)
	require.Len(t, view.Project.Rooms, 3)
	require.NotNil(t, view.Gates[len(view.Gates)-1].PassedAt)
}

// signs puts one party's signature under the handover.
func (h *house) signs(login, caseID string) {
	h.Helper()
	p := h.signIn(login)
	var inbox civic.Part[civic.InboxLine]
	p.get("/tasks?step=sign_handover").into(h.TB, &inbox)
	require.Len(h, inbox.Items, 1, login)
	is(h.TB, 200, p.do("POST", "/tasks/"+inbox.Items[0].ID+"/decision", Decision{Outcome: "sign"}))
}
