package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// What tests outside of the package look at.
const (
	ActUpdate  = actUpdate
	LookSignal = lookSignal
	Abreast    = abreast
)

// The procedure's own table, and the one translation of the engine's answers.
var (
	AccessSilence     = accessSilence
	SupplementSilence = supplementSilence
	AssessmentSilence = assessmentSilence
	LayoutSilence     = layoutSilence
	Understand        = understand
	Refusal           = refuse
	Silences          = map[civic.Procedure]func(civic.State) civic.ActKind{
		civic.AccessProcedure: accessSilence, civic.HousingProcedure: housingSilence, civic.PlanChangeProcedure: planChangeSilence,
		civic.SupplementProcedure: supplementSilence, civic.AssessmentProcedure: assessmentSilence}
)

// Lanes is how many cases have acts on their way, or waiting to be.
func (c *Client) Lanes() int {
	c.lanes.mu.Lock()
	defer c.lanes.mu.Unlock()
	return len(c.lanes.cases)
}

// OnTheirWay is how many acts on a case are.
func (c *Client) OnTheirWay(caseID string) int {
	c.lanes.mu.Lock()
	defer c.lanes.mu.Unlock()
	if at := c.lanes.cases[caseID]; at != nil {
		return len(at.slots)
	}
	return 0
}

// Largest is how many bytes an act may have on its way.
const Largest = largest

// Changes to the procedure's code that would break running cases: the replay of recorded histories must notice them.

// ActsBeforeReading lets the first act in before it reads where the case stands.
func ActsBeforeReading(ctx workflow.Context, in Start) error {
	return changed(ctx, in, func(f *follower) error {
		if err := workflow.Await(ctx, func() bool { return f.known }); err != nil {
			return err
		}
		return f.read(ctx)
	})
}

// WaitsBeforeReading sets a timer before it reads where the case stands.
func WaitsBeforeReading(ctx workflow.Context, in Start) error {
	return changed(ctx, in, func(f *follower) error {
		if err := workflow.Sleep(ctx, time.Second); err != nil {
			return err
		}
		return f.read(ctx)
	})
}

// ReadsTwice reads where the case stands once more than the procedure does.
func ReadsTwice(ctx workflow.Context, in Start) error {
	return changed(ctx, in, func(f *follower) error {
		if err := f.read(ctx); err != nil {
			return err
		}
		return f.read(ctx)
	})
}

// changed is Access with another beginning.
func changed(ctx workflow.Context, in Start, begin func(*follower) error) error {
	f := &follower{procedure: civic.AccessProcedure, at: civic.Progress{Case: in.Case}}
	err := workflow.SetUpdateHandlerWithOptions(ctx, actUpdate, f.act, workflow.UpdateHandlerOptions{Validator: f.check})
	if err != nil {
		return err
	}
	workflow.Go(ctx, func(ctx workflow.Context) {
		for signal := workflow.GetSignalChannel(ctx, lookSignal); ; {
			signal.Receive(ctx, nil)
			f.look = true
		}
	})
	if err := begin(f); err != nil {
		return err
	}
	for !f.at.Over {
		if err := f.await(ctx, accessSilence(f.at.State)); err != nil {
			return err
		}
	}
	return f.done(ctx)
}
