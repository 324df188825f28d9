package bench

import (
	"context"
	"fmt"
	"time"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	sdk "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
	"lizheng/worker"
)

// The task queue of the yardsticks.
const yardsticks = "yardsticks"

// decisions of one case.
const decisions = 4

// brief is how yardsticks carry out their activity, as the product does.
var brief = workflow.LocalActivityOptions{StartToCloseTimeout: 20 * time.Second, RetryPolicy: &temporal.RetryPolicy{InitialInterval: 50 * time.Millisecond}}

// Bare takes decisions as updates, each with one empty local activity: the least that Temporal can do for a decision.
func Bare(ctx workflow.Context) error {
	err := workflow.SetUpdateHandlerWithOptions(ctx, "act", func(ctx workflow.Context, n int) (int, error) {
		return n, workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, brief), Nothing, n).Get(ctx, nil)
	}, workflow.UpdateHandlerOptions{Validator: func(workflow.Context, int) error { return nil }})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false }) // a case goes on after these decisions
}

// Textbook takes decisions as signals, does an ordinary activity for each, and answers a query.
func Textbook(ctx workflow.Context) error {
	decided := 0
	if err := workflow.SetQueryHandler(ctx, "decided", func() (int, error) { return decided, nil }); err != nil {
		return err
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 20 * time.Second})
	for signals := workflow.GetSignalChannel(ctx, "act"); ; {
		var n int
		signals.Receive(ctx, &n)
		if err := workflow.ExecuteActivity(ctx, Nothing, n).Get(ctx, nil); err != nil {
			return err
		}
		decided = n
	}
}

// Nothing is the empty activity.
func Nothing(context.Context, int) error { return nil }

// startYardsticks starts the worker of the yardsticks; it is one, as the product's is, with the same options.
func startYardsticks(c client.Client) (stop func(), err error) {
	w := sdk.New(c, yardsticks, worker.Options())
	w.RegisterWorkflow(Bare)
	w.RegisterWorkflow(Textbook)
	w.RegisterActivity(Nothing)
	return w.Stop, w.Start()
}

// caseOptions start a yardstick's case as the product starts its own.
func caseOptions(name string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{ID: name + "/" + civic.NewID(name, fmt.Sprint(time.Now().UnixNano())), TaskQueue: yardsticks,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE, WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING}
}

type bare struct{ temporal client.Client }

func (bare) name() string                       { return "bare Temporal: update + empty local activity" }
func (bare) prepare(context.Context, int) error { return nil }

// carry starts a case with its first decision, as the product does, and updates it for the others.
func (b bare) carry(ctx context.Context, decided func()) error {
	o := caseOptions("bare")
	for n := 1; n <= decisions; n++ {
		update := client.UpdateWorkflowOptions{WorkflowID: o.ID, UpdateID: fmt.Sprint(n), UpdateName: "act", Args: []any{n}, WaitForStage: client.WorkflowUpdateStageCompleted}
		var handle client.WorkflowUpdateHandle
		var err error
		if n == 1 {
			handle, err = b.temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
				StartWorkflowOperation: b.temporal.NewWithStartWorkflowOperation(o, Bare), UpdateOptions: update})
		} else {
			handle, err = b.temporal.UpdateWorkflow(ctx, update)
		}
		if err != nil {
			return err
		}
		if err := handle.Get(ctx, nil); err != nil {
			return err
		}
		decided()
	}
	return nil
}

type textbook struct{ temporal client.Client }

// poll is how long the textbook client waits between two looks: short enough to be fair, long enough not to be a storm.
const poll = 20 * time.Millisecond

func (textbook) name() string {
	return "textbook: signal + ordinary activity + poll by query"
}
func (textbook) prepare(context.Context, int) error { return nil }

func (t textbook) carry(ctx context.Context, decided func()) error {
	o := caseOptions("textbook")
	for n := 1; n <= decisions; n++ {
		var err error
		if n == 1 {
			_, err = t.temporal.SignalWithStartWorkflow(ctx, o.ID, "act", n, o, Textbook)
		} else {
			err = t.temporal.SignalWorkflow(ctx, o.ID, "", "act", n)
		}
		if err != nil {
			return err
		}
		if err := t.await(ctx, o.ID, n); err != nil {
			return err
		}
		decided()
	}
	return nil
}

// await polls until the decision shows.
func (t textbook) await(ctx context.Context, id string, n int) error {
	for tick := time.NewTicker(poll); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return ctx.Err()
		case <-tick.C:
		}
		value, err := t.temporal.QueryWorkflow(ctx, id, "", "decided")
		if err != nil {
			return err
		}
		var seen int
		if err := value.Get(&seen); err != nil {
			return err
		}
		if seen >= n {
			tick.Stop()
			return nil
		}
	}
}
