package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// follower keeps a workflow in step with its case: it takes persons' acts, waits for what is due, and lets the system act
// when nobody did. Every procedure has one.
type follower struct {
	procedure civic.Procedure
	at        civic.Progress
	known     bool // at has been read at least once
	asOf      time.Time
	look      bool // somebody asked to read the record again
	refused   map[civic.ActKind]pause

	timer   workflow.Future
	timerAt time.Time
	stop    workflow.CancelFunc
}

// pause is until when an automatic act is not asked for again after the record refused it on this version of the case, with
// this instant.
type pause struct {
	length time.Duration
	until  time.Time
}

// The first pause is for clocks that differ a little; the longest for a rule that will not be met before people act.
const (
	firstPause   = time.Second
	longestPause = 10 * time.Minute
)

// follow registers the messages before the first wait and reads where the case stands.
func follow(ctx workflow.Context, p civic.Procedure, in Start) (*follower, error) {
	f := &follower{procedure: p, at: civic.Progress{Case: in.Case}}
	err := workflow.SetUpdateHandlerWithOptions(ctx, actUpdate, f.act, workflow.UpdateHandlerOptions{Validator: f.check})
	if err != nil {
		return nil, err
	}
	workflow.Go(ctx, func(ctx workflow.Context) {
		for signal := workflow.GetSignalChannel(ctx, lookSignal); ; {
			signal.Receive(ctx, nil)
			f.look = true
		}
	})
	return f, f.read(ctx)
}

// walk follows a case until nothing will ever happen to it again. silence says what the system does by itself when the
// instant of a state comes, "" where only people can move the case.
func walk(ctx workflow.Context, p civic.Procedure, in Start, silence func(civic.State) civic.ActKind) error {
	f, err := follow(ctx, p, in)
	if err != nil {
		return err
	}
	for !f.at.Over {
		if err := f.await(ctx, silence(f.at.State)); err != nil {
			return err
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() && !f.at.Over {
			if err := f.done(ctx); err != nil {
				return err
			}
			return workflow.NewContinueAsNewError(ctx, Procedures[p], in)
		}
	}
	return f.done(ctx)
}

// check refuses, without a trace in the history, what can never be true again: an act on a case that is over, or on another case.
// It never refuses for what it merely does not know yet: after a crash the record may be ahead of the workflow.
func (f *follower) check(ctx workflow.Context, act civic.Act) error {
	if act.Case != f.at.Case || act.Procedure != f.procedure || act.Kind.Automatic() {
		return refuse(civic.Refuse(civic.Invalid, "wrong_case", "操作与事项不符。", "The act does not belong to this case."))
	}
	if f.at.Over {
		return refuse(errArchived())
	}
	return nil
}

// act commits one person's act and tells the waiting procedure where the case stands now.
func (f *follower) act(ctx workflow.Context, act civic.Act) (civic.Outcome, error) {
	var out civic.Outcome
	ctx = workflow.WithLocalActivityOptions(ctx, recording)
	if err := workflow.ExecuteLocalActivity(ctx, record.CommitAct, act).Get(ctx, &out); err != nil {
		return out, err
	}
	f.observe(ctx, out.Progress)
	return out, nil
}

// observe takes over what the record said, unless something newer is known already: handlers may finish in any order.
func (f *follower) observe(ctx workflow.Context, p civic.Progress) {
	if p.Case != f.at.Case || f.known && p.Version < f.at.Version {
		return
	}
	if p.Version != f.at.Version || !sameInstant(p.ActsAt, f.at.ActsAt) { // people have acted, or another case has decided something about this one
		f.refused = nil
	}
	f.at, f.known, f.asOf = p, true, workflow.Now(ctx)
}

func sameInstant(a, b *time.Time) bool {
	return a == b || a != nil && b != nil && a.Equal(*b)
}

// read asks the record where the case stands.
func (f *follower) read(ctx workflow.Context) error {
	f.look = false
	var p civic.Progress
	ctx = workflow.WithLocalActivityOptions(ctx, recording)
	if err := workflow.ExecuteLocalActivity(ctx, record.ReadProgress, f.at.Case).Get(ctx, &p); err != nil {
		return err
	}
	if p.Case == "" { // there is no such case: a draft may have been discarded
		f.at.Over = true
		return nil
	}
	f.observe(ctx, p)
	return nil
}

// perform lets the system act on the case as it was last seen.
func (f *follower) perform(ctx workflow.Context, kind civic.ActKind) error {
	before := f.at.Version
	var p civic.Progress
	ctx = workflow.WithLocalActivityOptions(ctx, recording)
	if err := workflow.ExecuteLocalActivity(ctx, record.CommitAutomatic, f.at, f.procedure, kind).Get(ctx, &p); err != nil {
		return err
	}
	f.observe(ctx, p)
	if f.at.Version == before { // not due by the record's clock after all, or refused by a rule: less and less often
		if f.refused == nil {
			f.refused = map[civic.ActKind]pause{}
		}
		length := min(max(2*f.refused[kind].length, firstPause), longestPause)
		f.refused[kind] = pause{length, workflow.Now(ctx).Add(length)}
	}
	return nil
}

// next is what the system does next by itself and when, "" when only people can move the case. At the same instant new
// terms come first, and moving on comes before reminding.
func (f *follower) next(silence civic.ActKind) (kind civic.ActKind, at time.Time) {
	consider := func(k civic.ActKind, in *time.Duration) {
		if k == "" || in == nil {
			return
		}
		t := f.asOf.Add(*in)
		if again := f.refused[k].until; again.After(t) {
			t = again
		}
		if kind == "" || t.Before(at) {
			kind, at = k, t
		}
	}
	if f.at.Outdated {
		consider(civic.ActRecalculate, new(time.Duration))
	}
	consider(silence, f.at.ActsIn)
	consider(civic.ActRemind, f.at.RemindIn)
	return kind, at
}

// await waits until the case moves on, or lets the system do what is due. silence is what the state says about nobody
// acting, "" where only people can move the case.
func (f *follower) await(ctx workflow.Context, silence civic.ActKind) error {
	if f.look {
		return f.read(ctx)
	}
	kind, at := f.next(silence)
	switch {
	case kind == "":
	case !workflow.Now(ctx).Before(at):
		return f.perform(ctx, kind)
	default:
		f.arm(ctx, at)
	}
	seen := f.at.Version
	err := workflow.Await(ctx, func() bool {
		return f.at.Version != seen || f.look || f.timer != nil && f.timer.IsReady() || workflow.GetInfo(ctx).GetContinueAsNewSuggested()
	})
	if f.timer != nil && f.timer.IsReady() {
		f.timer = nil
	}
	return err
}

// arm sets the timer. One that fires earlier is left as it is: it wakes the procedure, which looks and sets the next one.
// So a decision, which mostly moves the next instant further away, costs no timer events.
func (f *follower) arm(ctx workflow.Context, at time.Time) {
	if f.timer != nil && !at.Before(f.timerAt) {
		return
	}
	if f.timer != nil {
		f.stop()
	}
	timerCtx, cancel := workflow.WithCancel(ctx)
	f.timer, f.timerAt, f.stop = workflow.NewTimer(timerCtx, at.Sub(workflow.Now(ctx))), at, cancel
}

// done ends the run when no handler is left: for good, or to go on in a fresh history.
func (f *follower) done(ctx workflow.Context) error {
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}
