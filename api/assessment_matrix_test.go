package api

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// playedElsewhere are operations that the grid does not play, which is about admissions: each is asked by somebody of every
// role in the test that is named.
var playedElsewhere = map[string]bool{
	// TestTheOperationsOfAYearAreForWhomTheyAre
	"beginAssessment": true, "getAssessment": true, "discardAssessment": true, "submitAssessment": true, "saveTaskTable": true,
	"takeTaskTable": true, "importTaskTable": true,
	// TestAYearOfTheAssessmentFromItsTableToTheNaming
	"listAssessments": true, "saveQuarterReport": true, "saveSelfScores": true, "saveRowScores": true, "fileRowAppeal": true, "saveUnitInputs": true,
	"getAssessmentSheet": true,
}

// everyRole is one person of each role, and one of a district and a department that the year does not ask.
var everyRole = []string{
	"wang.fang", "zhou.min", "xu.ming", "xu.jian", "zhu.hong", "qian.wei", "cao.yang", "song.lixin", "liang.zhiyuan", "yuan.ting", "dai.xiaoyan", "liu.yang",
	"wen.hua", "ji.zheng", "kang.ning", "an.quanming", "shen.ji", "feng.tao", "wu.gang", "he.min",
}

// only asks as somebody of every role, and wants a refusal for all but these.
func (h *house) only(method, path string, body any, allowed map[string]int, header ...string) {
	h.Helper()
	for _, login := range everyRole {
		answer := h.signIn(login).do(method, path, body, header...)
		if status, ok := allowed[login]; ok {
			require.Equal(h, status, answer.status, "%s %s %s: %s", login, method, path, answer.body)
			continue
		}
		require.Contains(h, []int{http.StatusForbidden, http.StatusNotFound}, answer.status, "%s %s %s: %s", login, method, path, answer.body)
	}
}

func TestTheOperationsOfAYearAreForWhomTheyAre(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	year := h.thisYear()
	path := fmt.Sprintf("/assessments/%d", year)
	h.only("POST", "/assessments", NewAssessment{Year: year}, map[string]int{"xu.ming": 201})
	h.only("GET", path, nil, map[string]int{"xu.ming": 200, "xu.jian": 200})
	h.only("POST", path+"/submission", Remark{}, map[string]int{"xu.ming": 200})

	var view civic.AssessmentView
	h.signIn("xu.ming").get(path).into(t, &view)
	rows := []civic.TableRow{view.Rows[0].TableRow}
	h.only("DELETE", path, nil, map[string]int{"xu.ming": 409, "xu.jian": 409, "song.lixin": 409, "liang.zhiyuan": 409, "ji.zheng": 409}) // it is no draft any more
	h.only("GET", path+"/rows/workbook", nil, map[string]int{"xu.ming": 200, "xu.jian": 200, "song.lixin": 200, "liang.zhiyuan": 200, "ji.zheng": 200})
	h.only("PUT", path+"/rows/workbook", nil, map[string]int{"xu.ming": 415}) // who may, hears that this is no workbook
	h.only("PUT", path+"/rows", TaskTable{Rows: rows}, map[string]int{"xu.ming": 200}, "If-Match", `"1"`)
}

// fills lets somebody of every role write something down over a revision that does not exist: who may, hears that it is stale,
// and nothing is written.
func (h *house) fills(path string, body any, login string) {
	h.Helper()
	h.only("PUT", path, body, map[string]int{login: http.StatusPreconditionFailed}, "If-Match", `"9"`)
	require.Equal(h, http.StatusPreconditionRequired, h.signIn(login).do("PUT", path, body).status)
}

// overwrites lets a second colleague save over what they have not seen: they are refused, and nothing changes.
func (h *house) overwrites(year, part string, body any, colleague person) {
	h.Helper()
	before := h.view(year)
	refused := colleague.do("PUT", year+part, body, "If-Match", `"0"`).problem(h)
	require.Equal(h, []any{http.StatusPreconditionFailed, "stale", 0.0, 1.0}, []any{refused.Status, refused.Code, refused.Figures["seen"], refused.Figures["current"]})
	after := h.view(year)
	require.Equal(h, []any{before.Reports, before.Self, before.Scores, before.Inputs, before.Parts}, []any{after.Reports, after.Self, after.Scores, after.Inputs, after.Parts})
}

// sees holds that whoever sees the year finds it in the list and reads its sheet, and nobody else does.
func (h *house) sees(path, id string) {
	h.Helper()
	seen := 0
	for _, login := range everyRole {
		p := h.signIn(login)
		may := p.get(path).status == http.StatusOK
		if may {
			seen++
		}
		require.Equal(h, may, p.get(path+"/sheet").status == http.StatusOK, login)
		var list civic.Part[civic.CaseLine]
		p.get("/assessments").into(h, &list)
		require.Equal(h, may, slices.ContainsFunc(list.Items, func(l civic.CaseLine) bool { return l.ID == id }), login)
	}
	require.Greater(h, seen, 4)
	require.Less(h, seen, len(everyRole))
}
