package api

import (
	"strings"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
)

// answerOf is a decision that lets the case go on.
func answerOf(c *cell) Decision {
	return Decision{Outcome: outcomes[c.step], Opinion: "理由充分"}
}

func decide(g *grid, c *cell) request {
	return request{path: "/tasks/" + g.task(c) + "/decision", body: answerOf(c)}
}

func decideInBulk(g *grid, c *cell) request {
	return request{path: "/tasks/decisions", body: map[string]any{"decisions": []map[string]any{{"task": g.task(c), "outcome": outcomes[c.step]}}}}
}

// ofBulk is what became of the one decision.
func ofBulk(g *grid, a answer) answer {
	if a.status != 200 {
		return a
	}
	var got struct{ Results []bulkResult }
	a.into(g, &got)
	require.Len(g, got.Results, 1)
	a.status = got.Results[0].Status
	if p := got.Results[0].Problem; p != nil {
		a.code = p.Code
	}
	return a
}

// transfer passes a task on to a unit where somebody could answer it.
func transfer(g *grid, c *cell) request {
	to := spare
	if c.step == "consult" {
		to = "cz-tianning-hongmei-office"
	}
	return request{path: "/tasks/" + g.task(c) + "/transfer", body: ToUnit{Unit: to, Opinion: "属其职责"}}
}

// colleagues sit where the members of the matrix sit.
var colleagues = map[civic.Role]string{
	civic.OfficeClerk: "xu-ming", civic.OfficeHead: "he-lin", civic.Reviewer: "zhu-hong", civic.Finance: "feng-li", civic.Legal: "peng-hui",
	civic.StreetClerk: "dai-xiaoyan", civic.Community: "liu-yang", civic.GroupChair: "liang-zhiyuan", civic.DeptLeader: "zhou-min",
}

func delegate(g *grid, c *cell) request {
	person := colleagues[c.role]
	if person == "" {
		person = "song-lixin"
	}
	return request{path: "/tasks/" + g.task(c) + "/delegation", body: ToPerson{Person: person, Opinion: "请提意见"}}
}

// recall takes back the answer to the step, which is done.
func recall(g *grid, c *cell) request {
	return request{path: "/tasks/" + g.taskWhere(c, "state = 'done' AND step = '"+c.step+"' AND outcome <> 'return'") + "/recall", body: Remark{}}
}

// removal takes away a signer who was added.
func removal(g *grid, c *cell) request {
	return request{path: "/tasks/" + g.taskWhere(c, "state = 'open' AND added") + "/removal", body: Reason{Opinion: "无须征求"}}
}

func (g *grid) taskWhere(c *cell, condition string) (id string) {
	g.Helper()
	require.NoError(g, g.super.QueryRowContext(g.Context(), `SELECT id FROM task WHERE case_id = $1 AND `+condition, c.plot.id).Scan(&id), c.String())
	return id
}

// onFile does something with a file of the case; each request to remove one has its own.
func onFile(goal, path string) route {
	return route{goal: at(goal), ask: func(g *grid, c *cell) request {
		key := c.plot.id
		if c.op.act == "edit" && c.want == allow { // it uses its file up
			key += c.String()
		}
		return request{path: "/attachments/" + g.attached(c.plot.id, key) + path}
	}}
}

// attached puts a file to a case, once for each key.
func (g *grid) attached(caseID, key string) string {
	g.Helper()
	stored, err := g.files.Put("依据.txt", strings.NewReader("关于开展调查的通知"))
	require.NoError(g, err)
	made, err := g.store.AddAttachment(g.Context(), deed("case.attach", "wang-fang", civic.NewID("file", key)), caseID, stored)
	require.NoError(g, err)
	return made.ID
}
