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

	"lizheng/civic"
	"lizheng/workflows"
)

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
