package workflows_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/civic/space"
	"lizheng/civic/workday"
	"lizheng/config/changzhou"
	"lizheng/workflows"
)

// estate is a project under its real rules in the city as it changes over the years. Its record is kept in memory; its
// workflow runs in the test environment, which skips the time in which nobody acts.
type estate struct {
	t       *testing.T
	city    civic.Profile
	atlas   *civic.Atlas
	env     *testsuite.TestWorkflowEnvironment
	clock   func() time.Time
	mu      sync.Mutex
	files   map[string]*civic.Dossier // the project and the changes of its plan
	order   []string
	answers map[string]civic.Outcome
	system  map[string][]civic.ActKind // what the system did to a case by itself
	beside  beside
	acts    int
	numbers int
	ends    []time.Time // of its histories
}

// beside is what a procedure keeps beside its cases.
type beside interface {
	world(d *civic.Dossier) civic.World
	gate(fx civic.Effects) error
	keep(d *civic.Dossier, fx civic.Effects)
}

const projectID = "5f0c7a52-6a5f-8e1c-9d3b-0a1b2c3d4e5f"

func newEstate(t *testing.T) *estate {
	t.Helper()
	profile, err := changzhou.Load()
	require.NoError(t, err)
	e := &estate{t: t, city: profile.Civic(), files: map[string]*civic.Dossier{}, answers: map[string]civic.Outcome{}, system: map[string][]civic.ActKind{}}
	e.beside = e
	e.atlas = civic.NewAtlas(e.city.Regions, e.city.Placements, e.city.Units, e.city.Successions)
	return e
}

// open begins a case as a draft.
func (e *estate) open(id string, p civic.Procedure, parent, unit string, m civic.Matter) {
	e.files[id] = &civic.Dossier{Case: civic.Case{ID: id, Procedure: p, Parent: parent, Title: m.Title(), Unit: unit, Applicant: "wang-yang", State: civic.Draft, Version: 1, Round: 1,
		Calendar: 1, CreatedAt: e.clock(), UpdatedAt: e.clock()}, Matter: m, Calendar: workday.Builtin()}
	e.order = append(e.order, id)
}

// Commit is the commit point: the real rules, and one answer an act.
func (e *estate) Commit(_ context.Context, a civic.Act) (civic.Outcome, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if first, ok := e.answers[a.ID]; ok {
		first.Progress = e.progress(a.Case)
		return first, nil
	}
	d := e.files[a.Case]
	d.Now = e.clock()
	if !d.Now.After(d.Case.UpdatedAt) {
		d.Now = d.Case.UpdatedAt.Add(time.Microsecond)
	}
	d.Rules = civic.RulesAt(e.city.Parameters, d.Case.RulesAt)
	if d.Case.State == civic.Draft {
		d.Rules = civic.RulesAt(e.city.Parameters, d.Now)
	}
	fx, err := civic.Apply(*d, a, e.beside.world(d))
	if err == nil {
		err = e.beside.gate(fx)
	}
	out := civic.Outcome{Hash: a.Hash, Refusal: civic.AsRefusal(err)}
	switch {
	case err == nil:
		e.fold(d, a, fx)
		out.Receipt = &civic.Receipt{Act: a.ID, Case: a.Case, State: d.Case.State, Version: d.Case.Version}
		if a.Actor == civic.System {
			e.system[a.Case] = append(e.system[a.Case], a.Kind)
		}
	case out.Refusal == nil:
		return out, err
	}
	if a.Actor != civic.System || err == nil {
		e.answers[a.ID] = out
	}
	out.Progress = e.progress(a.Case)
	return out, nil
}

// A project keeps nothing beside its case.
func (e *estate) world(d *civic.Dossier) civic.World { return onEstate{e: e, d: d} }
func (e *estate) gate(civic.Effects) error           { return nil }
func (e *estate) keep(*civic.Dossier, civic.Effects) {}

func (e *estate) fold(d *civic.Dossier, a civic.Act, fx civic.Effects) {
	d.Case = fx.Case
	if fx.NewNumber {
		e.numbers++
		d.Case.Number = fmt.Sprintf("%s-%d-%06d", civic.Definitions[d.Case.Procedure].Prefix, d.Now.Year(), e.numbers)
	}
	if fx.Matter != nil {
		if n, ok := fx.Matter.(civic.Numbered); ok && fx.Document != nil {
			e.numbers++
			n.Number(a.ID, fmt.Sprintf("〔%d〕%d号", d.Now.Year(), e.numbers))
		}
		body, err := json.Marshal(fx.Matter)
		require.NoError(e.t, err)
		d.Matter, err = civic.ReadMatter(d.Case.Procedure, body)
		require.NoError(e.t, err)
	}
	d.Tasks = slices.Clone(d.Tasks)
	for _, k := range fx.Changed {
		d.Tasks[slices.IndexFunc(d.Tasks, func(old civic.Task) bool { return old.ID == k.ID })] = k
	}
	d.Tasks = append(d.Tasks, fx.Opened...)
	if fx.Ruling != nil {
		d.Ruling = fx.Ruling
	}
	d.Objects = slices.Clone(d.Objects)
	if fx.Objection != nil {
		d.Objects = append(d.Objects, *fx.Objection)
	}
	for i := range d.Objects {
		if fx.Settled != nil && d.Objects[i].Task == fx.Settled.Task {
			d.Objects[i] = *fx.Settled
		}
	}
	e.beside.keep(d, fx)
}

// Progress is where a case stands.
func (e *estate) Progress(_ context.Context, id string) (civic.Progress, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.progress(id), nil
}

func (e *estate) progress(id string) civic.Progress {
	d := e.files[id]
	p := civic.Progress{Case: id, State: d.Case.State, Version: d.Case.Version, Over: d.Case.State == civic.Archived}
	in := func(at *time.Time) *time.Duration {
		left := max(at.Sub(e.clock()), 0)
		return &left
	}
	if d.Case.ActsAt != nil {
		p.ActsIn = in(d.Case.ActsAt)
	}
	for _, k := range d.Tasks {
		if k.Open() && k.RemindAt != nil && (p.RemindIn == nil || *in(k.RemindAt) < *p.RemindIn) {
			p.RemindIn = in(k.RemindAt)
		}
	}
	return p
}

// onEstate answers a rule's questions in the same transaction.
type onEstate struct {
	civic.AppraisalWorld // none: housing asks nothing of it
	e                    *estate
	d                    *civic.Dossier
}

func (w onEstate) Facts() (civic.FormFacts, error)              { return civic.FormFacts{}, nil }
func (w onEstate) Holders(civic.Role, string) ([]string, error) { return []string{"somebody"}, nil }
func (w onEstate) Unit(key string) (civic.Unit, bool)           { return w.e.atlas.Unit(key) }
func (w onEstate) Responsible(unit string) string               { return w.e.atlas.Responsible(unit, w.d.Now) }
func (w onEstate) Region(key string) (civic.Region, bool)       { return w.e.atlas.Region(key) }
func (w onEstate) Above(region string) string                   { return w.e.atlas.Above(region, w.d.Now) }
func (w onEstate) District(region string) string                { return w.e.atlas.District(region, w.d.Now) }
func (w onEstate) Desk(region string) string                    { return w.e.atlas.Desk(region, w.d.Now) }
func (w onEstate) Entry(string) (civic.Entry, bool, error)      { return civic.Entry{}, false, nil }
func (w onEstate) Line(string) (civic.BudgetLine, bool, error)  { return civic.BudgetLine{}, false, nil }
func (w onEstate) RulesOn(at time.Time) (civic.Rules, error) {
	return civic.RulesAt(w.e.city.Parameters, at), nil
}
func (w onEstate) Children(civic.Procedure) ([]civic.ChildCase, error) {
	return w.parts(w.d.Case.ID), nil
}
func (w onEstate) Parts() ([]civic.ChildCase, error) { return w.parts(w.d.Case.Parent), nil }

func (w onEstate) PlanInForce() (*civic.LayoutPlan, error) { return nil, nil }
func (w onEstate) NextPlan() (int, error)                  { return 1, nil }

func (w onEstate) RoomsOf(string) ([]civic.StockRoom, error) { return nil, nil }
func (w onEstate) Promised(string) (space.Area, error)       { return 0, nil }

func (w onEstate) Book() (civic.AssessmentBook, error) { return civic.AssessmentBook{}, nil }
func (w onEstate) Template() ([]civic.TableRow, error) { return nil, nil }
func (w onEstate) Commendation(string, int) (string, int, error) {
	return "", 0, nil
}

func (w onEstate) Whole() (*civic.ChildCase, error) {
	whole := w.e.files[w.d.Case.Parent]
	return &civic.ChildCase{Case: whole.Case, Matter: whole.Matter}, nil
}

func (w onEstate) parts(of string) (out []civic.ChildCase) {
	for _, id := range w.e.order {
		if d := w.e.files[id]; d.Case.Parent == of {
			out = append(out, civic.ChildCase{Case: d.Case, Matter: d.Matter})
		}
	}
	return out
}

// period runs the project's workflow from one day on, with what people do after so many days, until it goes on in a fresh
// history on the last day.
func (e *estate) period(from time.Time, days int, play map[int]func()) (until time.Time) {
	e.t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(silent{})
	e.env = suite.NewTestWorkflowEnvironment()
	e.env.SetStartTime(from)
	e.env.SetTestTimeout(time.Minute)
	e.clock = func() time.Time { return e.env.Now().UTC() }
	e.env.RegisterActivity(&activities.Activities{Record: e})
	if len(e.files) == 0 {
		e.open(projectID, civic.HousingProcedure, "", "cz-reform", &civic.Housing{HousingForm: sixYears})
	}
	for d, f := range play {
		e.env.RegisterDelayedCallback(f, time.Duration(d)*day+time.Hour)
	}
	e.env.RegisterDelayedCallback(func() { e.env.SetContinueAsNewSuggested(true) }, time.Duration(days)*day)
	e.env.SetWorkflowRunTimeout(time.Duration(days+1000) * day)
	e.env.ExecuteWorkflow(workflows.Housing, workflows.Start{Case: projectID})
	require.True(e.t, workflow.IsContinueAsNewError(e.env.GetWorkflowError()), "%v", e.env.GetWorkflowError())
	e.ends = append(e.ends, e.env.Now())
	return e.env.Now()
}

// act is somebody's act on the project, through its workflow.
func (e *estate) act(kind civic.ActKind, task, outcome string, d *civic.HousingDetails) {
	e.acts++
	id := civic.NewID("act", fmt.Sprint(e.acts))
	a := civic.Act{ID: id, Case: projectID, Procedure: civic.HousingProcedure, Kind: kind, Task: task, Actor: fmt.Sprintf("person-%d", e.acts), Outcome: outcome,
		Opinion: "见附件", Details: civic.Details{Housing: d}, Key: id, Hash: id}
	e.env.UpdateWorkflow(workflows.ActUpdate, id, &testsuite.TestUpdateCallback{
		OnAccept: func() {}, OnReject: func(err error) { require.NoError(e.t, err, "%s %s", kind, outcome) },
		OnComplete: func(v any, err error) {
			require.NoError(e.t, err, "%s %s", kind, outcome)
			out, _ := v.(civic.Outcome)
			if out.Refusal != nil {
				require.NoError(e.t, out.Refusal, "%s %s: %s %v", kind, outcome, out.Refusal.Zh, out.Refusal.Figures)
			}
		},
	}, a)
}

// says answers the open tasks of a step.
func (e *estate) says(step, outcome string, d *civic.HousingDetails) {
	n := 0
	for _, k := range slices.Clone(e.files[projectID].Tasks) {
		if k.Open() && k.Step == step {
			n++
			e.act(civic.ActDecide, k.ID, outcome, d)
		}
	}
	require.Positive(e.t, n, "no open task %s in state %s", step, e.files[projectID].Case.State)
}
