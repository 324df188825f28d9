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

	timer   workflow.Future
	timerAt time.Time
	stop    workflow.CancelFunc
}

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

// check refuses, without a trace in the history, what can never be true again: an act on a case that is over, or on another case.
// It never refuses for what it merely does not know yet: after a crash the record may be ahead of the workflow.
func (f *follower) check(ctx workflow.Context, act civic.Act) error {
	if act.Case != f.at.Case || act.Procedure != f.procedure || act.Kind.Automatic() {
		return refuse(civic.Refuse(civic.Invalid, "wrong_case", "操作与事项不符。", "The act does not belong to this case."))
	}
	if f.at.Over {
		return refuse(civic.Refuse(civic.Conflict, "archived", "该事项已归档，不能再操作。", "The case is archived; nothing more can be done."))
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
	f.at, f.known, f.asOf = p, true, workflow.Now(ctx)
}

// read asks the record where the case stands.
func (f *follower) read(ctx workflow.Context) error {
	f.look = false
	var p civic.Progress
	ctx = workflow.WithLocalActivityOptions(ctx, recording)
	if err := workflow.ExecuteLocalActivity(ctx, record.ReadProgress, f.at.Case).Get(ctx, &p); err != nil {
		return err
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
	if f.at.Version == before { // not due by the record's clock after all: do not ask again at once
		return workflow.Sleep(ctx, time.Second)
	}
	return nil
}

// await waits until the case moves on, or lets the system do what the state says when its instant comes. Reminders go out
// meanwhile. silence is "" where only people can move the case.
func (f *follower) await(ctx workflow.Context, silence civic.ActKind) error {
	seen := f.at.Version
	if f.at.Outdated {
		return f.perform(ctx, civic.ActRecalculate)
	}
	kind, in := civic.ActRemind, f.at.RemindIn
	if silence != "" && f.at.ActsIn != nil && (in == nil || *f.at.ActsIn <= *in) {
		kind, in = silence, f.at.ActsIn
	}
	f.arm(ctx, in)
	err := workflow.Await(ctx, func() bool {
		return f.at.Version != seen || f.look || f.timer != nil && f.timer.IsReady() || workflow.GetInfo(ctx).GetContinueAsNewSuggested()
	})
	if err != nil {
		return err
	}
	if f.timer != nil && f.timer.IsReady() {
		f.timer = nil
	}
	switch {
	case f.look:
		return f.read(ctx)
	case f.at.Version == seen && in != nil && !workflow.Now(ctx).Before(f.asOf.Add(*in)):
		return f.perform(ctx, kind)
	}
	return nil
}

// arm sets the timer. One that fires earlier is left as it is: it wakes the procedure, which looks and sets the next one.
// So a decision, which mostly moves the next instant further away, costs no timer events.
func (f *follower) arm(ctx workflow.Context, in *time.Duration) {
	if in == nil {
		return
	}
	at := f.asOf.Add(*in)
	if f.timer != nil && !at.Before(f.timerAt) {
		return
	}
	if f.timer != nil {
		f.stop()
	}
	timerCtx, cancel := workflow.WithCancel(ctx)
	f.timer, f.timerAt, f.stop = workflow.NewTimer(timerCtx, max(at.Sub(workflow.Now(ctx)), 0)), at, cancel
}

// done ends the run when no handler is left: for good, or to go on in a fresh history.
func (f *follower) done(ctx workflow.Context) error {
	return workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) })
}
