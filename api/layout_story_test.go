package api

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/space"
)

// layoutForm is a plan with two rows.
func layoutForm() civic.LayoutForm {
	return civic.LayoutForm{From: 2026, To: 2030, Circular: "常政办发〔2026〕30号", Rows: []civic.LayoutRow{
		{Community: "cz-tianning-diaozhuang-01", Way: civic.FromProject, Area: 640 * space.SquareMetre, Site: "和平路1号", Year: 2028},
		{Community: "cz-tianning-hongmei-03", Way: civic.FromPurchase, Area: 600 * space.SquareMetre, Site: "红梅路9号", Year: 2027}}}
}

// toldOfTheLayout: layout plans are drawn up by one body of the city; the story tells who may do what with them.
func toldOfTheLayout(c *cell) string {
	if c.relation != none {
		return "told in the story of a layout plan"
	}
	return ""
}

// plans brings a layout plan as far as the leading group.
func (h *house) plans(form civic.LayoutForm) (id, path string) {
	h.Helper()
	civil := h.signIn("fan.min")
	var made civic.DraftMade
	civil.do("POST", "/layouts", NewLayout{Unit: "cz-civil-affairs", Form: form}).into(h, &made)
	id, path = made.Case.ID, "/layouts/"+made.Case.ID
	is(h, 200, civil.do("POST", path+"/submission", Remark{}))
	for _, login := range []string{"lin.xiaodong", "wang.yang"} {
		is(h, 200, h.decided(login, id, "layout_opinion", Decision{Outcome: "agree"}))
	}
	return id, path
}

func TestALayoutPlanFromItsDraftToTheNextVersion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	civil, other := h.signIn("fan.min"), h.signIn("wan.peng")
	nowhere := h.send(h.request("GET", base+"/public/layout", nil))
	is(t, 404, nowhere)
	is(t, 403, other.do("POST", "/layouts", NewLayout{Unit: "cz-tianning-hongmei-office", Form: layoutForm()}))
	wrong := layoutForm()
	wrong.Rows[1].Area, wrong.Rows[0].Community = 0, "cz-tianning-hongmei"
	var made civic.DraftMade
	civil.do("POST", "/layouts", NewLayout{Unit: "cz-civil-affairs", Form: wrong}).into(t, &made)
	id, path := made.Case.ID, "/layouts/"+made.Case.ID
	is(t, 404, other.get(path))
	refused := civil.do("POST", path+"/submission", Remark{}).problem(t)
	require.Equal(t, []any{"no_area", "rows[1].area", 2.0}, []any{refused.Code, refused.Field, refused.Figures["row"]})
	require.Equal(t, "rows[0].community", refused.Also[0].Field)
	is(t, 200, civil.do("PUT", path, layoutForm(), "If-Match", `"1"`))
	is(t, 412, civil.do("PUT", path, wrong, "If-Match", `"1"`))
	submitted := civil.do("POST", path+"/submission", Remark{})
	is(t, 200, submitted)
	require.Contains(t, string(submitted.body), `"BJ-`)

	is(t, 200, h.decided("lin.xiaodong", id, "layout_opinion", Decision{Outcome: "revise", Opinion: "红梅地块面积偏小"}))
	is(t, 200, h.decided("wang.yang", id, "layout_opinion", Decision{Outcome: "agree"}))
	amended := layoutForm()
	amended.Rows[1].Area = 700 * space.SquareMetre
	var returned civic.LayoutView
	civil.get(path).into(t, &returned)
	require.True(t, returned.Editable)
	is(t, 200, civil.do("PUT", path, amended, "If-Match", fmt.Sprintf(`"%d"`, returned.Revision)))
	is(t, 200, h.decided("fan.min", id, "layout_amend", Decision{Outcome: "hand_in"}))
	is(t, 409, civil.do("PUT", path, amended, "If-Match", `"3"`))
	is(t, 200, h.decided("lin.xiaodong", id, "layout_opinion", Decision{Outcome: "agree"}))
	is(t, 200, h.decided("wang.yang", id, "layout_opinion", Decision{Outcome: "agree"}))
	is(t, 200, h.decided("liang.zhiyuan", id, "layout_decide", Decision{Outcome: "approve"}))

	var view, outside civic.LayoutView
	civil.get(path).into(t, &view)
	require.Equal(t, []any{civic.InForce, 1, true, 3, 1340 * space.SquareMetre}, []any{view.Case.State, view.Version, strings.HasPrefix(view.Document, "常社区发〔"), len(view.Opinions) - 1, view.Area})
	other.get(path).into(t, &outside)
	require.Equal(t, []any{0, "天宁区"}, []any{len(outside.Opinions), outside.Rows[0].DistrictView.Name}, "filed plans are read by everybody, opinions by those who take part")
	var public civic.PublicLayout
	h.send(h.request("GET", base+"/public/layout", nil)).into(t, &public)
	require.Equal(t, []any{1, view.Document, 700 * space.SquareMetre, "购买"}, []any{public.Version, public.Document, public.Rows[1].Area, public.Rows[1].WayWords.Zh})

	newer := layoutForm()
	newer.To = 2029
	next, _ := h.plans(newer)
	is(t, 200, h.decided("liang.zhiyuan", next, "layout_decide", Decision{Outcome: "approve"}))
	h.itself(id, civic.ActCheckDue)
	civil.get(path).into(t, &view)
	require.Equal(t, civic.Replaced, view.Case.State)
	h.send(h.request("GET", base+"/public/layout", nil)).into(t, &public)
	require.Equal(t, []any{2, 2029}, []any{public.Version, public.To})
	var list civic.Part[civic.LayoutLine]
	other.get("/layouts").into(t, &list)
	require.Equal(t, []string{next, id}, []string{list.Items[0].ID, list.Items[1].ID})
	h.registersUnder(public)
}

// registersUnder registers a project of a community that the plan in force names.
func (h *house) registersUnder(plan civic.PublicLayout) {
	h.Helper()
	reform := h.signIn("wang.yang")
	var made civic.DraftMade
	reform.do("POST", "/housing-projects", NewProject{Unit: "cz-reform", Form: projectForm("和平雅苑")}).into(h, &made)
	done := reform.do("POST", "/housing-projects/"+made.Case.ID+"/submission", Remark{})
	is(h, 200, done)
	require.Contains(h, string(done.body), fmt.Sprintf(`"document":"%s"`, plan.Document))
	var project civic.ProjectView
	reform.get("/housing-projects/"+made.Case.ID).into(h, &project)
	require.Equal(h, []any{plan.Version, plan.Document, 640 * space.SquareMetre, 2028}, []any{project.Project.Layout.Version, project.Project.Layout.Document,
		project.Project.Layout.Rows[0].Area, project.Project.Layout.Rows[0].Year})
}

func TestALayoutPlanIsWithdrawnOrDiscardedByThoseWhoDrewItUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	civil := h.signIn("fan.min")
	_, path := h.plans(layoutForm())
	is(t, 403, h.signIn("lin.xiaodong").do("POST", path+"/withdrawal", Remark{}))
	is(t, 200, civil.do("POST", path+"/withdrawal", Remark{Opinion: "另行编制"}))
	var made civic.DraftMade
	civil.do("POST", "/layouts", NewLayout{Unit: "cz-civil-affairs", Form: civic.LayoutForm{Rows: []civic.LayoutRow{}}}).into(t, &made)
	is(t, 422, civil.do("POST", "/layouts/"+made.Case.ID+"/submission", Remark{}))
	is(t, 404, civil.do("DELETE", "/supplements/"+nobodysID, nil))
	is(t, 204, civil.do("DELETE", "/layouts/"+made.Case.ID, nil))
	is(t, 404, civil.get("/layouts/"+made.Case.ID))
}
