package workflows_test

import (
	"bytes"
	"encoding/json"
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

	"lizheng/civic"
	"lizheng/workflows"
)

func TestRecordedHistoriesReplay(t *testing.T) {
	t.Parallel()
	for p, told := range stories {
		for name := range told {
			require.FileExists(t, filepath.Join("testdata", string(p), name+".json"), "each story has its history")
		}
	}
	for _, file := range histories(t, "*") {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			replayCut(t, recorded(t, file))
		})
	}
}

// A worker of today's code may take over a project whose earlier histories were made by yesterday's: each is continued by the next.
func TestAProjectGoesOnFromHistoryToHistory(t *testing.T) {
	t.Parallel()
	var before *history.History
	for _, name := range []string{"continued-2", "continued-1", "continued"} {
		h := recorded(t, filepath.Join("testdata", string(civic.HousingProcedure), name+".json"))
		begun := h.Events[0].GetWorkflowExecutionStartedEventAttributes()
		if before != nil {
			ended := before.Events[len(before.Events)-1].GetWorkflowExecutionContinuedAsNewEventAttributes()
			require.NotNil(t, ended, "it did not end, it goes on")
			require.Equal(t, ended.NewExecutionRunId, begun.OriginalExecutionRunId)
			require.Equal(t, before.Events[0].GetWorkflowExecutionStartedEventAttributes().OriginalExecutionRunId, begun.ContinuedExecutionRunId)
			require.True(t, proto.Equal(ended.Input, begun.Input), "and is told no more than which case it carries")
		}
		before = h
	}
	require.NotNil(t, before.Events[len(before.Events)-1].GetWorkflowExecutionCompletedEventAttributes())
}

// histories are the files of the recorded histories of a procedure, or of all.
func histories(t *testing.T, procedure string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", procedure, "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
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
	require.NoError(t, replay(h), "whole")
	for i, e := range h.Events {
		if e.EventType == enums.EVENT_TYPE_WORKFLOW_TASK_STARTED {
			require.NoError(t, replay(&history.History{Events: h.Events[:i+1]}), "cut at event %d", e.EventId)
		}
	}
}

// replay runs our code over a history, as a worker does that takes over a running case.
func replay(h *history.History, with ...interceptor.WorkerInterceptor) error {
	return replayBy(h, func(r sdk.WorkflowReplayer) {
		for _, p := range civic.Procedures {
			r.RegisterWorkflow(workflows.Procedures[p])
		}
	}, with...)
}

// replayBy runs whatever code over a history. A machine that is busy with other things makes no workflow one that blocks.
func replayBy(h *history.History, register func(sdk.WorkflowReplayer), with ...interceptor.WorkerInterceptor) error {
	r, err := sdk.NewWorkflowReplayerWithOptions(sdk.WorkflowReplayerOptions{Interceptors: with, DisableDeadlockDetection: true})
	if err != nil {
		return err
	}
	register(r)
	return r.ReplayWorkflowHistory(silent{}, proto.Clone(h).(*history.History))
}

// keep writes a history down, an event a line, without what names the machine it was told on.
func keep(t *testing.T, file string, h *history.History) {
	t.Helper()
	var out bytes.Buffer
	out.WriteString(`{"events":[`)
	for i, e := range h.Events {
		if s := e.GetWorkflowExecutionSignaledEventAttributes(); s != nil {
			s.Input = nil // it says nothing; a story may have sent some to fill the history
		}
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
	for _, file := range histories(t, string(civic.AccessProcedure)) {
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
				err := replayBy(h, func(r sdk.WorkflowReplayer) {
					r.RegisterWorkflowWithOptions(access, workflow.RegisterOptions{Name: "Access"})
				})
				require.ErrorContains(t, err, "TMPRL1100", change)
			}
		})
	}
}
