package embeddedtest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"lizheng/config/embedded/embeddedtest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

func TestPostgresIsSharedWithinOneRun(t *testing.T) {
	t.Parallel()
	first := embeddedtest.Postgres(t)
	require.Equal(t, first, embeddedtest.Postgres(t))
}

func TestEachTestHasATemporalNamespaceOfItsOwnThatTakesWork(t *testing.T) {
	t.Parallel()
	for range 2 {
		address, namespace := embeddedtest.Temporal(t)
		c, err := client.Dial(client.Options{HostPort: address, Namespace: namespace})
		require.NoError(t, err)
		t.Cleanup(c.Close)
		w := worker.New(c, "queue", worker.Options{})
		w.RegisterWorkflowWithOptions(
			func(workflow.Context) (string, error) { return "done", nil },
			workflow.RegisterOptions{Name: "Access"})
		require.NoError(t, w.Start())
		t.Cleanup(w.Stop)

		run, err := c.ExecuteWorkflow(context.Background(),
			client.StartWorkflowOptions{ID: "access/1", TaskQueue: "queue"}, "Access")
		require.NoError(t, err)
		var result string
		require.NoError(t, run.Get(t.Context(), &result))
		require.Equal(t, "done", result)
	}
}
