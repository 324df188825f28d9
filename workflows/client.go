package workflows

import (
	"context"
	"errors"
	"sync"
	"time"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"lizheng/civic"
)

// Client brings acts to their workflows and answers back. It implements civic.Engine.
type Client struct {
	temporal client.Client
	cases    sync.Map // case id → chan struct{}: acts on their way
}

// NewClient makes a client over a connection to the workflow engine.
func NewClient(t client.Client) *Client { return &Client{temporal: t} }

const (
	// patience is how long a person waits for an answer before hearing "not known yet, ask again".
	patience = 8 * time.Second
	// abreast is how many acts on one case may be on their way from this process: the engine takes ten in all and reports
	// the eleventh as a mere time-out, so two processes stay clear of it.
	abreast = 4
)

// Begin starts the case's workflow, unless it runs, and informs it of the act, in one step.
func (c *Client) Begin(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return c.carry(ctx, a, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		start := c.temporal.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
			ID:                       ID(a.Procedure, a.Case),
			TaskQueue:                Queue,
			WorkflowIDReusePolicy:    enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
			WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING, // a repeated submission reaches its own workflow
		}, Access, Start{Case: a.Case})
		return c.temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{StartWorkflowOperation: start, UpdateOptions: update(a)})
	})
}

// Inform tells the case's workflow of the act. A workflow that was lost is rebuilt from the record first.
func (c *Client) Inform(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	send := func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		return c.temporal.UpdateWorkflow(ctx, update(a))
	}
	return c.carry(ctx, a, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		handle, err := send(ctx)
		var missing *serviceerror.NotFound
		if !errors.As(err, &missing) {
			return handle, err
		}
		if err := c.Look(ctx, a.Procedure, a.Case); err != nil {
			return nil, err
		}
		return send(ctx)
	})
}

// Look asks a case's workflow to read the record again, and rebuilds a workflow that is lost.
func (c *Client) Look(ctx context.Context, p civic.Procedure, caseID string) error {
	_, err := c.temporal.SignalWithStartWorkflow(ctx, ID(p, caseID), lookSignal, nil, client.StartWorkflowOptions{
		ID: ID(p, caseID), TaskQueue: Queue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY, // a finished case stays finished
	}, Access, Start{Case: caseID})
	return err
}

// View is how the engine sees a case, for operators.
type View struct {
	Run, Status, TaskQueue string
	History                int64 // events of the current run
	Pending                int   // activities under way
	Attempt                int32 // of the current workflow task
	StartedAt              time.Time
	ClosedAt               *time.Time
}

// View looks a case's workflow up. A case that has none is a refusal.
func (c *Client) View(ctx context.Context, p civic.Procedure, caseID string) (View, error) {
	d, err := c.temporal.DescribeWorkflowExecution(ctx, ID(p, caseID), "")
	var missing *serviceerror.NotFound
	if errors.As(err, &missing) {
		return View{}, civic.ErrNotFound()
	}
	if err != nil {
		return View{}, understand(err)
	}
	info := d.GetWorkflowExecutionInfo()
	v := View{Run: info.GetExecution().GetRunId(), Status: info.GetStatus().String(), TaskQueue: info.GetTaskQueue(), History: info.GetHistoryLength(),
		Pending: len(d.GetPendingActivities()), Attempt: d.GetPendingWorkflowTask().GetAttempt(), StartedAt: info.GetStartTime().AsTime()}
	if info.GetCloseTime() != nil {
		closed := info.GetCloseTime().AsTime()
		v.ClosedAt = &closed
	}
	return v, nil
}

func update(a civic.Act) client.UpdateWorkflowOptions {
	return client.UpdateWorkflowOptions{
		WorkflowID: ID(a.Procedure, a.Case), UpdateID: a.ID, UpdateName: actUpdate, Args: []any{a}, WaitForStage: client.WorkflowUpdateStageCompleted}
}

// carry sends an act and understands the answer, with a bounded number of acts on one case at a time.
func (c *Client) carry(ctx context.Context, a civic.Act, send func(context.Context) (client.WorkflowUpdateHandle, error)) (civic.Outcome, error) {
	var out civic.Outcome
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	slot, _ := c.cases.LoadOrStore(a.Case, make(chan struct{}, abreast))
	select {
	case slot.(chan struct{}) <- struct{}{}:
		defer func() { <-slot.(chan struct{}) }()
	case <-ctx.Done():
		return out, civic.Refuse(civic.Unavailable, "busy", "该事项操作过于集中，请稍后重试。", "Too many acts on this case at once; try again shortly.")
	}
	handle, err := send(ctx)
	if err == nil {
		err = handle.Get(ctx, &out)
	}
	return out, understand(err)
}

// refuse carries a refusal through the engine's errors.
func refuse(e *civic.Error) error {
	return temporal.NewNonRetryableApplicationError(e.En, refusalType, nil, *e)
}

const refusalType = "refusal"

// understand translates the engine's answers: a refusal is definite; whatever may have been done is unknown and must be
// asked again under the same key; what certainly was not sent is unavailable.
func understand(err error) error {
	var refused *temporal.ApplicationError
	var unavailable *serviceerror.Unavailable
	var exhausted *serviceerror.ResourceExhausted
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refused) && refused.Type() == refusalType:
		var e civic.Error
		if detailErr := refused.Details(&e); detailErr == nil {
			return &e
		}
		return err
	case errors.As(err, &unavailable), errors.As(err, &exhausted):
		return civic.Refuse(civic.Unavailable, "engine_down", "流程引擎暂不可用，请稍后用同一编号重试；查询不受影响。",
			"The workflow engine is not available; try again later with the same key. Reading goes on.")
	}
	return civic.Refuse(civic.Unknown, "unknown", "操作已发出，结果尚未确认，请用同一编号查询。",
		"The act was sent; its outcome is not known yet. Ask again with the same key.")
}
