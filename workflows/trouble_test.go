package workflows_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	sdk "go.temporal.io/sdk/worker"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/workflows"
)

func TestWithNobodyAtWorkTheOutcomeIsUnknownAndComesLater(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Draft)
	h := build(t, b)
	submit := person(civic.ActSubmit, "1")
	_, err := h.carrier.Begin(within(t, 4*time.Second), submit)
	refused(t, err, civic.Unknown, "unknown")
	require.Empty(t, b.kinds())
	h.work()
	h.wait("the act is done", func() bool { return len(b.kinds()) == 1 })
	require.Equal(t, 2, h.begin(submit).Receipt.Version, "the same key hears what became of it")
	require.Equal(t, []civic.ActKind{civic.ActSubmit}, b.kinds())
}

func TestAnActThatOutlastsThePatienceIsDoneOnce(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	g := newGate(t)
	b.hold = g.hold
	h := open(t, b)
	urge := person(civic.ActUrge, "1")
	_, err := h.carrier.Inform(within(t, time.Second), urge)
	refused(t, err, civic.Unknown, "unknown")
	g.lift()
	require.Equal(t, 2, h.inform(urge).Receipt.Version)
	require.Equal(t, []civic.ActKind{civic.ActUrge}, b.kinds())
}

func TestAPanicInTheRecordBlocksNoOtherCase(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	const other = "1fbd1f09-9e0b-44b6-9b1c-1a4f7b6ad502"
	b.edit(other, func(p *page) { p.state = civic.Consult })
	healed := make(chan struct{})
	b.trouble = func(_ int, a civic.Act) error {
		select {
		case <-healed:
		default:
			if a.Case == caseID {
				panic("a rule is broken for this case")
			}
		}
		return nil
	}
	h := open(t, b)
	urge := person(civic.ActUrge, "1")
	_, err := h.carrier.Inform(within(t, time.Second), urge)
	refused(t, err, civic.Unknown, "unknown")
	elsewhere := person(civic.ActUrge, "2")
	elsewhere.Case = other
	require.NotNil(t, h.inform(elsewhere).Receipt)
	close(healed)
	require.NotNil(t, h.inform(urge).Receipt, "and this one goes on when the rule is mended")
}

func TestAnActThatTheRecordCannotTakeDoesNotHoldUpTheOthers(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	stuck := person(civic.ActUrge, "stuck")
	b.trouble = func(_ int, a civic.Act) error {
		if a.ID == stuck.ID {
			return errGone
		}
		return nil
	}
	h := open(t, b)
	h.look()
	for b.tried() == 0 {
		_, err := h.carrier.Inform(within(t, time.Second), stuck)
		refused(t, err, civic.Unknown, "unknown")
	}
	h.wait("it is tried less often", func() bool { return b.tried() >= 6 })
	for i := range 3 {
		out, err := h.carrier.Inform(t.Context(), person(civic.ActUrge, fmt.Sprint(i)))
		require.NoError(t, err, "within a person's patience")
		require.NotNil(t, out.Receipt)
	}
	require.Len(t, b.kinds(), 3)
}

func TestAnOperatorsResetCommitsNothingTwice(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	var first []civic.Outcome
	for i := range 5 {
		first = append(first, h.inform(person(civic.ActUrge, fmt.Sprint(i))))
	}
	old, _ := h.run()
	run := h.reset(h.firstTask(old))
	h.wait("the acts are applied again", func() bool { return b.tried() == 10 })
	require.Len(t, b.kinds(), 5)
	for i, out := range first {
		require.Equal(t, out.Receipt, h.inform(person(civic.ActUrge, fmt.Sprint(i))).Receipt)
	}
	require.Equal(t, 7, h.inform(person(civic.ActUrge, "new")).Receipt.Version)
	newest, _ := h.run()
	require.Equal(t, run, newest)
}

// firstTask is the first completed workflow task of a run.
func (h *house) firstTask(run string) int64 {
	h.t.Helper()
	for _, e := range h.history(run).Events {
		if e.EventType == enums.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			return e.EventId
		}
	}
	require.Fail(h.t, "no workflow task was completed")
	return 0
}

func TestWhatIsOnRecordButNotYetKnownToTheWorkflowIsNotRefused(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Returned)
	h := open(t, b)
	h.look()
	b.edit(caseID, func(p *page) { p.state, p.version = civic.Accepted, 9 }) // as after a crash between commit and workflow task
	require.Equal(t, 10, h.inform(person(civic.ActUrge, "1")).Receipt.Version)
}

func TestAnEngineThatIsAwayIsSaidToBeAway(t *testing.T) {
	t.Parallel()
	engine, err := client.NewLazyClient(client.Options{HostPort: "127.0.0.1:1", Logger: silent{}})
	require.NoError(t, err)
	defer engine.Close()
	carrier := workflows.NewClient(engine)
	for range 2 {
		_, err = carrier.Begin(t.Context(), person(civic.ActSubmit, "1"))
		refused(t, err, civic.Unavailable, "engine_down")
		_, err = carrier.Inform(t.Context(), person(civic.ActUrge, "1"))
		refused(t, err, civic.Unavailable, "engine_down")
	}
}

// wired is the house's client over a wire that can be cut.
func (h *house) wired() *wire {
	h.t.Helper()
	w := newWire(h.t, h.address)
	engine, err := client.Dial(client.Options{HostPort: w.address(), Namespace: h.namespace, Logger: silent{}})
	require.NoError(h.t, err)
	h.t.Cleanup(engine.Close)
	h.carrier = workflows.NewClient(engine)
	return w
}

func TestAnAnswerThatIsLostOnItsWayIsHeardByAskingAgain(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	direct := h.carrier
	w := h.wired()
	h.inform(person(civic.ActUrge, "0"))
	w.mute()
	urge := person(civic.ActUrge, "1")
	_, err := h.carrier.Inform(within(t, 4*time.Second), urge)
	refused(t, err, civic.Unknown, "unknown")
	h.wait("the act is done all the same", func() bool { return len(b.kinds()) == 2 })
	out, err := direct.Inform(t.Context(), urge)
	require.NoError(t, err)
	require.Equal(t, 3, out.Receipt.Version)
	require.Len(t, b.kinds(), 2)
}

func TestWhenTheEngineGoesAwayOnlyTheFirstWaitsLong(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	w := h.wired()
	h.inform(person(civic.ActUrge, "0"))
	w.cut()
	_, err := h.carrier.Inform(within(t, time.Second), person(civic.ActUrge, "1"))
	refused(t, err, civic.Unknown, "unknown") // it was on its way, for all anybody knows
	began := time.Now()
	_, err = h.carrier.Inform(t.Context(), person(civic.ActUrge, "2"))
	refused(t, err, civic.Unavailable, "engine_down")
	require.Less(t, time.Since(began), 6*time.Second)
}

func TestAWorkerThatDiesBetweenCommitAndAnswerChangesNoOutcome(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	b.rule = func(p *page, _ civic.Act) error {
		if p.state != civic.Consult {
			return civic.Refuse(civic.Conflict, "task_ended", "已办结", "already answered")
		}
		p.state = civic.JointReview
		return nil
	}
	g := newGate(t)
	var dead atomic.Bool
	b.keep = func(a civic.Act) {
		if !dead.Load() {
			g.hold(a)
		}
	}
	h := build(t, b)
	doomed := sdk.New(h.engine, workflows.Queue, sdk.Options{WorkerStopTimeout: time.Millisecond})
	doomed.RegisterWorkflow(workflows.Access)
	doomed.RegisterActivity(&activities.Activities{Record: b})
	require.NoError(t, doomed.Start())
	h.look()
	answers := map[string]*civic.Outcome{"agree": {}, "oppose": {}}
	var wait sync.WaitGroup
	send := func(outcome string) {
		wait.Go(func() {
			act := person(civic.ActDecide, outcome)
			*answers[outcome] = h.inform(act)
		})
	}
	send("agree")
	<-g.at // it is on record, and nobody has been told
	send("oppose")
	h.wait("both are on their way", func() bool { return h.carrier.OnTheirWay(caseID) == 2 })
	dead.Store(true)
	doomed.Stop()
	h.work()
	wait.Wait()
	require.NotNil(t, answers["agree"].Receipt)
	require.Equal(t, "task_ended", answers["oppose"].Refusal.Code)
	require.Len(t, b.kinds(), 1)
}
