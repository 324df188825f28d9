package workflows

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/api/serviceerror"

	"lizheng/civic"
)

// View is how the engine sees a case, for operators.
type View struct {
	Run, Status, TaskQueue string
	History                int64 // events of the current run
	Pending                int   // activities under way
	Attempt                int   // of the current workflow task; more than 3 is worth a look
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
		Pending: len(d.GetPendingActivities()), Attempt: int(d.GetPendingWorkflowTask().GetAttempt()), StartedAt: info.GetStartTime().AsTime()}
	if info.GetCloseTime() != nil {
		closed := info.GetCloseTime().AsTime()
		v.ClosedAt = &closed
	}
	return v, nil
}
