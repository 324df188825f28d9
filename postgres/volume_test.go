package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/config/changzhou"
	"lizheng/postgres"
)

// volumeVariable names a database (a superuser's URL) for the measurement with a million cases; it is filled once and kept.
const volumeVariable = "LIZHENG_VOLUME"

// volume is how many cases are stored.
const volume = 1_000_000

// TestAMillionCasesDoNotSlowTheListsDown fills a database of its own, reads every first page and every hundredth, and
// holds each of them to the promise. It takes minutes and runs only where it is asked for.
func TestAMillionCasesDoNotSlowTheListsDown(t *testing.T) {
	super := os.Getenv(volumeVariable)
	if super == "" {
		t.Skip(volumeVariable + " names no database to fill")
	}
	s, db := filled(t, super)
	for name, read := range pages(t, s, db) {
		var took []time.Duration
		for i := range 40 {
			begin := time.Now()
			n := read(t.Context())
			took = append(took, time.Since(begin))
			require.Positive(t, n, name)
			if i == 0 {
				t.Logf("%-44s first %8.2f ms, %d lines", name, ms(took[0]), n)
			}
		}
		slices.Sort(took)
		t.Logf("%-44s median %7.2f ms, p95 %7.2f ms", name, ms(took[20]), ms(took[38]))
		assert.Less(t, took[20], 50*time.Millisecond, name)
	}
	for name, count := range countings(t, s) { // nobody waits for these: they are kept for a while, or asked for once
		begin := time.Now()
		require.NoError(t, count(t.Context()), name)
		t.Logf("%-44s once %9.2f ms", name, ms(time.Since(begin)))
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// pages are the lists that people look at all day.
func pages(t *testing.T, s *postgres.Store, db *sql.DB) map[string]func(context.Context) int {
	dept := civic.Sight{Cases: civic.Scope{Units: []string{"cz-human-resources"}, Person: "wang-fang"}, Drafts: civic.Scope{Units: []string{"cz-human-resources"}}}
	finance := civic.Sight{Cases: civic.Scope{Units: []string{"cz-finance"}, Person: "qian-wei"}}
	office := civic.Sight{Cases: civic.Scope{All: true, Person: "chen-jing"}}
	community := civic.Sight{Cases: civic.Scope{Units: []string{"cz-tianning-diaozhuang-01-committee"}, Person: "liu-yang"}}
	var middle civic.Cursor
	require.NoError(t, db.QueryRow(`SELECT seq FROM cases ORDER BY seq OFFSET 500000 LIMIT 1`).Scan(&middle.Seq))
	from, err := civic.Day("2020-03-01")
	require.NoError(t, err)
	until := from.AddDate(0, 1, 0)
	out := map[string]func(context.Context) int{}
	for name, q := range map[string]civic.CaseQuery{
		"office: all":                        {Sight: office},
		"office: middle":                     {Sight: office, Window: civic.Window{After: &middle}},
		"office: in consultation":            {Sight: office, CaseFilter: civic.CaseFilter{States: []civic.State{civic.Consult}}},
		"office: archived":                   {Sight: office, CaseFilter: civic.CaseFilter{States: []civic.State{civic.Archived}}},
		"office: one unit":                   {Sight: office, CaseFilter: civic.CaseFilter{Unit: "cz-disabled"}},
		"office: overdue":                    {Sight: office, CaseFilter: civic.CaseFilter{Overdue: true}},
		"office: rare words":                 {Sight: office, Grams: civic.Grams("第777777号")},
		"office: common words":               {Sight: office, Grams: civic.Grams("入户调查")},
		"office: a number":                   {Sight: office, Number: "ZR-2020-50000"},
		"office: a year":                     {Sight: office, Number: "ZR-2018-"},
		"office: a month long ago":           {Sight: office, Created: [2]*time.Time{&from, &until}},
		"department: all":                    {Sight: dept},
		"department: middle":                 {Sight: dept, Window: civic.Window{After: &middle}},
		"department: in consultation":        {Sight: dept, CaseFilter: civic.CaseFilter{States: []civic.State{civic.Consult}}},
		"department: drafts":                 {Sight: dept, CaseFilter: civic.CaseFilter{States: []civic.State{civic.Draft}}},
		"department: overdue":                {Sight: dept, CaseFilter: civic.CaseFilter{Overdue: true}},
		"department: mine":                   {Sight: dept, CaseFilter: civic.CaseFilter{Mine: true}, Me: "wang-fang"},
		"department: common words":           {Sight: dept, Grams: civic.Grams("入户调查")},
		"finance, party to all: all":         {Sight: finance},
		"finance, party to all: consult":     {Sight: finance, CaseFilter: civic.CaseFilter{States: []civic.State{civic.Consult}}},
		"finance, party to all: month":       {Sight: finance, Created: [2]*time.Time{&from, &until}},
		"finance, party to all: common word": {Sight: finance, Grams: civic.Grams("入户")},
		"community: all":                     {Sight: community},
		"community: in force":                {Sight: community, CaseFilter: civic.CaseFilter{States: []civic.State{civic.InForce}}},
	} {
		q.Limit = 21
		out[name] = func(ctx context.Context) int {
			list, err := s.Cases(ctx, q)
			require.NoError(t, err, name)
			return len(list)
		}
	}
	seats := []civic.SeatOf{{Seat: civic.Seat{Role: civic.OfficeClerk, Unit: "cz-leading-office"}}, {Seat: civic.Seat{Role: civic.Finance, Unit: "cz-finance"}, Principal: "qian-wei"}}
	for name, q := range map[string]civic.InboxQuery{
		"inbox: two seats": {}, "inbox: one step": {TaskFilter: civic.TaskFilter{Step: "joint"}}, "inbox: overdue": {TaskFilter: civic.TaskFilter{Overdue: true}},
	} {
		q.Limit, q.Me, q.Seats = 21, "chen-jing", seats
		out[name] = func(ctx context.Context) int {
			list, err := s.Inbox(ctx, q)
			require.NoError(t, err, name)
			return len(list)
		}
	}
	out["one case"] = func(ctx context.Context) int {
		list, err := s.Cases(ctx, civic.CaseQuery{Sight: dept, Window: civic.Window{Limit: 1}})
		require.NoError(t, err)
		_, err = s.CaseFile(ctx, dept, list[0].ID)
		require.NoError(t, err)
		return 1
	}
	out["answered"] = func(ctx context.Context) int {
		list, err := s.Answered(ctx, office, "chen-jing", civic.Window{Limit: 21})
		require.NoError(t, err)
		return len(list)
	}
	out["public notices"] = func(ctx context.Context) int {
		list, err := s.Noticed(ctx, civic.Window{Limit: 21})
		require.NoError(t, err)
		return len(list)
	}
	return out
}

// countings go through many rows, whatever leads.
func countings(t *testing.T, s *postgres.Store) map[string]func(context.Context) error {
	to := time.Now()
	from := to.AddDate(-1, 0, 0)
	everybody := civic.Sight{Cases: civic.Scope{All: true}}
	finance := civic.Sight{Cases: civic.Scope{Units: []string{"cz-finance"}}}
	return map[string]func(context.Context) error{
		"counts: office":  func(ctx context.Context) error { _, err := s.CountCases(ctx, everybody, ""); return err },
		"counts: finance": func(ctx context.Context) error { _, err := s.CountCases(ctx, finance, ""); return err },
		"funnel, a year": func(ctx context.Context) error {
			_, _, _, err := s.Funnel(ctx, civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure})
			return err
		},
		"on time, a year": func(ctx context.Context) error {
			_, err := s.OnTime(ctx, civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure})
			return err
		},
		"overdue by unit": func(ctx context.Context) error { _, err := s.OverdueByUnit(ctx, ""); return err },
		"open terms": func(ctx context.Context) error {
			return s.OpenTerms(ctx, func(civic.OpenTerm) error { return nil })
		},
	}
}

// filled opens the database, and fills it when it is empty.
func filled(t *testing.T, super string) (*postgres.Store, *sql.DB) {
	t.Helper()
	require.NoError(t, postgres.Migrate(t.Context(), super, slog.New(slog.DiscardHandler)))
	s, err := postgres.Open(t.Context(), super, testKey, 4)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	db, err := sql.Open("postgres", super)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	var cases int
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM cases`).Scan(&cases))
	if cases > 0 {
		return s, db
	}
	p, err := changzhou.Load()
	require.NoError(t, err)
	require.NoError(t, s.LoadProfile(t.Context(), p.Civic(), &postgres.SampleAccounts{Password: "x"}))
	for statement := range strings.SplitSeq(fmt.Sprintf(filling, volume), ";\n") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		_, err := db.Exec(statement)
		require.NoError(t, err, statement)
	}
	return s, db
}

// filling is twelve years of a busy city: one case in a hundred still under way, one in six in force, the rest over.
const filling = `
CREATE FUNCTION pg_temp.grams(t text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
	SELECT array_agg(DISTINCT g) FROM (SELECT substr(t, i, 2) AS g FROM generate_series(1, length(t) - 1) i UNION SELECT substr(t, i, 1) FROM generate_series(1, length(t)) i) x $$;
CREATE TEMP TABLE dept AS SELECT key, row_number() OVER (ORDER BY key) - 1 AS n FROM unit WHERE level = 'city';
CREATE TEMP TABLE committee AS SELECT key, row_number() OVER (ORDER BY key) - 1 AS n FROM unit WHERE level = 'community';
INSERT INTO cases (id, number, procedure, route, title, unit, applicant, state, rules_at, calendar, created_at, updated_at, grams, due_at, closed_at)
SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
       CASE WHEN s.state <> 'draft' THEN format('ZR-%%s-%%s', extract(year FROM at), lpad(i::text, 6, '0')) END,
       'access', 'discretionary', title, d.key, CASE WHEN d.key = 'cz-human-resources' THEN 'wang-fang' ELSE 'li-juan' END,
       s.state, at, 1, at, at, pg_temp.grams(title),
       CASE WHEN s.over THEN NULL WHEN s.state = 'in_force' THEN NULL ELSE now() + (i %% 40 - 12) * interval '1 day' END, CASE WHEN s.over THEN at END
FROM generate_series(1, %[1]d) i
JOIN dept d ON d.n = i %% (SELECT count(*) FROM dept)
CROSS JOIN LATERAL (SELECT timestamptz '2014-07-24' + i * interval '12 years' / %[1]d AS at,
       (ARRAY['入户调查','志愿服务','健康讲座','安全巡查','文化活动','助老探访','就业登记','普法宣传'])[1 + i %% 8] || (ARRAY['春季','夏季','秋季','冬季','年度'])[1 + i %% 5] || '第' || i || '号' AS title) a
CROSS JOIN LATERAL (SELECT CASE WHEN i %% 1000 = 0 THEN 'draft' WHEN i %% 1000 = 1 THEN 'consult' WHEN i %% 1000 = 2 THEN 'publicity' WHEN i %% 1000 < 10 THEN 'joint_review' WHEN i %% 6 = 0 THEN 'in_force' ELSE 'archived' END AS state,
       NOT (i %% 1000 < 10 OR i %% 6 = 0) AS over) s
ORDER BY i;
INSERT INTO form (case_id, form, normal) SELECT id, '{}', title FROM cases;
INSERT INTO case_party (unit, case_id, seq) SELECT unit, id, seq FROM cases;
INSERT INTO case_party (unit, case_id, seq) SELECT u, id, seq FROM cases, unnest(ARRAY['cz-leading-office', 'cz-finance']) u WHERE state <> 'draft' ON CONFLICT DO NOTHING;
INSERT INTO case_party (unit, case_id, seq) SELECT m.key, c.id, c.seq FROM cases c JOIN committee m ON m.n = c.seq %% (SELECT count(*) FROM committee) WHERE state <> 'draft' ON CONFLICT DO NOTHING;
INSERT INTO case_reader (person, case_id, seq) SELECT 'wang-fang', id, seq FROM cases WHERE seq %% 5000 = 7 AND state <> 'draft';
INSERT INTO task (id, case_id, ord, step, role, unit, round, state, outcome, opened_at, opened_by, term, due_at, ended_at, answered_by)
SELECT gen_random_uuid(), id, 0, 'register', 'city_office_clerk', 'cz-leading-office', 1, 'done', 'pass', created_at, id, 1, created_at + interval '2 days', created_at + (seq %% 3) * interval '1 day', 'chen-jing' FROM cases WHERE state <> 'draft';
INSERT INTO task (id, case_id, ord, step, role, unit, round, state, outcome, opened_at, opened_by, term, due_at, ended_at, answered_by)
SELECT gen_random_uuid(), id, 1, 'joint', 'finance_officer', 'cz-finance', 1, 'done', 'agree', created_at, id, 5, created_at + interval '7 days', created_at + (seq %% 8) * interval '1 day', 'qian-wei' FROM cases WHERE state <> 'draft';
INSERT INTO task (id, case_id, ord, step, role, unit, round, state, opened_at, opened_by, term, due_at)
SELECT gen_random_uuid(), id, 2, CASE state WHEN 'consult' THEN 'register' ELSE 'joint' END, CASE state WHEN 'consult' THEN 'city_office_clerk' ELSE 'finance_officer' END,
       CASE state WHEN 'consult' THEN 'cz-leading-office' ELSE 'cz-finance' END, 1, 'open', created_at, id, 5, due_at FROM cases WHERE due_at IS NOT NULL AND closed_at IS NULL AND state <> 'draft';
INSERT INTO decision (id, case_id, kind, actor, state_from, state_to, version, rules_at, decided_at) SELECT id, id, 'submit', applicant, 'draft', 'submitted', 2, rules_at, created_at FROM cases WHERE state = 'publicity';
INSERT INTO ruling (case_id, act, round, outcome, body, at, ord) SELECT id, id, 1, 'admit', '{"outcome":"admit","total_fen":5}', created_at, 1 FROM cases WHERE state = 'publicity';
ANALYZE;
`
