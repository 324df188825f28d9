package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"lizheng/civic"
)

// silence is one thing that the system did by itself, where nobody acted.
type silence struct {
	procedure civic.Procedure
	state     civic.State
	kind      civic.ActKind
}

// witness notes during a replay what the system did by itself and what the record took.
type witness struct {
	interceptor.WorkerInterceptorBase
	seen map[silence]bool
}

func (w *witness) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	return &arrival{interceptor.WorkflowInboundInterceptorBase{Next: next}, w}
}

// arrival lets the witness stand at what leaves a workflow.
type arrival struct {
	interceptor.WorkflowInboundInterceptorBase
	witness *witness
}

func (a *arrival) Init(out interceptor.WorkflowOutboundInterceptor) error {
	return a.Next.Init(&departure{interceptor.WorkflowOutboundInterceptorBase{Next: out}, a.witness})
}

// departure sees the calls of activities leave.
type departure struct {
	interceptor.WorkflowOutboundInterceptorBase
	witness *witness
}

func (d *departure) ExecuteLocalActivity(ctx workflow.Context, activity string, args ...any) workflow.Future {
	f := d.Next.ExecuteLocalActivity(ctx, activity, args...)
	if activity != "CommitAutomatic" {
		return f
	}
	before, _ := args[0].(civic.Progress)
	p, _ := args[1].(civic.Procedure)
	kind, _ := args[2].(civic.ActKind)
	return &answered{f, func(after *civic.Progress) {
		if after.Version > before.Version {
			d.witness.seen[silence{p, before.State, kind}] = true
		}
	}}
}

// answered is an activity whose answer the witness hears too.
type answered struct {
	workflow.Future
	hear func(*civic.Progress)
}

func (a *answered) Get(ctx workflow.Context, into any) error {
	err := a.Future.Get(ctx, into)
	if after, ok := into.(*civic.Progress); ok && err == nil {
		a.hear(after)
	}
	return err
}

func TestEverySilenceOfEveryProcedureHasARecordedHistory(t *testing.T) {
	t.Parallel()
	w := &witness{seen: map[silence]bool{}}
	for _, file := range histories(t, "*") {
		require.NoError(t, replay(recorded(t, file), w), file)
	}
	never := silence{civic.NominationProcedure, civic.Rescoring, civic.ActSettle} // it waits for people, and takes over what was decided when they are done
	require.False(t, w.seen[never])
	for _, p := range civic.Procedures {
		reminded := false
		for _, s := range civic.Definitions[p].States {
			if s.Auto != "" && (silence{p, s.State, s.Auto}) != never {
				require.True(t, w.seen[silence{p, s.State, s.Auto}], "%s of %s in %s", s.Auto, p, s.State)
			}
			reminded = reminded || w.seen[silence{p, s.State, civic.ActRemind}]
		}
		require.True(t, reminded, "somebody is reminded of %s", p)
	}
}
