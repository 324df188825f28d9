package workflows

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"lizheng/civic"
)

// Client brings acts to their workflows and answers back. It implements civic.Engine.
type Client struct {
	temporal client.Client
	lanes    lanes
	doubt    atomic.Bool // the last act found no answer: the engine may be away
}

// NewClient makes a client over a connection to the workflow engine.
func NewClient(t client.Client) *Client { return &Client{temporal: t} }

const (
	// patience is how long a person waits for an answer before hearing "not known yet, ask again".
	patience = 8 * time.Second
	// knock is how long an engine in doubt may take to show that it is there.
	knock = 2 * time.Second
	// largest is how many bytes an act may have on its way: the engine frowns at 512 KiB, and an update of 2 MiB blocks
	// or ends its case.
	largest = 256 << 10
)

// Begin starts the case's workflow, unless it runs, and informs it of the act, in one step.
func (c *Client) Begin(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return c.carry(ctx, a, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		options := start(a.Procedure, a.Case)
		options.WorkflowIDConflictPolicy = enums.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING // a repeated submission reaches its own workflow
		begin := c.temporal.NewWithStartWorkflowOperation(options, Procedures[a.Procedure], Start{Case: a.Case})
		return c.temporal.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{StartWorkflowOperation: begin, UpdateOptions: update(a)})
	})
}

// Inform tells the case's workflow of the act. A workflow that was lost is rebuilt from the record first.
func (c *Client) Inform(ctx context.Context, a civic.Act) (civic.Outcome, error) {
	return c.carry(ctx, a, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		var missing *serviceerror.NotFound
		handle, err := c.temporal.UpdateWorkflow(ctx, update(a))
		if !errors.As(err, &missing) {
			return handle, err
		}
		if err := c.Look(ctx, a.Procedure, a.Case); err != nil {
			return nil, err
		}
		handle, err = c.temporal.UpdateWorkflow(ctx, update(a))
		if errors.As(err, &missing) { // rebuilt, and at its end at once
			return nil, errArchived()
		}
		return handle, err
	})
}

// Look asks a case's workflow to read the record again, and rebuilds a workflow that is lost. A finished one stays finished:
// that is an error.
func (c *Client) Look(ctx context.Context, p civic.Procedure, caseID string) error {
	_, err := c.temporal.SignalWithStartWorkflow(ctx, ID(p, caseID), lookSignal, nil, start(p, caseID), Procedures[p], Start{Case: caseID})
	return err
}

// start begins a case's workflow again only if it did not come to its own end: an operator may have terminated it.
func start(p civic.Procedure, caseID string) client.StartWorkflowOptions {
	return client.StartWorkflowOptions{ID: ID(p, caseID), TaskQueue: Queue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY}
}

func update(a civic.Act) client.UpdateWorkflowOptions {
	return client.UpdateWorkflowOptions{
		WorkflowID: ID(a.Procedure, a.Case), UpdateID: a.ID, UpdateName: actUpdate, Args: []any{a}, WaitForStage: client.WorkflowUpdateStageCompleted}
}

// carry sends an act and understands the answer, with a bounded number of acts on one case at a time.
func (c *Client) carry(ctx context.Context, a civic.Act, send func(context.Context) (client.WorkflowUpdateHandle, error)) (civic.Outcome, error) {
	var out civic.Outcome
	if err := fits(a); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	leave, err := c.lanes.enter(ctx, a.Case)
	if err != nil {
		return out, err
	}
	defer leave()
	if err := c.reach(ctx); err != nil {
		return out, err
	}
	handle, err := send(ctx)
	if err == nil {
		err = handle.Get(ctx, &out)
	}
	err = understand(err)
	if e := civic.AsRefusal(err); e != nil && (e.Kind == civic.Unknown || e.Kind == civic.Unavailable) {
		c.doubt.Store(true)
	}
	return out, err
}

// fits refuses an act that is too large to be carried, before anything is sent.
func fits(a civic.Act) error {
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("write the act down: %w", err)
	}
	if len(body) > largest {
		return civic.Refuse(civic.Invalid, "too_large", "提交的内容过多。", "What was sent is too large.").With("bytes", len(body)).With("max", largest)
	}
	return nil
}

// reach asks an engine in doubt whether it is there, so that nobody waits long for one that is away.
func (c *Client) reach(ctx context.Context) error {
	if !c.doubt.Load() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, knock)
	defer cancel()
	if _, err := c.temporal.CheckHealth(ctx, nil); err != nil {
		return errAway()
	}
	c.doubt.Store(false)
	return nil
}
