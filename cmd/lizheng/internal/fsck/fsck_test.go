package fsck_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"lizheng/activities"
	"lizheng/civic"
	"lizheng/civic/names"
	"lizheng/cmd/lizheng/internal/fsck"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
	"lizheng/worker"
	"lizheng/workflows"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// office is a running installation without its door.
type office struct {
	t         *testing.T
	store     *postgres.Store
	super     *sql.DB
	temporal  client.Client
	namespace string
	acts      int
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{t: t}
	var d postgrestest.Database
	o.store, d = postgrestest.New(t)
	o.super = postgrestest.DB(t, d.Super)
	var address string
	var err error
	address, o.namespace = embeddedtest.Temporal(t)
	o.temporal, err = client.Dial(client.Options{HostPort: address, Namespace: o.namespace, Logger: sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	require.NoError(t, err)
	t.Cleanup(o.temporal.Close)
	w := worker.New(o.temporal, &activities.Activities{Record: o.store})
	require.NoError(t, w.Start())
	t.Cleanup(w.Stop)
	return o
}

// submitted makes a case of a name and submits it.
func (o *office) submitted(name string) string {
	o.t.Helper()
	id := o.draft(name, 500)
	require.Nil(o.t, o.submit(id).Refusal)
	return id
}

func (o *office) draft(name string, rate int64) string {
	o.t.Helper()
	var households int64
	require.NoError(o.t, o.super.QueryRow(`SELECT households FROM region WHERE key = 'cz-tianning-diaozhuang-01'`).Scan(&households))
	form := map[string]any{
		"name": name, "category": "SURVEY", "purpose": "new", "basis": []map[string]string{{"level": "city", "title": "通知"}}, "necessity": "必要",
		"why_not_own": "熟悉", "work": "入户", "part_played": "assist", "communities": []string{"cz-tianning-diaozhuang-01"}, "duration": "phased", "powers": "查阅",
		"exit_when": "完成", "legal_review": "合法", "start": time.Now().AddDate(0, 0, 90).Format(time.DateOnly), "end": time.Now().AddDate(0, 0, 200).Format(time.DateOnly),
		"funding": map[string]any{"kind": "budget_line", "line": "cz-human-resources-2026-1", "driver": "household", "rate_fen": rate, "total_fen": rate * households},
	}
	body, err := json.Marshal(form)
	require.NoError(o.t, err)
	id := civic.NewID(o.namespace, name)
	o.exec(`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar)
		VALUES ($1, 'access', 'discretionary', $2, 'cz-human-resources', 'wang-fang', 'draft', now(), 1)`, id, name)
	o.exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, $2, $3)`, id, body, names.Normal(name))
	return id
}

func (o *office) submit(id string) civic.Outcome {
	o.t.Helper()
	o.acts++
	key := fmt.Sprintf("key-%d", o.acts)
	act := civic.Act{
		ID: civic.NewID("act", "wang-fang", key), Case: id, Procedure: civic.AccessProcedure, Kind: civic.ActSubmit, Actor: "wang-fang",
		Grant: civic.NewID("sample grant", "wang-fang", string(civic.DeptClerk), "cz-human-resources"), Key: key, Route: "submit", Hash: key,
	}
	act.SealWith(postgrestest.Key)
	out, err := workflows.NewClient(o.temporal).Begin(o.t.Context(), act)
	require.NoError(o.t, err)
	return out
}

func (o *office) exec(statement string, args ...any) {
	o.t.Helper()
	_, err := o.super.Exec(statement, args...)
	require.NoError(o.t, err)
}

// broken are the checks that found something, with the rows.
func (o *office) broken(options fsck.Options) map[string][]string {
	o.t.Helper()
	report, err := fsck.Examine(o.t.Context(), o.store, o.temporal, o.namespace, options)
	require.NoError(o.t, err)
	out := map[string][]string{}
	for _, c := range report.Checks {
		for _, f := range c.Findings {
			out[c.Check] = append(out[c.Check], f.Row)
		}
	}
	return out
}

func (o *office) terminate(id string) {
	o.t.Helper()
	require.NoError(o.t, o.temporal.TerminateWorkflow(o.t.Context(), workflows.ID(civic.AccessProcedure, id), "", "test"))
}

func TestALostWorkflowIsFoundAndRebuilt(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.submitted("居民养老服务需求入户调查")
	require.Equal(t, "budget_short", o.submit(o.draft("经费不足的全市入户大调查", 500_000)).Refusal.Code, "a refused draft keeps its workflow")
	require.Empty(t, o.broken(fsck.Options{}))
	require.Empty(t, o.broken(fsck.Options{PreOpen: true}))

	o.terminate(id)
	lost := map[string][]string{"case_has_its_workflow": {"workflow access/" + id}}
	require.Equal(t, lost, o.broken(fsck.Options{}))
	require.Empty(t, o.broken(fsck.Options{Repair: true}))
	require.Empty(t, o.broken(fsck.Options{}))
}

func TestAWorkflowOfAClosedCaseIsFoundAndEnded(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.submitted("居民养老服务需求入户调查")
	o.exec(`SET session_replication_role = replica; UPDATE cases SET state = 'archived', closed_at = now() WHERE id = '` + id + `'`)
	require.Contains(t, o.broken(fsck.Options{}), "workflow_has_its_case")
	require.NotContains(t, o.broken(fsck.Options{Repair: true}), "workflow_has_its_case")
}

func TestARecordOlderThanTheEngineKeepsTheDoorsClosed(t *testing.T) {
	t.Parallel()
	o := open(t)
	id := o.submitted("居民养老服务需求入户调查")
	o.exec(`SET session_replication_role = replica; UPDATE cases SET version = 1 WHERE id = '` + id + `'`)
	require.NotContains(t, o.broken(fsck.Options{}), "record_not_behind", "while the service runs the two may differ for a moment")
	require.Equal(t, []string{"workflow access/" + id}, o.broken(fsck.Options{PreOpen: true})["record_not_behind"])
}

func TestTheReportNamesWhatIsBroken(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.submitted("居民养老服务需求入户调查")
	o.exec(`UPDATE budget_line SET reserved = reserved + 1 WHERE id = 'cz-human-resources-2026-1'`)
	report, err := fsck.Examine(t.Context(), o.store, o.temporal, o.namespace, fsck.Options{})
	require.NoError(t, err)
	require.EqualValues(t, 1, report.Broken())
	var text, body bytes.Buffer
	report.Text(&text)
	require.Contains(t, text.String(), "BROKEN P7   line_adds_up")
	require.Contains(t, text.String(), "budget line cz-human-resources-2026-1")
	require.NoError(t, report.JSON(&body))
	require.Contains(t, body.String(), `"check": "line_adds_up"`)
}
