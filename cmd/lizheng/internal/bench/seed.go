package bench

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	_ "github.com/lib/pq" // the driver
	"golang.org/x/sync/errgroup"

	"lizheng/civic/money"
	"lizheng/cmd/lizheng/internal/visitor"
)

//go:embed seed.sql
var seedText string

// seed fills a record with stored cases, each with its form, parties, task, decision, answer and line on the trail, as years
// of work would leave them: one in fifty waits for registration, one in ten is in force, the rest is archived. It goes past
// triggers and foreign keys and makes the indexes afterwards, so that a million takes minutes.
func seed(ctx context.Context, super string, cases int) error {
	u, err := url.Parse(super)
	if err != nil {
		return fmt.Errorf("read the address to seed: %w", err)
	}
	q := u.Query()
	for name, value := range map[string]string{"session_replication_role": "replica", "synchronous_commit": "off", "maintenance_work_mem": "512MB", "work_mem": "128MB"} {
		q.Set(name, value)
	}
	u.RawQuery = q.Encode()
	db, err := sql.Open("postgres", u.String())
	if err != nil {
		return err
	}
	defer db.Close()
	indexes, err := dropIndexes(ctx, db)
	if err != nil {
		return err
	}
	var fill []string
	for _, part := range strings.Split(seedText, "--: ")[1:] {
		_, statement, _ := strings.Cut(part, "\n")
		fill = append(fill, strings.ReplaceAll(statement, "{cases}", fmt.Sprint(cases)))
	}
	for _, statements := range [][]string{fill, indexes, {"VACUUM (ANALYZE)"}} {
		if err := beside(ctx, db, statements); err != nil {
			return err
		}
	}
	return nil
}

// beside runs statements beside each other, two at a time: one for each core of the smallest machine.
func beside(ctx context.Context, db *sql.DB, statements []string) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2)
	for _, s := range statements {
		group.Go(func() error {
			if _, err := db.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("seed: %w (%.80s …)", err, s)
			}
			return nil
		})
	}
	return group.Wait()
}

// dropIndexes drops the indexes that no constraint needs and returns how to make them again.
func dropIndexes(ctx context.Context, db *sql.DB) ([]string, error) {
	list, err := db.QueryContext(ctx, `
		SELECT c.relname, pg_get_indexdef(i.indexrelid)
		FROM pg_index i
		JOIN pg_class c ON c.oid = i.indexrelid
		WHERE NOT i.indisunique AND NOT i.indisexclusion AND i.indrelid::regclass::text IN ('cases', 'form', 'case_party', 'task', 'decision', 'answer', 'event')`)
	if err != nil {
		return nil, fmt.Errorf("list the indexes: %w", err)
	}
	defer list.Close()
	var names, makers []string
	for list.Next() {
		var name, maker string
		if err := list.Scan(&name, &maker); err != nil {
			return nil, err
		}
		names, makers = append(names, name), append(makers, maker)
	}
	if err := list.Err(); err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, nil
	}
	_, err = db.ExecContext(ctx, "DROP INDEX "+strings.Join(names, ", "))
	return makers, err
}

// The budget lines that drafts of the bench are paid from: several, as departments have.
const lines = 16

// drafts writes n drafts of Wang Fang's, ready to be submitted, and returns their ids. Writing drafts is not what is measured.
func drafts(ctx context.Context, super string, n int) ([]string, error) {
	form, err := json.Marshal(visitor.Form("", "", money.Fen(10_000), "cz-tianning-diaozhuang-01"))
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("postgres", super)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	run := fmt.Sprintf("%x", time.Now().UnixNano())
	list, err := db.QueryContext(ctx, draftsText, form, run, n, lines)
	if err != nil {
		return nil, fmt.Errorf("write drafts: %w", err)
	}
	defer list.Close()
	var out []string
	for list.Next() {
		var id string
		if err := list.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, list.Err()
}

const draftsText = `
WITH line AS (
    INSERT INTO budget_line (id, unit, year, subject, name, appropriated)
    SELECT 'bench-' || n, 'cz-human-resources', extract(year FROM now())::integer, '2080199', '压力测试' || n, 1000000000000
    FROM generate_series(0, $4::integer - 1) n
    ON CONFLICT DO NOTHING
), draft AS (
    SELECT gen_random_uuid() AS id, '居民需求抽样调查' || $2 || '第' || n || '项' AS name, n FROM generate_series(1, $3::integer) n
), kept AS (
    INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar)
    SELECT id, 'access', 'discretionary', name, 'cz-human-resources', 'wang-fang', 'draft', now(), (SELECT max(version) FROM calendar_version) FROM draft
    RETURNING id, seq
), party AS (
    INSERT INTO case_party (unit, case_id, seq) SELECT 'cz-human-resources', id, seq FROM kept
)
INSERT INTO form (case_id, form, normal)
SELECT id, jsonb_set(jsonb_set($1::jsonb, '{name}', to_jsonb(name)), '{funding,line}', to_jsonb('bench-' || n % $4::integer)), name FROM draft
RETURNING case_id`
