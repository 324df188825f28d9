package workflows_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"lizheng/civic"
	"lizheng/workflows"
)

// within is a context for somebody less patient than the client.
func within(t *testing.T, d time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func (h *house) begin(a civic.Act) civic.Outcome {
	h.t.Helper()
	out, err := h.carrier.Begin(h.t.Context(), a)
	require.NoError(h.t, err)
	return out
}

func (h *house) inform(a civic.Act) civic.Outcome {
	h.t.Helper()
	out, err := h.carrier.Inform(h.t.Context(), a)
	require.NoError(h.t, err)
	return out
}

func (h *house) look() {
	h.t.Helper()
	require.NoError(h.t, h.carrier.Look(h.t.Context(), civic.AccessProcedure, h.id))
}

// refused asks what an engine's answer means for the person.
func refused(t *testing.T, err error, kind civic.Kind, code string) {
	t.Helper()
	e := civic.AsRefusal(err)
	require.NotNil(t, e, "%v", err)
	require.Equal(t, []any{kind, code}, []any{e.Kind, e.Code}, "%v", e)
}

func TestTheSameSubmissionTwiceIsOneWorkflowAndOneAnswer(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Draft)
	h := open(t, b)
	submit := person(civic.ActSubmit, "1")
	first := h.begin(submit)
	run, _ := h.run()
	require.Equal(t, first, h.begin(submit))
	again, _ := h.run()
	require.Equal(t, run, again)
	require.Equal(t, []civic.ActKind{civic.ActSubmit}, b.kinds())
}

func TestManySubmissionsAtOnceAreOneWorkflow(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Draft)
	h := open(t, b)
	answers := make([]civic.Outcome, 8)
	var wait sync.WaitGroup
	for i := range answers {
		wait.Go(func() { answers[i], _ = workflows.NewClient(h.engine).Begin(t.Context(), person(civic.ActSubmit, "1")) })
	}
	wait.Wait()
	for _, a := range answers {
		require.Equal(t, answers[0].Receipt, a.Receipt)
		require.NotNil(t, a.Receipt)
	}
	require.Len(t, b.kinds(), 1)
}

func TestAnotherSubmissionReachesTheWorkflowOfTheDraft(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Draft)
	b.rule = func(_ *page, a civic.Act) error {
		if a.Key == "1" {
			return civic.Refuse(civic.Conflict, "budget_short", "经费不足", "the money is not there")
		}
		return nil
	}
	h := open(t, b)
	require.Equal(t, "budget_short", h.begin(person(civic.ActSubmit, "1")).Refusal.Code)
	run, _ := h.run()
	require.NotNil(t, h.begin(person(civic.ActSubmit, "2")).Receipt)
	again, _ := h.run()
	require.Equal(t, run, again)
	require.Equal(t, "budget_short", h.begin(person(civic.ActSubmit, "1")).Refusal.Code, "the same answer for ever")
}

func TestAMissingWorkflowIsRebuiltByTheNextAct(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	require.Equal(t, 2, h.inform(person(civic.ActUrge, "1")).Receipt.Version)
	_, status := h.run()
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_RUNNING, status)
}

func TestAWorkflowThatAnOperatorEndedIsRebuilt(t *testing.T) {
	t.Parallel()
	for how, end := range map[string]func(*house) error{
		"terminated": func(h *house) error { return h.engine.TerminateWorkflow(h.t.Context(), h.workflow(), "", "a slip") },
		"cancelled":  func(h *house) error { return h.engine.CancelWorkflow(h.t.Context(), h.workflow(), "") },
	} {
		for by, send := range map[string]func(*house, civic.Act) civic.Outcome{"Begin": (*house).begin, "Inform": (*house).inform} {
			t.Run(how+", by "+by, func(t *testing.T) {
				t.Parallel()
				b := shelf(civic.Draft)
				h := open(t, b)
				h.begin(person(civic.ActSubmit, "1"))
				lost, _ := h.run()
				require.NoError(t, end(h))
				h.wait("it has ended", func() bool { _, s := h.run(); return s != enums.WORKFLOW_EXECUTION_STATUS_RUNNING })
				require.NotNil(t, send(h, person(civic.ActSubmit, "2")).Receipt)
				run, status := h.run()
				require.NotEqual(t, lost, run)
				require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_RUNNING, status)
				require.Len(t, b.kinds(), 2)
			})
		}
	}
}

func TestALookRebuildsAWorkflowAndSetsItsTimers(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Returned)
	h := open(t, b)
	soon := time.Now().Add(300 * time.Millisecond)
	b.edit(caseID, func(p *page) { p.acts = &soon })
	h.look()
	h.wait("the request has lapsed", func() bool { return len(b.kinds()) == 1 })
	require.Equal(t, []civic.ActKind{civic.ActLapse}, b.kinds())
	require.False(t, b.done()[0].At.Before(soon))
}

// finish archives the case of the house.
func (h *house) finish(b *book) {
	h.t.Helper()
	now := time.Now()
	b.edit(caseID, func(p *page) { p.state, p.acts = civic.Withdrawn, &now })
	h.look()
	h.status(enums.WORKFLOW_EXECUTION_STATUS_COMPLETED)
}

func TestAFinishedCaseIsNeverStartedAgain(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	before := h.begin(person(civic.ActUrge, "1"))
	h.finish(b)
	run, _ := h.run()
	deeds := b.kinds()

	_, err := h.carrier.Begin(t.Context(), person(civic.ActSubmit, "2"))
	refused(t, err, civic.Conflict, "archived")
	_, err = h.carrier.Inform(t.Context(), person(civic.ActUrge, "3"))
	refused(t, err, civic.Conflict, "archived")
	require.Error(t, h.carrier.Look(t.Context(), civic.AccessProcedure, h.id))

	require.Equal(t, before, h.inform(person(civic.ActUrge, "1")), "what was answered is answered again")
	require.Equal(t, before, h.begin(person(civic.ActUrge, "1")))
	again, status := h.run()
	require.Equal(t, run, again)
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_COMPLETED, status)
	require.Equal(t, deeds, b.kinds())
}

func TestAnArchivedCaseWithoutAWorkflowIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t, shelf(civic.Archived)) // as after the time for which the engine keeps histories
	out, err := h.carrier.Inform(t.Context(), person(civic.ActUrge, "1"))
	if err == nil { // the act met the rebuilt workflow before its end: the record refuses
		require.Equal(t, "archived", out.Refusal.Code)
		return
	}
	refused(t, err, civic.Conflict, "archived")
}

func TestAnActOnAnotherCaseIsRefusedWithoutATrace(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	h.begin(person(civic.ActUrge, "1"))
	forged := person(civic.ActExpire, "2")
	_, err := h.carrier.Inform(t.Context(), forged)
	refused(t, err, civic.Invalid, "wrong_case")
	history := h.history("")
	require.Equal(t, 1, count(history, enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED))
	require.Len(t, b.kinds(), 1)
}

// overfill makes the running history so large that the engine suggests a fresh one.
func (h *house) overfill() {
	h.t.Helper()
	old, _ := h.run()
	blob := strings.Repeat("x", 900<<10)
	for range 6 {
		require.NoError(h.t, h.engine.SignalWorkflow(h.t.Context(), h.workflow(), "", workflows.LookSignal, blob))
	}
	h.wait("a fresh history", func() bool { run, _ := h.run(); return run != old })
}

func TestInAFreshHistoryTheSameActHearsItsFirstAnswer(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	urge := person(civic.ActUrge, "1")
	first := h.begin(urge)
	old, _ := h.run()
	h.overfill()
	require.Equal(t, first.Receipt, h.inform(urge).Receipt)
	require.Equal(t, []civic.ActKind{civic.ActUrge}, b.kinds())
	require.Equal(t, 2, b.tried(), "the engine does not know the act any more; the record does")
	require.Equal(t, 1, count(h.history(old), enums.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW))
	require.Equal(t, 3, h.inform(person(civic.ActUrge, "2")).Receipt.Version)
}

func TestOneIdWithAnotherContentHearsTheAnswerToTheFirst(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	first := h.begin(person(civic.ActUrge, "1"))
	other := person(civic.ActWithdraw, "1")
	other.Hash = "another"
	second := h.inform(other)
	require.Equal(t, first, second)
	require.NotEqual(t, other.Hash, second.Hash, "by which the desk knows it and says so")
	require.Equal(t, []civic.ActKind{civic.ActUrge}, b.kinds())
}

func TestWithNobodyAtWorkTheOutcomeIsUnknownAndComesLater(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Draft)
	h := build(t, b)
	submit := person(civic.ActSubmit, "1")
	_, err := h.carrier.Begin(within(t, time.Second), submit)
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

func TestAnActUnderWayIsAnsweredBeforeItsCaseEnds(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Withdrawn)
	slow, last := person(civic.ActUrge, "slow"), person(civic.ActWithdraw, "last")
	b.rule = func(p *page, a civic.Act) error {
		if a.ID == last.ID {
			p.state = civic.Archived
		}
		return nil
	}
	g := newGate(t)
	b.hold = func(a civic.Act) {
		if a.ID == slow.ID {
			g.hold(a)
		}
	}
	h := build(t, b)
	h.look()
	answers := make(chan civic.Outcome, 2)
	for _, a := range []civic.Act{slow, last} {
		go func() {
			out, err := h.carrier.Inform(context.WithoutCancel(t.Context()), a)
			if err != nil {
				out.Refusal = civic.AsRefusal(err)
			}
			answers <- out
		}()
	}
	h.wait("both are on their way", func() bool { return h.carrier.OnTheirWay(caseID) == 2 })
	h.work()
	<-g.at
	h.wait("the case is archived", func() bool { return len(b.kinds()) == 1 })
	_, status := h.run()
	require.Equal(t, enums.WORKFLOW_EXECUTION_STATUS_RUNNING, status, "somebody still waits for an answer")
	g.lift()
	codes := map[string]bool{}
	for range 2 {
		if out := <-answers; out.Refusal != nil {
			codes[out.Refusal.Code] = true
		} else {
			codes[string(out.Receipt.State)] = true
		}
	}
	require.Equal(t, map[string]bool{"archived": true}, codes, "one archived it, the other was told so")
	h.status(enums.WORKFLOW_EXECUTION_STATUS_COMPLETED)
	require.Equal(t, 2, count(h.history(""), enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED))
}

func TestAnActCutOffByTheEndOfItsCaseHearsItsAnswerFromTheRecord(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	g := newGate(t)
	b.hold = func(a civic.Act) {
		if a.Kind == civic.ActUrge {
			g.hold(a)
		}
	}
	h := open(t, b)
	h.look()
	heard := make(chan error, 1)
	go func() {
		_, err := h.carrier.Inform(context.WithoutCancel(t.Context()), person(civic.ActUrge, "1"))
		heard <- err
	}()
	<-g.at
	now := time.Now()
	b.edit(caseID, func(p *page) { p.state, p.acts = civic.Withdrawn, &now })
	h.look() // arrives while the engine ends the case: that attempt is void, and the act with it
	h.wait("the case is archived", func() bool { return len(b.kinds()) == 1 })
	g.lift()
	if err := <-heard; err != nil {
		refused(t, err, civic.Unknown, "unknown") // upon which the desk asks the record
	}
	h.status(enums.WORKFLOW_EXECUTION_STATUS_COMPLETED)
	out, err := b.Commit(t.Context(), person(civic.ActUrge, "1"))
	require.NoError(t, err)
	require.Equal(t, "archived", out.Refusal.Code)
}

func TestFifteenActsAtOnceAreAllAnswered(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	g := newGate(t)
	b.hold = g.hold
	h := open(t, b)
	h.look()
	errs := make([]error, 15)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() { _, errs[i] = h.carrier.Inform(t.Context(), person(civic.ActUrge, fmt.Sprint(i))) })
	}
	<-g.at
	h.wait("all wait", func() bool { return h.carrier.OnTheirWay(caseID) == workflows.Abreast })
	g.lift()
	wait.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	require.Len(t, b.kinds(), 15)
	require.Zero(t, h.carrier.Lanes(), "nothing is kept of a case that nobody acts on")
}

func TestMoreActsThanTheEngineTakesAreNeitherLostNorDoubled(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	g := newGate(t)
	b.hold = g.hold
	h := open(t, b)
	h.look()
	const processes, each = 5, 3 // fifteen on their way in all: the engine takes ten
	errs := make([]error, processes*each)
	var wait sync.WaitGroup
	for p := range processes {
		carrier := workflows.NewClient(h.engine)
		for i := range each {
			wait.Go(func() {
				n := p*each + i
				_, errs[n] = carrier.Inform(within(t, 2*time.Second), person(civic.ActUrge, fmt.Sprint(n)))
			})
		}
	}
	wait.Wait()
	for _, err := range errs {
		kind := civic.AsRefusal(err).Kind
		require.True(t, kind == civic.Unknown || kind == civic.Unavailable, "%v", err)
	}
	g.lift()
	for i := range errs { // everybody asks again under the same key
		require.NotNil(t, h.inform(person(civic.ActUrge, fmt.Sprint(i))).Receipt)
	}
	require.Len(t, b.kinds(), processes*each)
}

func TestWhoWaitsTooLongForAPlaceHearsThatNothingWasSent(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := build(t, b) // nobody is at work yet
	h.look()
	var wait sync.WaitGroup
	for i := range workflows.Abreast {
		wait.Go(func() { _, _ = h.carrier.Inform(t.Context(), person(civic.ActUrge, fmt.Sprint(i))) })
	}
	h.wait("all places are taken", func() bool { return h.carrier.OnTheirWay(caseID) == workflows.Abreast })
	_, err := h.carrier.Inform(within(t, 200*time.Millisecond), person(civic.ActUrge, "late"))
	refused(t, err, civic.Unavailable, "busy")
	h.work()
	wait.Wait()
	h.wait("the others are done", func() bool { return len(b.kinds()) == workflows.Abreast })
}

func TestAnActThatIsTooLargeIsNotSent(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	h.begin(person(civic.ActUrge, "1"))
	large := person(civic.ActUrge, "2")
	for _, size := range []int{workflows.Largest, 2 << 20, 5 << 20} {
		large.Opinion = strings.Repeat("x", size)
		for _, send := range []func(context.Context, civic.Act) (civic.Outcome, error){h.carrier.Begin, h.carrier.Inform} {
			_, err := send(t.Context(), large)
			refused(t, err, civic.Invalid, "too_large")
		}
	}
	require.NotNil(t, h.inform(person(civic.ActUrge, "3")).Receipt, "the case goes on")
	require.Equal(t, 2, count(h.history(""), enums.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED))
}

func TestTheLargestActThatTheDeskTakesIsCarried(t *testing.T) {
	t.Parallel()
	b := shelf(civic.Consult)
	h := open(t, b)
	large := person(civic.ActUrge, "1")
	large.Opinion = strings.Repeat("里", civic.MaxOpinion)
	for i := range civic.MaxCommunities {
		large.Details.Communities = append(large.Details.Communities, fmt.Sprintf("cz-%055d", i))
	}
	require.NoError(t, large.Check())
	require.NotNil(t, h.inform(large).Receipt)
	require.Equal(t, large, b.done()[0].act)
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
	_, err := h.carrier.Inform(within(t, time.Second), stuck)
	refused(t, err, civic.Unknown, "unknown")
	h.wait("it is tried less often", func() bool { return b.tried() >= 6 })
	for i := range 3 {
		out, err := h.carrier.Inform(within(t, 3*time.Second), person(civic.ActUrge, fmt.Sprint(i)))
		require.NoError(t, err)
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
	_, err := h.carrier.Inform(within(t, time.Second), urge)
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
	require.Less(t, time.Since(began), 3*time.Second)
}
