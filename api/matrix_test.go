package api

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/policies"
	"lizheng/postgres/postgrestest"
)

// anyStep stands in the matrix for what is no task.
const anyStep = "*"

// grid is the permission matrix, played over HTTP in one record.
type grid struct {
	*house
	matrix map[[5]string]string // by role, object, step, act and relation: allow, or the code of the refusal
	super  *sql.DB
	files  *Store
	cast   map[[3]string]*member
	grants map[[3]string]string // ids, by person, role and unit
	plots  []*plot
	shared map[plot]*plot
	asked  *atomic.Int64 // requests
}

// within is the grid in a part of the test.
func (g *grid) within(t *testing.T) *grid {
	part, h := *g, *g.house
	h.TB, part.house = t, &h
	return &part
}

// readMatrix reads policies/testdata/matrix.csv.
func readMatrix(t testing.TB) map[[5]string]string {
	t.Helper()
	f, err := os.Open("../policies/testdata/matrix.csv")
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Equal(t, append([]string{"role", "object", "step", "act"}, relations...), rows[0])
	out := map[[5]string]string{}
	for _, row := range rows[1:] {
		for i, relation := range relations {
			out[[5]string{row[0], row[1], row[2], row[3], relation}] = row[4+i]
		}
	}
	return out
}

// cell is one role in one relation at one operation.
type cell struct {
	op       *operation
	route    route
	role     civic.Role
	relation string
	step     string
	want     string // allow, or the code of the refusal
	who      *member
	plot     *plot
	n        int // a number of its own
}

func (c *cell) String() string {
	return fmt.Sprintf("%s %s as %s %s", c.op.id, c.step, c.role, c.relation)
}

// route says how an operation is asked for what its row of the matrix speaks of.
type route struct {
	steps []string                              // of a task; none for everything else
	goal  func(c *cell) string                  // where the case has to be; nil when it is about no case
	fresh bool                                  // an allowed request uses its case up
	ask   func(g *grid, c *cell) request        // the request, otherwise valid
	shows func(g *grid, c *cell, a answer) bool // whether the answer shows the thing, where everybody is answered
	codes map[string]string                     // what may be said instead: of a refusal in words of its own, of allow by a rule
	inner func(g *grid, a answer) answer        // what counts of an answer to several things
	never func(c *cell) string                  // why there cannot be such a cell, "" when there can
	of    civic.Procedure                       // whose case or draft it is about, "" for an admission's
}

// row is the line of the matrix for a step.
func (r route) row(step string) string {
	if r.of != "" {
		return string(r.of)
	}
	return step
}

func newGrid(t *testing.T) *grid {
	t.Helper()
	g := &grid{matrix: readMatrix(t), cast: map[[3]string]*member{}, grants: map[[3]string]string{}, shared: map[plot]*plot{}, asked: new(atomic.Int64)}
	g.house = newHouse(t, func(o *Options) {
		g.files = o.Files
		o.Engine = func(context.Context, string) (EngineView, error) { return EngineView{Workflow: "w"}, nil }
	})
	g.super = postgrestest.DB(t, g.record.Super)
	return g
}

// TestEveryOperationAllowsWhatTheMatrixAllowsAndNothingElse asks every operation that is not public for every role in
// every relation, and compares what HTTP answers with the row that people have reviewed.
func TestEveryOperationAllowsWhatTheMatrixAllowsAndNothingElse(t *testing.T) {
	t.Parallel()
	g := newGrid(t)
	operations, err := contract()
	require.NoError(t, err)
	var all [][]*cell
	for _, name := range slices.Sorted(maps.Keys(operations)) {
		op := operations[name]
		r, ok := routes[op.id]
		require.Equal(t, !op.public && !playedElsewhere[op.id], ok, "%s: what is not public needs a row in routes", name)
		if ok {
			all = append(all, g.cellsOf(t, op, r))
		}
	}
	require.Len(t, all, len(routes), "a row speaks of no operation")
	g.enrol()
	g.tell()
	g.today()
	policy, err := policies.New(t.Context(), g.store, policies.Options{City: g.store.Now})
	require.NoError(t, err)
	g.desk.Policy = policy
	t.Cleanup(func() { t.Logf("%d cases, %d people, %d requests", len(g.plots), len(g.cast), g.asked.Load()) })
	t.Run("asked", func(t *testing.T) {
		for _, cells := range all {
			t.Run(cells[0].op.id, func(t *testing.T) {
				t.Parallel()
				g := g.within(t)
				g.nobody(cells[0])
				for _, c := range cells {
					g.compare(c)
				}
			})
		}
	})
}

// cellsOf plans an operation's cells, with the people and cases that they need.
func (g *grid) cellsOf(t *testing.T, op *operation, r route) (cells []*cell) {
	t.Helper()
	steps := r.steps
	if len(steps) == 0 {
		steps = []string{anyStep}
	}
	for _, step := range steps {
		for _, role := range civic.Roles {
			for _, relation := range relations {
				want, ok := g.matrix[[5]string{string(role.Role), op.object, r.row(step), op.act, relation}]
				require.True(t, ok, "%s: the matrix lacks %s %s %s", op.id, op.object, r.row(step), op.act)
				c := &cell{op: op, route: r, role: role.Role, relation: relation, step: step, want: want, n: len(cells)}
				if r.never != nil && r.never(c) != "" {
					continue
				}
				c.who = g.member(role.Role, relation, unitAt(role.Role, relation, step))
				if r.goal != nil {
					c.plot = g.plotFor(c)
				}
				cells = append(cells, c)
			}
		}
	}
	return cells
}

// plotFor is the case of a cell: one of its own when the request uses it up, one of the person's when they are part of
// it, else one for all.
func (g *grid) plotFor(c *cell) *plot {
	p := plot{goal: c.route.goal(c)}
	switch c.relation {
	case applicant:
		p.filer = c.who.id
	case separated:
		p.parted = c.who.id
	}
	switch p.goal {
	case aDraft:
		p.unit, p.parted = draftUnit(c), ""
	case aProjectDraft, aChangeDraft:
		p.unit = projectUnit(c)
	}
	used := c.route.fresh && c.want == allow
	if used && (c.relation == own || c.relation == deputy) && asks(c.step, c.role) {
		switch c.op.act {
		case "release":
			p.claimer, p.role, p.unit = c.who.sits(), c.role, c.who.unit
		case "recall":
			p.decider = c.who.sits()
		}
	}
	if found, ok := g.shared[p]; ok && !used {
		return found
	}
	made := p
	made.n = len(g.plots)
	g.plots = append(g.plots, &made)
	if !used {
		g.shared[p] = &made
	}
	return &made
}

// allow is what the matrix says where there is no refusal.
const allow = "allow"

// compare sends a cell's request and holds the answer against the matrix.
func (g *grid) compare(c *cell) {
	g.Helper()
	r := c.route.ask(g, c)
	cookie := c.who.cookie()
	if r.cookie != "" {
		cookie.Value = r.cookie
	}
	a := g.send(c.op, r, cookie)
	if c.route.inner != nil {
		a = c.route.inner(g, a)
	}
	switch {
	case c.route.shows != nil:
		if shown := a.status < 300 && c.route.shows(g, c, a); shown != (c.want == allow) {
			g.Errorf("%s: the matrix says %s, but shown is %t: %d %s", c, c.want, shown, a.status, a.body)
		}
	case c.want != allow:
		if !slices.Contains([]string{c.want, c.route.codes[c.want]}, a.code) || a.status != statusOf(a.code) {
			g.Errorf("%s: the matrix says %s, HTTP says %d %s: %s %v", c, c.want, a.status, a.code, r.path, c.plot)
		}
	case a.status >= 300 && (a.code == "" || a.code != c.route.codes[allow]):
		g.Errorf("%s: the matrix allows it, HTTP says %d %s: %s %s", c, a.status, a.code, r.path, a.body)
	}
}

// statusOf is the status with which the policy's refusals are said.
func statusOf(code string) int {
	if code == "not_found" || code == "no_answer_yet" {
		return http.StatusNotFound
	}
	return http.StatusForbidden
}
