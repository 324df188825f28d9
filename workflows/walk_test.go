package workflows_test

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres/postgrestest"
)

// opens begins a draft as somebody's desk would, and turns to it. Its histories are kept under a name, if it has one.
func (c *city) opens(name, who string, n civic.NewCase) {
	c.t.Helper()
	made, err := c.store.OpenCase(c.t.Context(), c.deed(who, "draft.create"), n)
	require.NoError(c.t, err)
	c.tell(n.Procedure, made.Case.ID, name)
}

// deed is a write of somebody's that is no act, as the desk hands it over.
func (c *city) deed(who, kind string) civic.Deed {
	c.acts++
	return civic.Deed{ID: civic.NewID("deed", who, fmt.Sprint(c.acts)), Kind: kind, Object: kind, Actor: postgrestest.Actor(who), Detail: map[string]any{}}
}

// submits hands a draft in.
func (c *city) submits(who string) {
	c.t.Helper()
	c.do(c.of(who), civic.ActSubmit, "", "", none)
}

// reply is how a question is usually answered.
type reply struct {
	outcome string
	details civic.Details
	by      string // "" for whoever of the seat comes first
}

// carry answers every question the usual way until the case has come to a state.
func (c *city) carry(to civic.State, usual map[string]reply) {
	c.t.Helper()
	for c.progress().State != to {
		steps := c.steps()
		i := slices.IndexFunc(steps, func(step string) bool { return usual[step].outcome != "" })
		require.GreaterOrEqual(c.t, i, 0, "nothing usual is asked in %s on the way to %s: %v", c.progress().State, to, steps)
		if r := usual[steps[i]]; r.by != "" {
			c.says(r.by, steps[i], r.outcome, r.details)
		} else {
			c.answer(steps[i], r.outcome, r.details)
		}
	}
}

// says lets one person answer the first open task of a step.
func (c *city) says(person, step, outcome string, d civic.Details) {
	c.t.Helper()
	task, sitting := c.waiting(step)
	i := slices.IndexFunc(sitting, func(h holder) bool { return h.person == person })
	require.GreaterOrEqual(c.t, i, 0, "%s sits not where %s is asked", person, step)
	c.do(sitting[i], civic.ActDecide, task, outcome, d)
}

// steps are the questions that are open, in order.
func (c *city) steps() []string {
	c.t.Helper()
	return list[string](c, `SELECT step FROM task WHERE case_id = $1 AND state = 'open' ORDER BY opened_at, ord`, c.id)
}

// due moves the record's clock to just after what the system waits for, and waits until it has done it.
func (c *city) due(kind civic.ActKind) {
	c.t.Helper()
	before := c.count(kind)
	c.passesDue()
	c.wait("the system does "+string(kind), func() bool { return c.count(kind) > before })
}

// passesDue moves the record's clock to just after what the system waits for, never back, and lets the workflow look. One
// that has come to its end meanwhile has nothing to look at.
func (c *city) passesDue() {
	c.t.Helper()
	c.exec(`UPDATE clock SET shift = greatest(shift, (SELECT acts_at FROM cases WHERE id = $1) - clock_timestamp() + interval '1 second')`, c.id)
	if err := c.carrier.Look(c.t.Context(), c.procedure, c.id); !c.progress().Over {
		require.NoError(c.t, err)
	}
}

// count is how often an act was done to the case.
func (c *city) count(kind civic.ActKind) int {
	c.t.Helper()
	return value[int](c, `SELECT count(*) FROM decision WHERE case_id = $1 AND kind = $2`, c.id, kind)
}

// passes lets days go by on the record's clock.
func (c *city) passes(interval string) {
	c.t.Helper()
	c.exec(`UPDATE clock SET shift = shift + $1::interval`, interval)
	c.look()
}

// today is the city's day on the record's clock, for papers.
func (c *city) today() string {
	c.t.Helper()
	return value[string](c, `SELECT to_char(city_now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')`)
}

// paper is a document of today.
func (c *city) paper() *civic.DocumentRef {
	return &civic.DocumentRef{Number: "文〔2014〕1号", Date: c.today()}
}
