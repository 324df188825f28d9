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
