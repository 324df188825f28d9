package workflows_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	enums "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	sdk "go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"lizheng/workflows"
)

// recordVariable says where told stories are written down; "testdata" when a release is recorded:
//
//	LIZHENG_RECORD=testdata go test ./workflows -run TestEveryWayACaseCanGo
const recordVariable = "LIZHENG_RECORD"

func TestEveryWayACaseCanGo(t *testing.T) {
	t.Parallel()
	for name, tell := range stories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := settle(t)
			tell(c)
			last, status := c.run()
			require.Equal(t, completed, status)
			c.sound()
			for i, run := range append(c.earlier, last) {
				h := c.history(run)
				replayCut(t, h)
				if dir := os.Getenv(recordVariable); dir != "" {
					keep(t, filepath.Join(dir, strings.TrimSuffix(fmt.Sprintf("%s-%d", name, len(c.earlier)-i), "-0")+".json"), h)
				}
			}
		})
	}
}

func TestRecordedHistoriesReplay(t *testing.T) {
	t.Parallel()
	kept, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(kept), len(stories), "each story has its history")
	for _, file := range kept {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			replayCut(t, recorded(t, file))
		})
	}
}

// recorded reads one recorded history.
func recorded(t *testing.T, file string) *history.History {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	h, err := client.HistoryFromJSON(f, client.HistoryJSONOptions{})
	require.NoError(t, err)
	return h
}

// replayCut replays a history whole, and as it was at the beginning of every workflow task.
func replayCut(t *testing.T, h *history.History) {
	t.Helper()
	require.NoError(t, replay(h, workflows.Access), "whole")
	for i, e := range h.Events {
		if e.EventType == enums.EVENT_TYPE_WORKFLOW_TASK_STARTED {
			require.NoError(t, replay(&history.History{Events: h.Events[:i+1]}, workflows.Access), "cut at event %d", e.EventId)
		}
	}
}

// replay runs code over a history, as a worker does that takes over a running case.
func replay(h *history.History, access any, with ...interceptor.WorkerInterceptor) error {
	r, err := sdk.NewWorkflowReplayerWithOptions(sdk.WorkflowReplayerOptions{Interceptors: with})
	if err != nil {
		return err
	}
	r.RegisterWorkflowWithOptions(access, workflow.RegisterOptions{Name: "Access"})
	return r.ReplayWorkflowHistory(silent{}, proto.Clone(h).(*history.History))
}

// keep writes a history down, an event a line, without what names the machine it was told on.
func keep(t *testing.T, file string, h *history.History) {
	t.Helper()
	var out bytes.Buffer
	out.WriteString(`{"events":[`)
	for i, e := range h.Events {
		if s := e.GetWorkflowTaskScheduledEventAttributes(); s != nil && s.TaskQueue.Kind == enums.TASK_QUEUE_KIND_STICKY {
			s.TaskQueue.Name = "sticky"
		}
		body, err := protojson.Marshal(e)
		require.NoError(t, err)
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		require.NoError(t, json.Compact(&out, body))
	}
	out.WriteString("\n]}\n")
	require.NoError(t, os.WriteFile(file, out.Bytes(), 0o644))
}

func TestCodeThatDoesThingsInAnotherOrderDoesNotReplay(t *testing.T) {
	t.Parallel()
	kept, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	for _, file := range kept {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if name == "rebuilt" || name == "reset" || name == "continued" { // they begin in another way
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := recorded(t, file)
			for change, access := range map[string]any{
				"it takes an act before it reads":     workflows.ActsBeforeReading,
				"it waits before it reads":            workflows.WaitsBeforeReading,
				"it reads again before it is at rest": workflows.ReadsTwice,
			} {
				require.ErrorContains(t, replay(h, access), "TMPRL1100", change)
			}
		})
	}
}
