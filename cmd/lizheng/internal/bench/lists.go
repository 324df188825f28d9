package bench

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"time"

	"lizheng/cmd/lizheng/internal/visitor"
)

// listing is the first page of one list, through the door and as a query written by hand for this very case.
type listing struct {
	name, login, path string
	query             string
}

const caseLine = `c.id, c.seq, c.number, c.procedure, c.route, c.title, c.unit, c.applicant, c.state, c.version, c.round, c.next_seats, c.due_at, c.acts_at,
	c.deadline, c.paused_at, c.rules_at, c.calendar, c.created_at, c.updated_at, c.closed_at`

var listings = []listing{
	{"inbox of the office's clerk", "chen.jing", "/tasks?limit=20", `
		SELECT t.id, t.case_id, t.step, t.role, t.unit, t.person, t.round, t.state, t.claimed_by, t.read_at, t.opened_at, t.term, t.due_at, t.urged, ` + caseLine + `
		FROM task t JOIN cases c ON c.id = t.case_id
		WHERE t.unit = 'cz-leading-office' AND t.role = 'city_office_clerk' AND t.state = 'open'
		ORDER BY t.due_at, t.id LIMIT 21`},
	{"cases, of somebody who sees all", "chen.jing", "/cases?limit=20", `
		SELECT ` + caseLine + ` FROM cases c WHERE c.state <> 'draft' ORDER BY c.seq DESC LIMIT 21`},
	{"cases, of a department's clerk", "wang.fang", "/cases?limit=20", `
		SELECT ` + caseLine + ` FROM case_party p JOIN cases c ON c.id = p.case_id
		WHERE p.unit = 'cz-human-resources' ORDER BY p.seq DESC LIMIT 21`},
	{"cases by words of the title", "chen.jing", "/cases?limit=20&text=%E9%9C%80%E6%B1%82%E8%B0%83%E6%9F%A5", `
		SELECT ` + caseLine + ` FROM cases c WHERE c.grams @> ARRAY['需求', '求调', '调查'] AND c.state <> 'draft' ORDER BY c.seq DESC LIMIT 21`},
}

// Listed is how long one list takes.
type Listed struct {
	List    string  `json:"list"`
	P50     float64 `json:"p50_ms"`
	P99     float64 `json:"p99_ms"`
	BareP50 float64 `json:"bare_sql_p50_ms"`
	BareP99 float64 `json:"bare_sql_p99_ms"`
	Times   float64 `json:"times_bare"`
}

// list measures every list, taking turns with the bare query.
func list(ctx context.Context, place Place, password string, turns int) ([]Listed, error) {
	db, err := sql.Open("postgres", place.Super)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	client := &http.Client{}
	people := map[string]*visitor.Visitor{}
	var out []Listed
	for _, l := range listings {
		if people[l.login] == nil {
			if people[l.login], err = visitor.SignIn(ctx, client, place.Door, l.login, password); err != nil {
				return nil, err
			}
		}
		measured, err := l.measure(ctx, db, people[l.login], turns)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		out = append(out, measured)
	}
	return out, nil
}

// pace keeps one visitor below what the door lets a session ask.
const pace = 22 * time.Millisecond

func (l listing) measure(ctx context.Context, db *sql.DB, v *visitor.Visitor, turns int) (Listed, error) {
	query, err := db.PrepareContext(ctx, l.query)
	if err != nil {
		return Listed{}, err
	}
	defer query.Close()
	var through, direct []time.Duration
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for turn := -turns / 10; turn < turns; turn++ { // the first few only warm up
		<-tick.C
		began := time.Now()
		if err := drain(ctx, query); err != nil {
			return Listed{}, err
		}
		bare := time.Since(began)
		began = time.Now()
		reply, err := v.Send(ctx, http.MethodGet, l.path, "", nil)
		if err == nil {
			err = reply.Read(nil)
		}
		if err != nil {
			return Listed{}, err
		}
		if turn >= 0 {
			through, direct = append(through, time.Since(began)), append(direct, bare)
		}
	}
	out := Listed{List: l.name, P50: ms(quantile(through, 0.5)), P99: ms(quantile(through, 0.99)), BareP50: ms(quantile(direct, 0.5)), BareP99: ms(quantile(direct, 0.99))}
	out.Times = out.P50 / out.BareP50
	return out, nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// drain reads everything a query gives, as a program that uses it would.
func drain(ctx context.Context, query *sql.Stmt) error {
	rows, err := query.QueryContext(ctx)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	for i := range values {
		values[i] = new(sql.RawBytes)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
