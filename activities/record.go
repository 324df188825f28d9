// Package activities is what procedures do to the world: one struct, one file per counterpart. The only counterpart of the
// admission procedure is the record; messages to people leave through its outbox.
package activities

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/activity"

	"lizheng/civic"
)

// Record is the commit point and what a workflow may read of it.
type Record interface {
	// Commit makes an act real in one transaction, or answers why not. It is idempotent under the act's key.
	Commit(ctx context.Context, act civic.Act) (civic.Outcome, error)
	// Progress is where a case stands.
	Progress(ctx context.Context, caseID string) (civic.Progress, error)
}

// Activities holds the live connections that workflows must never see.
type Activities struct {
	Record Record
}

// CommitAct puts one person's act on record. A refusal is part of the result; an error means "unknown, come again".
func (a *Activities) CommitAct(ctx context.Context, act civic.Act) (civic.Outcome, error) {
	if act.Actor == civic.System { // the system's own acts do not come in from outside
		return civic.Outcome{Refusal: civic.Refuse(civic.Forbidden, "system_act", "该操作只能由系统自动执行。", "Only the system itself may do this."), Hash: act.Hash}, nil
	}
	return a.commit(ctx, act)
}

// CommitAutomatic puts the system's own act on record, for the case as the workflow last saw it. If the case has moved on
// since, nothing happens and the result says where it stands.
func (a *Activities) CommitAutomatic(ctx context.Context, seen civic.Progress, procedure civic.Procedure, kind civic.ActKind) (civic.Progress, error) {
	out, err := a.commit(ctx, civic.Automatic(seen, procedure, kind))
	return out.Progress, err
}

// commit turns a definite refusal into a result: it would be refused again, so nobody should try again.
func (a *Activities) commit(ctx context.Context, act civic.Act) (civic.Outcome, error) {
	out, err := a.Record.Commit(ctx, act)
	if refusal := civic.AsRefusal(err); refusal != nil {
		return civic.Outcome{Refusal: refusal, Hash: act.Hash}, nil
	}
	return out, fail(ctx, "put an act on record", act.Case, err)
}

// ReadProgress reads where a case stands. The zero Progress says that there is no such case, and never will be again.
func (a *Activities) ReadProgress(ctx context.Context, caseID string) (civic.Progress, error) {
	p, err := a.Record.Progress(ctx, caseID)
	if refusal := civic.AsRefusal(err); refusal != nil && refusal.Kind == civic.NotFound {
		return civic.Progress{}, nil
	}
	return p, fail(ctx, "read where a case stands", caseID, err)
}

// fail is the edge at which an internal error is logged, for the engine only counts it and comes again: at the first
// attempt, and then at the second, fourth, eighth, so that a long outage does not drown the log.
func fail(ctx context.Context, what, caseID string, err error) error {
	if err == nil {
		return nil
	}
	if n := activity.GetInfo(ctx).Attempt; n&(n-1) == 0 {
		activity.GetLogger(ctx).Error(what, "case", caseID, "attempt", n, "err", err)
	}
	return fmt.Errorf("%s, case %s: %w", what, caseID, err)
}
