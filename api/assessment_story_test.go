package api

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// inbox is the first open task of a step that this person may answer.
func (p person) inbox(step string) civic.InboxLine {
	p.Helper()
	var inbox civic.Part[civic.InboxLine]
	p.get("/tasks?limit=100&step="+step).into(p, &inbox)
	require.NotEmpty(p, inbox.Items, "nothing of %s is asked", step)
	return inbox.Items[0]
}

// answers the first open task of a step.
func (p person) answers(step, outcome string, more ...Decision) response {
	p.Helper()
	d := Decision{Outcome: outcome, Opinion: "依据考核办法"}
	if len(more) > 0 {
		d.Details = more[0].Details
	}
	return p.do("POST", "/tasks/"+p.inbox(step).ID+"/decision", d)
}

// leaders sign the sample table for their departments.
var leaders = []string{"wu.gang", "yan.jun", "jiang.tao", "kang.jian", "yi.fang", "shan.feng", "qi.jian", "zhou.zheng", "zhou.min"}

// thisYear is the year on the record's clock.
func (h *house) thisYear() int { return h.store.Now().Year() }

// issuedYear is a year whose table has been issued.
func issuedYear(h *house) (path string, id string) {
	h.Helper()
	year := h.thisYear()
	path, id = fmt.Sprintf("/assessments/%d", year), civic.AssessmentID(year)
	office := h.signIn("xu.ming")
	is(h, 201, office.do("POST", "/assessments", NewAssessment{Year: year}))
	is(h, 200, office.do("POST", path+"/submission", Remark{}))
	is(h, 200, office.answers("compile_table", "send"))
	for _, login := range leaders {
		is(h, 200, h.signIn(login).answers("cosign_table", "agree"))
	}
	is(h, 200, h.signIn("liang.zhiyuan").answers("issue_table", "issue"))
	return path, id
}

func TestATaskTableIsWrittenSignedAndIssued(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	year := h.thisYear()
	path := fmt.Sprintf("/assessments/%d", year)
	office := h.signIn("xu.ming")
	is(t, http.StatusForbidden, h.signIn("wang.fang").do("POST", "/assessments", NewAssessment{Year: year}))
	is(t, 201, office.do("POST", "/assessments", NewAssessment{Year: year}))
	require.Equal(t, "already_begun", h.signIn("chen.jing").do("POST", "/assessments", NewAssessment{Year: year}).problem(t).Code)
	is(t, 200, office.do("POST", path+"/submission", Remark{}))

	var view civic.AssessmentView
	office.get(path).into(t, &view)
	require.Len(t, view.Rows, 29, "the office begins with the city's template")
	require.Equal(t, civic.TableDraft, view.State)
	rows := make([]civic.TableRow, 0, len(view.Rows))
	for _, r := range view.Rows {
		rows = append(rows, r.TableRow)
	}
	rows[0].Points -= 100
	is(t, 200, office.do("PUT", path+"/rows", TaskTable{Rows: rows}, "If-Match", `"1"`))
	require.Equal(t, "stale", office.do("PUT", path+"/rows", TaskTable{Rows: rows}, "If-Match", `"1"`).problem(t).Code)
	short := office.answers("compile_table", "send").problem(t)
	require.Equal(t, []any{"does_not_add_up", "assessment.weight_burden"}, []any{short.Code, short.Rule})
	rows[0].Points += 100
	is(t, 200, office.do("PUT", path+"/rows", TaskTable{Rows: rows}, "If-Match", `"2"`))
	is(t, 200, office.answers("compile_table", "send"))
	require.Equal(t, "not_asked", office.do("PUT", path+"/rows", TaskTable{Rows: rows}, "If-Match", `"3"`).problem(t).Code)

	is(t, 200, h.signIn(leaders[0]).answers("cosign_table", "return"))
	for _, login := range leaders[1:] {
		is(t, 200, h.signIn(login).answers("cosign_table", "agree"))
	}
	is(t, 200, office.answers("compile_table", "send")) // the office has heard all reasons
	for _, login := range leaders {
		is(t, 200, h.signIn(login).answers("cosign_table", "agree"))
	}
	issued := h.signIn("liang.zhiyuan").answers("issue_table", "issue")
	is(t, 200, issued)
	require.Contains(t, string(issued.body), `"document"`)
	office.get(path).into(t, &view)
	require.Equal(t, civic.Running, view.State)
	require.Len(t, view.Units, 7)
	is(t, 200, h.signIn("yuan.ting").get(path)) // the districts see it at once
	is(t, http.StatusNotFound, h.signIn("liu.yang").get(path))
}
