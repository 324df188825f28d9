package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/cmd/lizheng/internal/chaos"
	"lizheng/cmd/lizheng/internal/fsck"
	"lizheng/cmd/lizheng/internal/visitor"
	"lizheng/config/embedded"
)

// soon is how long a step of the story may take on a busy machine.
const soon = 30 * time.Second

// TestCrashBetweenCommitAndWorkflowTask kills the worker when a decision is committed and its workflow task is not yet
// completed, while an opposite decision waits in the engine: the window in which two updates may change places.
func TestCrashBetweenCommitAndWorkflowTask(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a whole city")
	}
	ctx := context.WithoutCancel(t.Context())
	layout := chaosLayout(chaosFolder(t), os.Args[0], streams{os.Stderr, os.Stderr})
	layout.Env, layout.Doors, layout.Workers = []string{asProgram + "=1"}, 1, 1
	city, err := chaos.Build(ctx, layout)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, city.Close()) })
	worker, toRecord, toEngine := city.Workers[0], city.WorkerToRecord[0], city.WorkerToEngine[0]
	people := map[string]*visitor.Visitor{}
	for _, login := range []string{"wang.fang", "chen.jing", "xu.ming"} {
		people[login], err = visitor.SignIn(ctx, http.DefaultClient, city.Bases[0], login, samplePassword)
		require.NoError(t, err)
	}
	task := examined(ctx, t, city, people)

	settled(t, toEngine) // the worker waits for work
	toRecord.Hold()
	accept := sent(ctx, t, city, people["chen.jing"], task, `{"outcome":"accept"}`)
	refuse := sent(ctx, t, city, people["xu.ming"], task, `{"outcome":"not_accept","opinion":"不属于社区事务"}`)
	toEngine.Hold()
	toRecord.Heal()
	require.Eventually(t, func() bool { return len(decided(ctx, t, city, task)) == 1 }, soon, time.Millisecond, "one of them is committed")
	committed := decided(ctx, t, city, task)
	worker.Down()
	toEngine.Cut() // what the dead worker still had to say is lost with it
	toEngine.Heal()
	require.NoError(t, worker.Start())

	answers := map[string]visitor.Reply{"accept": <-accept, "not_accept": <-refuse}
	for outcome, reply := range answers {
		if outcome == committed[0] {
			require.Equal(t, http.StatusOK, reply.Status, "the committed decision stands: %s", reply.Body)
			continue
		}
		require.Equal(t, http.StatusConflict, reply.Status, "the opposite one hears that it was too late: %s", reply.Body)
		require.Equal(t, "task_ended", reply.Code())
	}
	require.Equal(t, committed, decided(ctx, t, city, task))
	sound(ctx, t, city)
}

// examined brings a request up to its formal examination and returns that task.
func examined(ctx context.Context, t *testing.T, city *chaos.City, people map[string]*visitor.Visitor) string {
	t.Helper()
	form := visitor.Form("居民需求抽样调查", "cz-human-resources-2026-1", money.Fen(1_000_000), "cz-tianning-diaozhuang-01")
	reply, err := people["wang.fang"].Send(ctx, http.MethodPost, "/access-requests", "draft", map[string]any{"unit": "cz-human-resources", "form": form})
	require.NoError(t, err)
	var made struct {
		Case civic.Case `json:"case"`
	}
	require.NoError(t, reply.Read(&made))
	reply, err = people["wang.fang"].Send(ctx, http.MethodPost, "/access-requests/"+made.Case.ID+"/submission", "submit", struct{}{})
	require.NoError(t, err)
	require.NoError(t, reply.Read(nil))
	reply, err = people["chen.jing"].Send(ctx, http.MethodPost, "/tasks/"+openTask(ctx, t, city, "register")+"/decision", "register", map[string]string{"outcome": "pass"})
	require.NoError(t, err)
	require.NoError(t, reply.Read(nil))
	return openTask(ctx, t, city, "examine")
}

// sent sends a decision, returns once it is on its way from the door to the engine, and goes on asking under the same key
// until the answer is definite.
func sent(ctx context.Context, t *testing.T, city *chaos.City, v *visitor.Visitor, task, body string) <-chan visitor.Reply {
	t.Helper()
	out := make(chan visitor.Reply, 1)
	before := city.DoorToEngine[0].Upstream.Load()
	go func() {
		defer close(out)
		for end := time.Now().Add(2 * soon); time.Now().Before(end); {
			reply, err := v.Send(ctx, http.MethodPost, "/tasks/"+task+"/decision", "the-decision", json.RawMessage(body))
			if err == nil && reply.Status != http.StatusAccepted && reply.Status < 500 {
				out <- reply
				return
			}
		}
	}()
	const act = 400 // bytes: less than an act is, more than a ping
	require.Eventually(t, func() bool { return city.DoorToEngine[0].Upstream.Load() > before+act }, soon, time.Millisecond)
	return out
}

// settled waits until nothing has passed a link for a while: whoever is behind it waits for an answer.
func settled(t *testing.T, l *chaos.Link) {
	t.Helper()
	var last int64
	since := time.Now()
	require.Eventually(t, func() bool {
		if now := l.Upstream.Load(); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > 500*time.Millisecond
	}, soon, 10*time.Millisecond)
}

func openTask(ctx context.Context, t *testing.T, city *chaos.City, step string) (id string) {
	t.Helper()
	require.NoError(t, city.Super.QueryRowContext(ctx, `SELECT id FROM task WHERE step = $1 AND state = 'open'`, step).Scan(&id))
	return id
}

// decided are the outcomes of all decisions on a task: one at most.
func decided(ctx context.Context, t *testing.T, city *chaos.City, task string) []string {
	t.Helper()
	list, err := city.Super.QueryContext(ctx, `SELECT outcome FROM decision WHERE task_id = $1`, task)
	require.NoError(t, err)
	defer list.Close()
	var out []string
	for list.Next() {
		var outcome string
		require.NoError(t, list.Scan(&outcome))
		out = append(out, outcome)
	}
	require.NoError(t, list.Err())
	return out
}

// sound requires that the whole installation stands every check.
func sound(ctx context.Context, t *testing.T, city *chaos.City) {
	t.Helper()
	store, err := city.Store(ctx)
	require.NoError(t, err)
	defer store.Close()
	engine, err := city.Engine()
	require.NoError(t, err)
	defer engine.Close()
	report, err := fsck.Examine(ctx, store, engine, embedded.Namespace, fsck.Options{Late: soon})
	require.NoError(t, err)
	for _, c := range report.Checks {
		require.Empty(t, c.Findings, "%s %s", c.Promise, c.Check)
	}
}
