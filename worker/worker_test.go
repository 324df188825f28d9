package worker_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/worker"
	"lizheng/workflows"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

const caseID = "3f2b8a52-7d0e-4a55-9f5d-6d7fca0b1f2e"

// record takes every act, once whoever stands before it lets it through.
type record struct {
	arrived, pass chan struct{}
}

func (r record) Commit(_ context.Context, a civic.Act) (civic.Outcome, error) {
	r.arrived <- struct{}{}
	<-r.pass
	return civic.Outcome{Receipt: &civic.Receipt{Act: a.ID, Version: 2}, Progress: standing(2)}, nil
}

func (record) Progress(context.Context, string) (civic.Progress, error) { return standing(1), nil }

func standing(version int) civic.Progress {
	return civic.Progress{Case: caseID, State: civic.Accepted, Version: version}
}

// watcher counts the workflows that begin.
type watcher struct {
	interceptor.WorkerInterceptorBase
	begun *atomic.Int64
}

func (w *watcher) InterceptWorkflow(ctx workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	w.begun.Add(1)
	return w.WorkerInterceptorBase.InterceptWorkflow(ctx, next)
}

func TestAWorkerCarriesProceduresAndFinishesWhatItHasBegun(t *testing.T) {
	t.Parallel()
	address, namespace := embeddedtest.Temporal(t)
	engine, err := client.Dial(client.Options{HostPort: address, Namespace: namespace})
	require.NoError(t, err)
	t.Cleanup(engine.Close)
	r := record{make(chan struct{}, 1), make(chan struct{})}
	var begun atomic.Int64
	w := worker.New(engine, &activities.Activities{Record: r}, &watcher{begun: &begun})
	require.NoError(t, w.Start())

	answered := make(chan civic.Outcome, 1)
	go func() {
		out, err := workflows.NewClient(engine).Inform(context.WithoutCancel(t.Context()),
			civic.Act{ID: "act", Case: caseID, Procedure: civic.AccessProcedure, Kind: civic.ActUrge, Actor: "li-juan", Key: "k", Hash: "h"})
		if err == nil {
			answered <- out
		}
		close(answered)
	}()
	<-r.arrived
	stopped := make(chan struct{})
	go func() {
		w.Stop()
		close(stopped)
	}()
	select {
	case <-stopped:
		require.Fail(t, "the worker left an act under way")
	case <-time.After(100 * time.Millisecond):
	}
	close(r.pass)
	<-stopped
	require.Positive(t, begun.Load(), "with the interceptors it was given")
	require.Equal(t, 2, (<-answered).Receipt.Version)
}
