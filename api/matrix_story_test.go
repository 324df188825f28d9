package api

import (
	"fmt"
	"sync"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres/postgrestest"
)

// plot is one case on its way to where a cell needs it: through the real commit, act by act.
type plot struct {
	goal    string // a step whose task is to be open, or one of the goals below
	filer   string // who files it; Wang Fang unless it is said
	parted  string // who answers an earlier step of those that exclude the goal's
	decider string // who answers the goal's step, for afterThe; the usual person unless it is said
	claimer string // who claims the goal's task
	role    civic.Role
	unit    string

	n          int
	id, number string
	parent     string // the project of a change of plan
	acts       int    // -1 when one has failed
}

// Goals that are no step's task.
const (
	aDraft    = "a draft"
	blocked   = "stopped by the negative list"
	paused    = "paused"
	withAdded = "joint review with an added signer"
	inForce   = "in force"
	suspended = "suspended"
)

// afterThe is the goal of a step that was answered and nothing since.
func afterThe(step string) string { return "after " + step }

// usual are the sample people who answer where nobody else is wanted: by step, and by unit where several are asked.
var usual = map[string]string{
	"register": "chen-jing", "appeal": "xu-jian", "examine": "chen-jing", "correct": "wang-fang", "prereview": "xu-jian", "decide": "liang-zhiyuan",
	"fulfil": "qian-wei", "objection": "xu-ming", "issue": "xu-ming", "exit_opinion": "xu-jian", "exit_views": "zhou-min", "exit_decide": "liang-zhiyuan",
	"cz-tianning-diaozhuang-01-committee": "liu-yang", "cz-tianning-diaozhuang-office": "dai-xiaoyan", "cz-organisation": "zhu-hong", "cz-finance": "qian-wei",
	"cz-establishment": "han-xue", "cz-justice": "cao-yang", "cz-political-legal": "pan-feng", spare: "spare-reviewer",
}

// outcomes are how a step is answered so that the case goes on.
var outcomes = map[string]string{
	"register": "pass", "appeal": "clear", "examine": "accept", "correct": "corrected", "prereview": "recommend", "consult": "support", "joint": "agree", "vote": "for",
	"decide": "admit", "fulfil": "met", "objection": "dismiss", "issue": "issue", "exit_opinion": "support", "exit_views": "accept", "exit_decide": "keep",
}

const negative = "居民民情日记台账" // comes onto the negative list after it was asked for

// tell carries all plots to their goals: first everything is filed, then the negative list grows, then it goes up to the
// public notices, which take days, and then to the end.
func (g *grid) tell() {
	g.Helper()
	g.load()
	g.together(g.file)
	_, err := g.store.PublishEntry(g.Context(), deed("list.publish", "chen-jing", "negative"),
		civic.NewEntry{List: civic.Negative, Category: civic.LedgerItem, Name: negative, Source: "常民〔2026〕3号"})
	require.NoError(g, err)
	g.together(g.advance)
	g.invite()
	g.later("20 days")
	g.together(g.conclude)
}

// deed is a write of a person's that nothing but the record looks at.
func deed(kind, person, key string) civic.Deed {
	return civic.Deed{ID: civic.NewID(kind, person, key), Kind: kind, Actor: civic.Actor{Person: person, Account: owner(person).account()}, Key: key, Hash: key, Detail: map[string]any{}}
}

// load knows the grants of the sample people.
func (g *grid) load() {
	g.Helper()
	list, err := g.super.QueryContext(g.Context(), `SELECT id, person, role, unit FROM role_grant`)
	require.NoError(g, err)
	defer list.Close()
	for list.Next() {
		var id string
		var key [3]string
		require.NoError(g, list.Scan(&id, &key[0], &key[1], &key[2]))
		g.grants[key] = id
	}
	require.NoError(g, list.Err())
}

// together does something with every plot, several at a time.
func (g *grid) together(do func(*plot)) {
	g.Helper()
	queue := make(chan *plot)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for p := range queue {
				do(p)
			}
		})
	}
	for _, p := range g.plots {
		queue <- p
	}
	close(queue)
	all.Wait()
	require.False(g, g.Failed(), "a story did not come to its goal")
}

// file makes the draft and files it.
func (g *grid) file(p *plot) {
	if housingGoal(p.goal) {
		g.fileProject(p)
		return
	}
	if p.filer == "" {
		p.filer = "wang-fang"
	}
	form := surveyForm(fmt.Sprintf("第%d号入户调查", p.n))
	unit := dept
	switch p.goal {
	case blocked, "appeal":
		form.Name = negative
	case "vote":
		form.Category = civic.Organisation
	case aDraft:
		unit = p.unit
	}
	made, err := g.store.CreateDraft(g.Context(), deed("draft.create", p.filer, fmt.Sprintf("draft-%d", p.n)), unit, form)
	if !g.fine(p, err) {
		return
	}
	if p.id = made.Case.ID; p.goal != aDraft {
		g.act(p, civic.ActSubmit, p.filer, civic.DeptClerk, dept, "", "", civic.Details{})
	}
}

// fine reports whether a story can go on; g's own FailNow is not for other goroutines.
func (g *grid) fine(p *plot, err error) bool {
	if err != nil {
		g.Errorf("to %q, filed by %s: %v", p.goal, p.filer, err)
	}
	return err == nil
}

// act commits one act of a person under their grant.
func (g *grid) act(p *plot, kind civic.ActKind, person string, role civic.Role, unit, task, outcome string, d civic.Details) {
	if p.acts < 0 {
		return // an earlier act has failed
	}
	p.acts++
	key := fmt.Sprintf("%s:%d", p.id, p.acts)
	a := civic.Act{
		ID: civic.NewID("act", person, key), Case: p.id, Procedure: civic.AccessProcedure, Kind: kind, Task: task, Actor: person, Grant: g.grants[[3]string{person, string(role), unit}],
		Outcome: outcome, Opinion: "理由充分", Details: d, Key: key, Route: "story", Hash: key,
	}
	a.SealWith(postgrestest.Key)
	out, err := g.store.Commit(g.Context(), a)
	if err == nil && out.Refusal != nil {
		err = fmt.Errorf("%s %s of %s by %s as %s@%s: %w", kind, outcome, task, person, role, unit, out.Refusal)
	}
	if !g.fine(p, err) {
		p.acts = -1
		return
	}
	p.number = out.Receipt.Number
}

// waiting is an open task.
type waiting struct{ id, step, role, unit, person string }

func (g *grid) open(p *plot) (list []waiting) {
	rows, err := g.super.QueryContext(g.Context(), `SELECT id, step, role, unit, person FROM task WHERE case_id = $1 AND state = 'open' ORDER BY ord`, p.id)
	if !g.fine(p, err) {
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var w waiting
		if !g.fine(p, rows.Scan(&w.id, &w.step, &w.role, &w.unit, &w.person)) {
			return nil
		}
		list = append(list, w)
	}
	g.fine(p, rows.Err())
	return list
}

// answer answers every open task of a step: by the one who is named, else by the usual person.
func (g *grid) answer(p *plot, step, outcome, by string) {
	d := civic.Details{}
	switch outcome {
	case "return":
		d.Gaps = []string{"缺少经费测算"}
	case "admit_cond":
		d.Condition = "先落实经费"
	}
	kind := civic.ActDecide
	if step == "correct" {
		kind, outcome = civic.ActCorrect, ""
	}
	done := false
	for _, w := range g.open(p) {
		if w.step != step {
			continue
		}
		person := usual[step]
		for _, who := range []string{usual[w.unit], w.person, by} {
			if who != "" && (who == by || step == "consult" || step == "joint" || step == "vote") {
				person = who
			}
		}
		g.act(p, kind, person, civic.Role(w.role), w.unit, w.id, outcome, d)
		done = true
	}
	if !done && p.acts >= 0 {
		g.fine(p, fmt.Errorf("no open task %s: %v", step, g.open(p)))
		p.acts = -1
	}
}
