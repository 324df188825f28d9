package workflows_test

import (
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/workflows"
)

const (
	day    = 24 * time.Hour
	caseID = "6f0c4ad8-9b0e-4d5e-8a57-0e6a4d0e7c01"
)

var monday = time.Date(2014, 7, 28, 1, 0, 0, 0, time.UTC)

// bench runs one case's workflow against a book, in a time of its own that skips whatever nobody waits for.
type bench struct {
	*testsuite.TestWorkflowEnvironment
	t                   tester
	book                *book
	set, fired, stopped int // timers
}

// tester is a test, or one round of a test with random input.
type tester interface {
	require.TestingT
	Helper()
}

// lay puts a case on the bench.
func lay(t tester, state civic.State, f func(p *page)) *bench {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(silent{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetStartTime(monday)
	env.SetTestTimeout(time.Minute)
	b := &bench{TestWorkflowEnvironment: env, t: t, book: newBook(env.Now)}
	b.book.rule = b.book.life
	b.book.edit(caseID, func(p *page) {
		p.state = state
		if f != nil {
			f(p)
		}
	})
	env.RegisterActivity(&activities.Activities{Record: b.book})
	env.SetOnTimerScheduledListener(func(string, time.Duration) { b.set++ })
	env.SetOnTimerFiredListener(func(string) { b.fired++ })
	env.SetOnTimerCanceledListener(func(string) { b.stopped++ })
	return b
}

// run carries the case until its workflow ends, or until the given time is over.
func (b *bench) run(limit time.Duration) error {
	b.t.Helper()
	b.SetWorkflowRunTimeout(limit)
	b.ExecuteWorkflow(workflows.Access, workflows.Start{Case: caseID})
	require.True(b.t, b.IsWorkflowCompleted())
	return b.GetWorkflowError()
}

// waits runs the case for a time and expects that it still waits then.
func (b *bench) waits(limit time.Duration) {
	b.t.Helper()
	var over *temporal.TimeoutError
	require.ErrorAs(b.t, b.run(limit), &over, "the case is still open")
	require.Equal(b.t, limit, b.Now().Sub(monday))
}

// ends runs the case and expects that its workflow comes to its end.
func (b *bench) ends() {
	b.t.Helper()
	require.NoError(b.t, b.run(4000*day))
}

// after does something at a time.
func (b *bench) after(d time.Duration, f func()) { b.RegisterDelayedCallback(f, d) }

// answer is what whoever sent an act hears.
type answer struct {
	rejected, err error
	outcome       civic.Outcome
	at            time.Time
	heard         bool
}

// act sends an act at a time.
func (b *bench) act(after time.Duration, a civic.Act) *answer {
	out := &answer{}
	b.after(after, func() {
		b.UpdateWorkflow(workflows.ActUpdate, a.ID, &testsuite.TestUpdateCallback{
			OnAccept: func() {},
			OnReject: func(err error) { out.rejected, out.heard, out.at = err, true, b.Now() },
			OnComplete: func(v any, err error) {
				out.err, out.heard, out.at = err, true, b.Now()
				out.outcome, _ = v.(civic.Outcome) // nil beside an error
			},
		}, a)
	})
	return out
}

// look tells the workflow at a time that something outside has changed.
func (b *bench) look(after time.Duration, change func(*page)) {
	b.after(after, func() {
		b.book.edit(caseID, change)
		b.SignalWorkflow(workflows.LookSignal, nil)
	})
}

// at is an instant of the bench's time.
func at(d time.Duration) *time.Time {
	t := monday.Add(d)
	return &t
}

// deeds are the automatic and personal acts with their instants, counted from the beginning.
func (b *bench) deeds() []moment {
	var out []moment
	for _, d := range b.book.done() {
		out = append(out, moment{d.Kind, d.At.Sub(monday).Round(time.Second)})
	}
	return out
}

type moment struct {
	kind civic.ActKind
	at   time.Duration
}

// person is an act of somebody on the case of the bench.
func person(kind civic.ActKind, key string) civic.Act {
	return civic.Act{ID: civic.NewID("act", "li-juan", key), Case: caseID, Procedure: civic.AccessProcedure, Kind: kind, Actor: "li-juan", Key: key, Hash: key}
}

// ahead is where automatic acts lead.
var ahead = map[civic.ActKind]civic.State{
	civic.ActLapse: civic.Lapsed, civic.ActCloseConsult: civic.JointReview, civic.ActReopen: civic.Deliberation,
	civic.ActCloseNotice: civic.Issuing, civic.ActExpire: civic.Expired, civic.ActArchive: civic.Archived,
}

// life is the script that most tests follow: what is due happens, a reminder comes every day, a withdrawn case is
// archived after thirty.
func (b *book) life(p *page, a civic.Act) error {
	switch a.Kind {
	case civic.ActRemind:
		if p.remind == nil || b.clock().Before(*p.remind) {
			return civic.Refuse(civic.Conflict, "not_due", "未到期", "not due")
		}
		next := b.clock().Add(day)
		p.remind = &next
	case civic.ActRecalculate:
		p.outdated = false
	case civic.ActWithdraw:
		later := b.clock().Add(30 * day)
		p.state, p.acts, p.remind = civic.Withdrawn, &later, nil
	default:
		if to, ok := ahead[a.Kind]; ok {
			if err := b.due(p); err != nil {
				return err
			}
			p.state, p.acts = to, nil
		}
	}
	return nil
}

// silent is a logger for tests whose errors are part of the story.
type silent struct{}

func (silent) Debug(string, ...any) {}
func (silent) Info(string, ...any)  {}
func (silent) Warn(string, ...any)  {}
func (silent) Error(string, ...any) {}
