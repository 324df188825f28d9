package workflows

import (
	"errors"
	"fmt"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/temporal"

	"lizheng/civic"
)

// refuse carries a refusal through the engine's errors.
func refuse(e *civic.Error) error {
	return temporal.NewNonRetryableApplicationError(e.En, refusalType, nil, *e)
}

const refusalType = "refusal"

// understand translates the engine's answers. A refusal is definite, and so is what the engine will not carry. Everything
// else may have been done, now or later, and must be asked again under the same key: sooner or later that answer is
// definite. Errors that are no refusals are faults of the installation; nothing was done.
func understand(err error) error {
	var (
		refused     *temporal.ApplicationError
		ended       *serviceerror.WorkflowExecutionAlreadyStarted
		malformed   *serviceerror.InvalidArgument
		unavailable *serviceerror.Unavailable
		exhausted   *serviceerror.ResourceExhausted
		noNamespace *serviceerror.NamespaceNotFound
		forbidden   *serviceerror.PermissionDenied
	)
	switch {
	case err == nil:
		return nil
	case civic.AsRefusal(err) != nil:
		return err
	case errors.As(err, &refused) && refused.Type() == refusalType:
		var e civic.Error
		if detailErr := refused.Details(&e); detailErr != nil {
			return errors.Join(err, detailErr)
		}
		return &e
	case errors.As(err, &ended): // to its own end: what did not, is begun again
		return errArchived()
	case errors.As(err, &malformed):
		return civic.Refuse(civic.Invalid, "not_carried", "该操作内容无法处理。", "The workflow engine does not take this act.").With("why", malformed.Error())
	case errors.As(err, &unavailable), errors.As(err, &exhausted):
		return errAway()
	case errors.As(err, &noNamespace), errors.As(err, &forbidden):
		return fmt.Errorf("reach the workflow engine: %w", err)
	}
	return civic.Refuse(civic.Unknown, "unknown", "操作已发出，结果尚未确认，请用同一编号查询。",
		"The act was sent; its outcome is not known yet. Ask again with the same key.")
}

func errAway() *civic.Error {
	return civic.Refuse(civic.Unavailable, "engine_down", "流程引擎暂不可用，请稍后用同一编号重试；查询不受影响。",
		"The workflow engine is not available; try again later with the same key. Reading goes on.")
}

func errArchived() *civic.Error {
	return civic.Refuse(civic.Conflict, "archived", "该事项已归档，不能再操作。", "The case is archived; nothing more can be done.")
}
