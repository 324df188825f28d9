package workflows_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"lizheng/civic"
	"lizheng/workflows"
)

func TestEveryAnswerOfTheEngineIsUnderstood(t *testing.T) {
	t.Parallel()
	no := civic.Refuse(civic.Forbidden, "not_your_seat", "不属于您的岗位", "not for your seat").At("task").With("seat", "clerk")
	exhausted := func(cause enums.ResourceExhaustedCause) error {
		return serviceerror.NewResourceExhausted(cause, "too many")
	}
	for name, test := range map[string]struct {
		err  error
		kind civic.Kind
		code string
	}{
		"a validator's refusal":                     {workflows.Refusal(no), civic.Forbidden, "not_your_seat"},
		"a refusal found on the way":                {no, civic.Forbidden, "not_your_seat"},
		"a finished workflow":                       {serviceerror.NewWorkflowExecutionAlreadyStarted("finished", "", "run"), civic.Conflict, "archived"},
		"arguments that the engine does not take":   {serviceerror.NewInvalidArgument("UpdateId length exceeds limit."), civic.Invalid, "not_carried"},
		"an engine that is away":                    {serviceerror.NewUnavailable("connection refused"), civic.Unavailable, "engine_down"},
		"too many acts on their way":                {exhausted(enums.RESOURCE_EXHAUSTED_CAUSE_CONCURRENT_LIMIT), civic.Unavailable, "engine_down"},
		"too many requests":                         {exhausted(enums.RESOURCE_EXHAUSTED_CAUSE_RPS_LIMIT), civic.Unavailable, "engine_down"},
		"a deadline":                                {context.DeadlineExceeded, civic.Unknown, "unknown"},
		"a deadline of the engine":                  {serviceerror.NewDeadlineExceeded("too slow"), civic.Unknown, "unknown"},
		"a wait that was given up":                  {client.NewWorkflowUpdateServiceTimeoutOrCanceledError(context.Canceled), civic.Unknown, "unknown"},
		"a workflow that ended over the act":        {temporal.NewApplicationError("gone", "AcceptedUpdateCompletedWorkflow"), civic.Unknown, "unknown"},
		"an attempt that the engine voided":         {serviceerror.NewWorkflowNotReady("unexpected workflow task failure"), civic.Unknown, "unknown"},
		"an act that the engine forgot":             {serviceerror.NewNotFound("update not found"), civic.Unknown, "unknown"},
		"a stream that broke":                       {serviceerror.NewInternal("RST_STREAM"), civic.Unknown, "unknown"},
		"a connection that broke":                   {io.ErrUnexpectedEOF, civic.Unknown, "unknown"},
		"something nobody has thought of":           {errors.New("what is this"), civic.Unknown, "unknown"},
		"an installation without the namespace":     {serviceerror.NewNamespaceNotFound("nobody"), "", ""},
		"an installation without the rights":        {serviceerror.NewPermissionDenied("no", ""), "", ""},
		"a refusal that nobody can read any longer": {temporal.NewNonRetryableApplicationError("?", "refusal", nil), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, err := range []error{test.err, fmt.Errorf("send: %w", test.err)} {
				got := workflows.Understand(err)
				require.Error(t, got)
				if test.kind != "" {
					refused(t, got, test.kind, test.code)
					continue
				}
				require.Nil(t, civic.AsRefusal(got), "a fault, not a refusal: %v", got)
			}
		})
	}
	require.NoError(t, workflows.Understand(nil))
	require.Equal(t, no, workflows.Understand(workflows.Refusal(no)), "with everything it says")
}
