package postgres_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/civic/names"
	"lizheng/civic/space"
	"lizheng/config/changzhou"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/postgres"
)

// story is a record in which cases went every way: admitted with money and without, ended, refused, withdrawn, under way.
type story struct {
	t     *testing.T
	store *postgres.Store
	super *sql.DB
	days  int // the record's clock is this far ahead
	acts  int
}

// address is a database of the tests' cluster as a user.
func address(t *testing.T, user, database string) string {
	t.Helper()
	u, err := url.Parse(embeddedtest.Postgres(t))
	require.NoError(t, err)
	q := u.Query()
	q.Set("user", user)
	u.Path, u.RawQuery = "/"+database, q.Encode()
	return u.String()
}

func superuser(t *testing.T, database string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", address(t, "postgres", database))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// database makes a database, from a template or from nothing, that the test removes.
func database(t *testing.T, name, template string) {
	t.Helper()
	admin := superuser(t, "postgres")
	_, err := admin.Exec("CREATE DATABASE " + name + " OWNER lizheng_owner TEMPLATE " + template)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
		require.NoError(t, err)
	})
}

var numbered struct {
	sync.Mutex
	n int
}

func unique(prefix string) string {
	numbered.Lock()
	defer numbered.Unlock()
	numbered.n++
	return fmt.Sprintf("%s_%d_%d", prefix, time.Now().UnixNano(), numbered.n)
}

// told is a database that holds the whole story, for cloning.
func told(t *testing.T) string {
	t.Helper()
	name := unique("told")
	database(t, name, "template0")
	require.NoError(t, postgres.Migrate(t.Context(), address(t, "lizheng_owner", name), slog.New(slog.DiscardHandler)))
	owner, err := postgres.Open(t.Context(), address(t, "lizheng_owner", name), nil, 1)
	require.NoError(t, err)
	profile, err := changzhou.Load()
	require.NoError(t, err)
	require.NoError(t, owner.LoadProfile(t.Context(), profile.Civic(), &postgres.SampleAccounts{Password: "x"}))
	require.NoError(t, owner.Close())
	store, err := postgres.Open(t.Context(), address(t, "lizheng_app", name), testKey, 4)
	require.NoError(t, err)
	super, err := sql.Open("postgres", address(t, "postgres", name))
	require.NoError(t, err)
	s := &story{t: t, store: store, super: super}
	s.tell()
	require.NoError(t, super.Close())
	require.NoError(t, store.Close()) // a template has no connections
	return name
}

func (s *story) tell() {
	s.t.Helper()
	under := s.draft("居民养老服务需求入户调查", false)
	s.submit(under)
	s.answer(under, "register", "pass")
	s.draft("从未提交的草稿事项调查", false)
	poor := s.draft("经费不足的全市入户大调查", false)
	s.exec(`UPDATE form SET form = jsonb_set(jsonb_set(form, '{funding,rate_fen}', '900000'), '{funding,total_fen}',
		to_jsonb((form #>> '{funding,total_fen}')::bigint / 500 * 900000)) WHERE case_id = $1`, poor)
	require.Equal(s.t, "budget_short", s.refused(poor, civic.ActSubmit))
	gone := s.draft("申请人撤回的入户调查", false)
	s.submit(gone)
	s.answer(gone, "register", "pass")
	s.act(gone, civic.ActWithdraw, s.of("wang-fang"), "", "", civic.Details{})
	lapsed := s.draft("逾期没有补正的入户调查", false)
	s.submit(lapsed)
	s.answer(lapsed, "register", "pass")
	s.answer(lapsed, "examine", "return")
	issued, free, ended := s.admitted("居民家庭人口抽样入户调查", false), s.admitted("社区宣传海报张贴登记", true), s.admitted("今年结束的抽样入户调查", false)
	s.later(20) // the notices are over, the correction did not come
	for _, id := range []string{issued, free, ended} {
		s.answer(id, "issue", "issue")
	}
	s.later(90) // all three are in force
	s.act(ended, civic.ActSuspend, s.of("xu-jian"), "", "", civic.Details{})
	s.act(ended, civic.ActProposeExit, s.of("xu-jian"), "", "", civic.Details{Trigger: "duplicate"})
	s.supplement()
	s.estates()
	s.layouts()
	s.act(issued, civic.ActCopy, s.of("chen-jing"), "", "", civic.Details{Person: "qian-wei"})
	s.settle()
	for n := 1; n > 0; {
		var err error
		n, err = s.store.Deliver(s.t.Context())
		require.NoError(s.t, err)
	}
	_, err := s.store.Checkpoints(s.t.Context())
	require.NoError(s.t, err)
}

// supplement makes up for the rooms of a community that has none, from the district's money, in two parts.
func (s *story) supplement() {
	s.t.Helper()
	form := civic.Supplement{SupplementForm: civic.SupplementForm{Region: "cz-tianning-hongmei-03", Means: civic.FromPurchase, Area: 600_00, Address: "红梅路9号", Storey: 1, Cost: 200_000_000,
		Money: "区级财政", Ready: time.Now().AddDate(0, 0, s.days+200).Format(time.DateOnly), Why: "老旧小区未配建"}}
	body, err := json.Marshal(form)
	require.NoError(s.t, err)
	id := civic.NewID(s.t.Name(), "supplement")
	s.exec(`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar)
		VALUES ($1, 'supplement', '', '存量补足', 'cz-tianning-hongmei-office', 'wan-peng', 'draft', now(), 1)`, id)
	s.exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, $2, 'x')`, id, body)
	s.act(id, civic.ActSubmit, s.of("wan-peng"), "", "", civic.Details{})
	room := func(name string, area space.Area) civic.Details {
		return civic.Details{Supplement: &civic.SupplementDetails{Rooms: []civic.MeasuredRoom{{Name: name, Area: area, Storey: 1, Uses: []string{"office"}, State: civic.RoomInUse, TitleKind: civic.NoTitle}}}}
	}
	for _, a := range []struct {
		person, step, outcome string
		details               civic.Details
	}{
		{"zhuo-qun", "supply_review", "agree", civic.Details{}}, {"jiang-hua", "supply_approve", "approve", civic.Details{BudgetLine: "cz-tianning-government-2026-1"}},
		{"wan-peng", "supply_build", "done", civic.Details{}}, {"lian-he", "supply_accept", "part", room("红梅路9号101室", 400_00)},
		{"wan-peng", "supply_build", "done", civic.Details{}}, {"lian-he", "supply_accept", "pass", room("红梅路9号102室", 195_00)},
	} {
		var task string
		require.NoError(s.t, s.super.QueryRow(`SELECT id FROM task WHERE case_id = $1 AND step = $2 AND state = 'open'`, id, a.step).Scan(&task))
		s.act(id, civic.ActDecide, s.of(a.person), task, a.outcome, a.details)
	}
}

// admitted brings a case up to its public notice.
func (s *story) admitted(name string, free bool) string {
	id := s.draft(name, free)
	s.submit(id)
	s.answer(id, "register", "pass")
	s.answer(id, "examine", "accept")
	s.answer(id, "prereview", "recommend")
	s.answerAll(id, "consult", "support")
	s.answerAll(id, "joint", "agree")
	s.answer(id, "decide", "admit")
	return id
}

// draft writes a draft of Wang Fang's, paid for from her line or free of cost, with one child.
func (s *story) draft(name string, free bool) string {
	s.t.Helper()
	now := time.Now().AddDate(0, 0, s.days)
	form := civic.AccessRequest{Name: name, Category: civic.Survey, Purpose: civic.NewItem, Basis: []civic.Basis{{Level: "city", Title: "关于开展调查的通知"}},
		Children:  []civic.Child{{Category: civic.LedgerItem, Name: name + "台账"}},
		Necessity: "必要", WhyNotOwn: "熟悉居民", Work: "入户", PartPlayed: "assist", Communities: []string{"cz-tianning-diaozhuang-01"}, Duration: "phased",
		Start: now.AddDate(0, 0, 80).Format(time.DateOnly), End: now.AddDate(0, 0, 300).Format(time.DateOnly), Powers: "查阅名册", ExitWhen: "完成", LegalReview: "合法",
		Funding: civic.Funding{Kind: civic.ZeroCost, Statement: "只张贴海报"}}
	if !free {
		var households int64
		require.NoError(s.t, s.super.QueryRow(`SELECT households FROM region WHERE key = $1`, form.Communities[0]).Scan(&households))
		form.Funding = civic.Funding{Kind: civic.FromLine, Line: "cz-human-resources-2026-1", Driver: civic.PerHousehold, Rate: 500, Total: money.Fen(500 * households)}
	}
	body, err := json.Marshal(form)
	require.NoError(s.t, err)
	id := civic.NewID(s.t.Name(), name)
	s.exec(`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar)
		VALUES ($1, 'access', 'discretionary', $2, 'cz-human-resources', 'wang-fang', 'draft', now(), 1)`, id, name)
	s.exec(`INSERT INTO form (case_id, form, normal) VALUES ($1, $2, $3)`, id, body, names.Normal(name))
	return id
}

func (s *story) exec(statement string, args ...any) {
	s.t.Helper()
	_, err := s.super.Exec(statement, args...)
	require.NoError(s.t, err)
}

// holder is a person under one of their grants.
type holder struct{ person, grant string }

// of is a person under any of their grants.
func (s *story) of(person string) holder {
	s.t.Helper()
	h := holder{person: person}
	require.NoError(s.t, s.super.QueryRow(`SELECT id FROM role_grant WHERE person = $1 ORDER BY role LIMIT 1`, person).Scan(&h.grant))
	return h
}

func (s *story) commit(id string, kind civic.ActKind, who holder, task, outcome string, d civic.Details) civic.Outcome {
	s.t.Helper()
	s.acts++
	key := fmt.Sprintf("story-%d", s.acts)
	procedure := civic.AccessProcedure
	require.NoError(s.t, s.super.QueryRow(`SELECT procedure FROM cases WHERE id = $1`, id).Scan(&procedure))
	a := civic.Act{ID: civic.NewID("act", who.person, key), Case: id, Procedure: procedure, Kind: kind, Task: task, Actor: who.person, Grant: who.grant,
		Outcome: outcome, Opinion: "理由充分", Details: d, Key: key, Route: "story", Hash: key}
	a.SealWith(testKey)
	out, err := s.store.Commit(s.t.Context(), a)
	require.NoError(s.t, err)
	return out
}

func (s *story) act(id string, kind civic.ActKind, who holder, task, outcome string, d civic.Details) {
	s.t.Helper()
	out := s.commit(id, kind, who, task, outcome, d)
	require.Nil(s.t, out.Refusal, "%s %s", kind, outcome)
}

func (s *story) submit(id string) {
	s.t.Helper()
	s.act(id, civic.ActSubmit, s.of("wang-fang"), "", "", civic.Details{})
}

func (s *story) refused(id string, kind civic.ActKind) string {
	s.t.Helper()
	out := s.commit(id, kind, s.of("wang-fang"), "", "", civic.Details{})
	require.NotNil(s.t, out.Refusal)
	return out.Refusal.Code
}

// answer answers the first open task of a step by somebody of the seat whom nothing bars; those who are barred are refused first.
func (s *story) answer(id, step, outcome string) {
	s.t.Helper()
	var task string
	var holders []holder
	list, err := s.super.Query(`
		SELECT t.id, g.person, g.id
		FROM task t
		JOIN role_grant g ON g.role = t.role AND g.unit = t.unit AND t.person IN ('', g.person)
		WHERE t.case_id = $1 AND t.step = $2 AND t.state = 'open'
		ORDER BY t.ord, g.person`, id, step)
	require.NoError(s.t, err)
	defer list.Close()
	for list.Next() {
		var of string
		var h holder
		require.NoError(s.t, list.Scan(&of, &h.person, &h.grant))
		if task == "" {
			task = of
		}
		if of == task {
			holders = append(holders, h)
		}
	}
	require.NoError(s.t, list.Err())
	d := civic.Details{}
	if outcome == "return" {
		d.Gaps = []string{"缺少经费测算"}
	}
	for _, h := range holders {
		out := s.commit(id, civic.ActDecide, h, task, outcome, d)
		if out.Refusal == nil {
			return
		}
		require.Equal(s.t, "separation_of_duties", out.Refusal.Rule, "%s %s by %s: %v", step, outcome, h.person, out.Refusal)
	}
	require.Fail(s.t, "nobody can answer", "%s of %s", step, id)
}

func (s *story) answerAll(id, step, outcome string) {
	s.t.Helper()
	for open := 1; open > 0; {
		require.NoError(s.t, s.super.QueryRow(`SELECT count(*) FROM task WHERE case_id = $1 AND step = $2 AND state = 'open'`, id, step).Scan(&open))
		if open > 0 {
			s.answer(id, step, outcome)
		}
	}
}

// later lets days go by, and the system do what is due then.
func (s *story) later(days int) {
	s.t.Helper()
	s.days += days
	s.exec(`UPDATE clock SET shift = make_interval(days => $1)`, s.days)
	s.settle()
}

// settle does what is due by itself, as the workflows do.
func (s *story) settle() {
	s.t.Helper()
	ctx := context.Background()
	require.NoError(s.t, s.store.Open(ctx, func(c postgres.CaseRef) error {
		for {
			p, err := s.store.Progress(ctx, c.ID)
			if err != nil {
				return err
			}
			kind := civic.ActRemind
			if auto := civic.Definitions[c.Procedure].Automatic(p.State); p.ActsIn != nil && *p.ActsIn == 0 && auto != "" {
				kind = auto
			} else if p.RemindIn == nil || *p.RemindIn > 0 {
				return nil
			}
			out, err := s.store.Commit(ctx, civic.Automatic(p, c.Procedure, kind))
			if err != nil {
				return err
			}
			require.Nil(s.t, out.Refusal)
		}
	}))
}

// name of one check among those that found something.
func broken(list []postgres.Checked) []string {
	out := []string{}
	for _, c := range list {
		if c.Broken > 0 {
			out = append(out, c.Promise+" "+c.Check)
		}
	}
	return out
}

func explained(list []postgres.Checked) string {
	var out strings.Builder
	for _, c := range list {
		for _, f := range c.Findings {
			fmt.Fprintf(&out, "%s %s: %s %s\n", f.Promise, f.Check, f.Row, f.Figures)
		}
	}
	return out.String()
}
