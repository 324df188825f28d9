package api

import (
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/selection"
)

func TestADistrictNamesItsPanelAnewWhenItsLeadLeaves(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	y := newYear(h, 2026)
	y.filesRules()
	y.composes()
	id := y.declares(1, 1)
	y.scores(y.as("meng.jie"), id, 90)
	again := func(login string, panel ...string) response {
		return y.as(login).do("POST", "/cases/"+y.id()+"/panels", map[string]any{"assessors": panel, "lead": panel[0], "opinion": "组长调离"})
	}
	require.Equal(t, "no_such_assessor", again("xia.jun", "meng-jie", "qiu-shi", "shi-min").problem(t).Code, "a district names its own panel only")
	require.Equal(t, "no_such_assessor", again("yuan.ting", "meng-jie", "qiu-shi", "bao-yi").problem(t).Code)
	is(t, 200, again("yuan.ting", "meng-jie", "qiu-shi", "mao-jianhua"))
	require.Equal(t, civic.PanelWork, y.self(id, civic.ActSettle))
	gone := y.as("shi.min").do("PUT", "/nominations/"+id+"/sheet", map[string]any{"marks": []any{}}, "If-Match", `"0"`).problem(t)
	require.Equal(t, "sheet_submitted", gone.Code, "whoever left scores no more")
	for _, login := range []string{"qiu.shi", "mao.jianhua"} {
		y.scores(y.as(login), id, 80)
	}
	survey := selection.Points(9000)
	y.does("meng.jie", id, "close_panel", "close", &civic.AppraisalDetails{Survey: &survey})
	var view civic.SheetView
	y.as("meng.jie").get("/nominations/"+id+"/sheet").into(t, &view)
	require.Len(t, view.Others, 4, "whoever has scored compares")
	for _, s := range view.Others {
		require.Equal(t, s.Assessor == "shi-min", s.Recused, "whoever left counts in neither the sum nor the number: %s", s.Assessor)
	}
	for _, login := range []string{"yang.fan", "dai.xiaoyan", "xu.ming", "shi.min"} { // the community, its street, the office, whoever left
		var theirs civic.SheetView
		y.as(login).get("/nominations/"+id+"/sheet").into(t, &theirs)
		require.Empty(t, theirs.Others, "before the freeze %s sees no assessor's sheet", login)
		for _, path := range []string{"/history", "/explanation"} {
			told := y.as(login).get("/cases/" + id + path)
			require.NotContains(t, string(told.body), `"base"`, "before the freeze %s reads no score in %s", login, path)
		}
	}
	h.sound()
}
