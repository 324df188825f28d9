package workflows_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"

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

func (h *house) begin(a civic.Act) civic.Outcome { return h.insist(h.carrier.Begin, a) }

func (h *house) inform(a civic.Act) civic.Outcome { return h.insist(h.carrier.Inform, a) }

// insist asks under the same key until the outcome is known, as people are told to do.
func (h *house) insist(send func(context.Context, civic.Act) (civic.Outcome, error), a civic.Act) civic.Outcome {
	h.t.Helper()
	for began := time.Now(); time.Since(began) < 2*time.Minute; {
		out, err := send(h.t.Context(), a)
		if e := civic.AsRefusal(err); e == nil || e.Kind != civic.Unknown && e.Kind != civic.Unavailable {
			require.NoError(h.t, err)
			return out
		}
	}
	require.Fail(h.t, "no answer")
	return civic.Outcome{}
}

func (h *house) look() {
	h.t.Helper()
	require.NoError(h.t, h.carrier.Look(h.t.Context(), h.procedure, h.id))
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
		require.NoError(h.t, h.engine.SignalWorkflow(within(h.t, time.Minute), h.workflow(), "", workflows.LookSignal, blob))
	}
	require.Eventually(h.t, func() bool { // it is read by many at once on a busy machine
		run, _ := h.run()
		return run != old
	}, 3*time.Minute, 50*time.Millisecond, "a fresh history")
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
