package workflows_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/civic/names"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// city is a house over the real record, with one case that walks through the procedure.
type city struct {
	*house
	store   *postgres.Store
	super   *sql.DB
	story   string
	told    []*told // cases whose histories are kept
	acts    int
	trouble atomic.Int64 // how many commits will find the record away
}

const (
	communityKey = "cz-tianning-diaozhuang-01"
	lineID       = "proof-line"
	applicant    = "cz-human-resources"
)

// settle makes a city of the test's own, with a worker.
func settle(t *testing.T) *city {
	t.Helper()
	store, d := postgrestest.New(t)
	c := &city{store: store, super: postgrestest.DB(t, d.Super)}
	c.house = open(t, c)
	c.exec(`INSERT INTO budget_line (id, unit, year, subject, name, appropriated) VALUES ($1, $2, $3, '2080199', '社区事务', 1000000000)`,
		lineID, applicant, time.Now().Year())
	return c
}

// Commit is the record's, unless there is trouble with it.
func (c *city) Commit(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	if c.trouble.Add(-1) >= 0 {
		return civic.Outcome{}, errGone
	}
	return c.store.Commit(ctx, a)
}

// Progress is the record's.
func (c *city) Progress(ctx context.Context, id string) (civic.Progress, error) {
	return c.store.Progress(ctx, id)
}

func (c *city) exec(statement string, args ...any) {
	c.t.Helper()
	_, err := c.super.Exec(statement, args...)
	require.NoError(c.t, err)
}

// value reads one value.
func value[T any](c *city, query string, args ...any) T {
	c.t.Helper()
	var v T
	require.NoError(c.t, c.super.QueryRow(query, args...).Scan(&v))
	return v
}

// list reads a column.
func list[T any](c *city, query string, args ...any) (out []T) {
	c.t.Helper()
	found, err := c.super.Query(query, args...)
	require.NoError(c.t, err)
	defer found.Close()
	for found.Next() {
		var v T
		require.NoError(c.t, found.Scan(&v))
		out = append(out, v)
	}
	require.NoError(c.t, found.Err())
	return out
}

// draft writes a draft of Wang Fang's: a survey of households that costs a little.
func (c *city) draft(name string, change ...func(*civic.AccessRequest)) {
	c.t.Helper()
	now := time.Now()
	form := civic.AccessRequest{Name: name, Category: civic.Survey, Purpose: civic.NewItem, Basis: []civic.Basis{{Level: "city", Title: "关于开展调查的通知"}},
		Necessity: "必要", WhyNotOwn: "熟悉居民", Work: "入户", PartPlayed: "assist", Communities: []string{communityKey}, Duration: "phased",
		Start: now.AddDate(0, 0, 80).Format(time.DateOnly), End: now.AddDate(0, 0, 300).Format(time.DateOnly), Powers: "查阅名册", ExitWhen: "完成", LegalReview: "合法",
		Funding: civic.Funding{Kind: civic.FromLine, Line: lineID, Driver: civic.PerHousehold, Rate: 500, Total: c.cost(500)}}
	for _, f := range change {
		f(&form)
	}
	body, err := json.Marshal(form)
	require.NoError(c.t, err)
	c.id = civic.NewID("story", c.t.Name())
	c.exec(`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar)
		VALUES ($1, 'access', 'discretionary', $2, $3, 'wang-fang', 'draft', now(), 1)`, c.id, name, applicant)
	c.exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, $2, $3)`, c.id, body, names.Normal(name))
	c.tell(civic.AccessProcedure, c.id, c.story)
}

// cost is the sum at a rate for each household of the community.
func (c *city) cost(rate int64) money.Fen {
	return money.Fen(rate * value[int64](c, `SELECT households FROM region WHERE key = $1`, communityKey))
}

// dear is a change that makes the item so dear that the members vote on it.
func (c *city) dear(f *civic.AccessRequest) { f.Funding.Rate, f.Funding.Total = 50_000, c.cost(50_000) }

// holder is somebody under one of their grants.
type holder struct{ person, grant string }

func (c *city) of(person string) holder {
	c.t.Helper()
	return holder{person, value[string](c, `SELECT id FROM role_grant WHERE person = $1 ORDER BY role LIMIT 1`, person)}
}

// deed is a sealed act of somebody's on the case.
func (c *city) sealed(who holder, kind civic.ActKind, task, outcome string, d civic.Details) civic.Act {
	c.acts++
	key := fmt.Sprintf("%s-%d", kind, c.acts)
	a := civic.Act{ID: civic.NewID("act", who.person, key), Case: c.id, Procedure: c.procedure, Kind: kind, Task: task, Actor: who.person, Grant: who.grant,
		Outcome: outcome, Opinion: "理由充分", Details: d, Key: key, Route: "story", Hash: key}
	a.SealWith(postgrestest.Key)
	return a
}

// try sends an act the usual way; the answer may be a refusal.
func (c *city) try(who holder, kind civic.ActKind, task, outcome string, d civic.Details) civic.Outcome {
	c.t.Helper()
	a := c.sealed(who, kind, task, outcome, d)
	if kind == civic.ActSubmit {
		return c.begin(a)
	}
	return c.inform(a)
}

// do sends an act that is taken.
func (c *city) do(who holder, kind civic.ActKind, task, outcome string, d civic.Details) *civic.Receipt {
	c.t.Helper()
	out := c.try(who, kind, task, outcome, d)
	require.Nil(c.t, out.Refusal, "%s %s", kind, outcome)
	return out.Receipt
}

func (c *city) submit() {
	c.t.Helper()
	c.do(c.of("wang-fang"), civic.ActSubmit, "", "", civic.Details{})
}

// open task of a step, the first in order, and who sits there.
func (c *city) waiting(step string) (task string, sitting []holder) {
	c.t.Helper()
	task = value[string](c, `SELECT id FROM task WHERE case_id = $1 AND step = $2 AND state = 'open' ORDER BY ord LIMIT 1`, c.id, step)
	list, err := c.super.Query(`SELECT g.person, g.id FROM task t JOIN role_grant g ON g.role = t.role AND g.unit = t.unit AND t.person IN ('', g.person)
		WHERE t.id = $1 ORDER BY g.person`, task)
	require.NoError(c.t, err)
	defer list.Close()
	for list.Next() {
		var h holder
		require.NoError(c.t, list.Scan(&h.person, &h.grant))
		sitting = append(sitting, h)
	}
	require.NoError(c.t, list.Err())
	return task, sitting
}

// answer lets the first one of the seat whom nothing bars answer the first open task of a step.
func (c *city) answer(step, outcome string, d ...civic.Details) holder {
	c.t.Helper()
	task, sitting := c.waiting(step)
	for _, h := range sitting {
		out := c.try(h, civic.ActDecide, task, outcome, append(d, civic.Details{})[0])
		if out.Refusal == nil {
			return h
		}
		require.Equal(c.t, "separation_of_duties", out.Refusal.Rule, "%s %s by %s: %v", step, outcome, h.person, out.Refusal)
	}
	require.Fail(c.t, "nobody can answer", step)
	return holder{}
}

// answerAll answers every open task of a step.
func (c *city) answerAll(step, outcome string) {
	c.t.Helper()
	for value[int](c, `SELECT count(*) FROM task WHERE case_id = $1 AND step = $2 AND state = 'open'`, c.id, step) > 0 {
		c.answer(step, outcome)
	}
}

// state waits until the case has come to a state.
func (c *city) state(want civic.State) {
	c.t.Helper()
	c.wait("the case is "+string(want), func() bool { return c.progress().State == want })
}

func (c *city) progress() civic.Progress {
	c.t.Helper()
	p, err := c.store.Progress(c.t.Context(), c.id)
	require.NoError(c.t, err)
	return p
}

// till moves the record's clock to just after what the system waits for, and lets the workflow look.
func (c *city) till(want civic.State) {
	c.t.Helper()
	c.passesDue()
	c.state(want)
}

// archived waits for the end of everything: the file is closed, and the workflow with it.
func (c *city) archived() {
	c.t.Helper()
	c.till(civic.Archived)
	c.wait("the workflow has ended", func() bool {
		_, status := c.run()
		return status == completed
	})
}

// reminded moves the record's clock to the next reminder and waits until it went out.
func (c *city) reminded() {
	c.t.Helper()
	before := c.progress().Version
	c.exec(`UPDATE clock SET shift = (SELECT min(remind_at) FROM task WHERE case_id = $1 AND state = 'open') - clock_timestamp() + interval '1 second'`, c.id)
	c.look()
	c.wait("a reminder", func() bool { return c.progress().Version > before })
}

// kinds are the acts on record, in order, automatic ones too.
func (c *city) kinds() []string {
	c.t.Helper()
	return list[string](c, `SELECT kind FROM decision WHERE case_id = $1 ORDER BY version`, c.id)
}

// sound examines the whole record against its promises.
func (c *city) sound() {
	c.t.Helper()
	checks, err := c.store.Fsck(c.t.Context(), postgres.Strictness{})
	require.NoError(c.t, err)
	for _, check := range checks {
		require.Zero(c.t, check.Broken, "%s %s: %v", check.Promise, check.Claim, check.Findings)
	}
}

// upTo walks the usual way to a state.
func (c *city) upTo(state civic.State) {
	c.t.Helper()
	way := []struct {
		from civic.State
		step func()
	}{
		{civic.Draft, c.submit},
		{civic.Submitted, func() { c.answer("register", "pass") }},
		{civic.Accepted, func() { c.answer("examine", "accept") }},
		{civic.PreReview, func() { c.answer("prereview", "recommend") }},
		{civic.Consult, func() { c.answerAll("consult", "support") }},
		{civic.JointReview, func() { c.answerAll("joint", "agree") }},
		{civic.Deliberation, func() { c.answer("decide", "admit") }},
		{civic.Publicity, func() { c.till(civic.Issuing) }},
		{civic.Issuing, func() { c.answer("issue", "issue") }},
	}
	at := c.progress().State
	i := slices.IndexFunc(way, func(s struct {
		from civic.State
		step func()
	}) bool {
		return s.from == at
	})
	for require.GreaterOrEqual(c.t, i, 0); at != state; i++ {
		way[i].step()
		at = c.progress().State
	}
}
