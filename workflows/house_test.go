package workflows_test

import (
	"context"
	"crypto/rand"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/common/v1"
	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/worker"
	"lizheng/workflows"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// house runs the procedures on a real engine, over whatever record.
type house struct {
	t                  *testing.T
	record             activities.Record
	engine             client.Client
	address, namespace string
	carrier            *workflows.Client
	working            sdk.Worker
	procedure          civic.Procedure
	id                 string // of the case
}

// build makes a house of the test's own, with nobody at work yet.
func build(t *testing.T, record activities.Record) *house {
	t.Helper()
	address, namespace := embeddedtest.Temporal(t)
	engine, err := client.Dial(client.Options{HostPort: address, Namespace: namespace, Logger: silent{}, Identity: "proof"})
	require.NoError(t, err)
	t.Cleanup(engine.Close)
	return &house{t: t, record: record, engine: engine, address: address, namespace: namespace, carrier: workflows.NewClient(engine),
		procedure: civic.AccessProcedure, id: caseID}
}

// open makes a house with a worker.
func open(t *testing.T, record activities.Record) *house {
	t.Helper()
	h := build(t, record)
	h.work()
	return h
}

func (h *house) work() {
	h.t.Helper()
	h.working = worker.New(h.engine, &activities.Activities{Record: h.record})
	require.NoError(h.t, h.working.Start())
	h.t.Cleanup(h.working.Stop)
}

// shelf is a book of the real time, with one case in a state.
func shelf(state civic.State) *book {
	b := newBook(func() time.Time { return time.Now().UTC() })
	b.rule = b.life
	b.edit(caseID, func(p *page) { p.state = state })
	return b
}

// run describes the newest run of the case.
func (h *house) run() (id string, status enums.WorkflowExecutionStatus) {
	h.t.Helper()
	d, err := h.engine.DescribeWorkflowExecution(h.t.Context(), h.workflow(), "")
	require.NoError(h.t, err)
	return d.WorkflowExecutionInfo.Execution.RunId, d.WorkflowExecutionInfo.Status
}

// status waits until the case's newest run has a status.
func (h *house) status(want enums.WorkflowExecutionStatus) {
	h.t.Helper()
	require.Eventually(h.t, func() bool {
		_, have := h.run()
		return have == want
	}, time.Minute, 20*time.Millisecond, "%s", want)
}

// history is everything that happened in a run, "" for the newest.
func (h *house) history(run string) *history.History {
	h.t.Helper()
	return historyOf(h.t, h.engine, h.workflow(), run)
}

func historyOf(t *testing.T, engine client.Client, id, run string) *history.History {
	t.Helper()
	out := &history.History{}
	for it := engine.GetWorkflowHistory(context.Background(), id, run, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); it.HasNext(); {
		e, err := it.Next()
		require.NoError(t, err)
		out.Events = append(out.Events, e)
	}
	return out
}

// count is how many events of a type a history holds.
func count(h *history.History, kind enums.EventType) int {
	n := 0
	for _, e := range h.Events {
		if e.EventType == kind {
			n++
		}
	}
	return n
}

// wait waits until something is so, which it will be soon.
func (h *house) wait(what string, so func() bool) {
	h.t.Helper()
	require.Eventually(h.t, so, time.Minute, 10*time.Millisecond, what)
}

// workflow is the case's workflow id.
func (h *house) workflow() string { return workflows.ID(h.procedure, h.id) }

// gate holds acts back until it is opened.
type gate struct {
	once sync.Once
	open chan struct{}
	at   chan civic.Act // who stands before it
}

func newGate(t *testing.T) *gate {
	g := &gate{open: make(chan struct{}), at: make(chan civic.Act, 1000)}
	t.Cleanup(g.lift) // a worker that is told to stop waits for what is under way
	return g
}

func (g *gate) lift() { g.once.Do(func() { close(g.open) }) }

func (g *gate) hold(a civic.Act) {
	g.at <- a
	<-g.open
}

// reset begins the case again after an event of its newest run, as an operator would, and returns the new run.
func (h *house) reset(event int64) string {
	h.t.Helper()
	run, _ := h.run()
	out, err := h.engine.ResetWorkflowExecution(h.t.Context(), &workflowservice.ResetWorkflowExecutionRequest{
		Namespace: h.namespace, WorkflowExecution: &common.WorkflowExecution{WorkflowId: h.workflow(), RunId: run},
		Reason: "a drill", WorkflowTaskFinishEventId: event, RequestId: rand.Text(),
	})
	require.NoError(h.t, err)
	return out.RunId
}
