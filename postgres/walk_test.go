package postgres_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/config/embedded/embeddedtest"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

var testKey = postgrestest.Key

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// freshStore is a record of the test's own, and its database as a superuser sees it.
func freshStore(t *testing.T) (*postgres.Store, *sql.DB) {
	t.Helper()
	s, d := postgrestest.New(t)
	return s, postgrestest.DB(t, d.Super)
}

// One request, act by act, each repeated once: the second time it hears the first answer, byte for byte.
func TestOneRequestWalksFromDraftToTheEndOfItsTerm(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, db := freshStore(t)
	form := civic.AccessRequest{Name: "居民家庭人口抽样入户调查", Category: civic.Survey, Purpose: civic.NewItem, Basis: []civic.Basis{{Level: "city", Title: "关于开展调查的通知"}},
		Necessity: "x", WhyNotOwn: "x", Work: "x", PartPlayed: "assist", Communities: []string{"cz-tianning-diaozhuang-01"}, Duration: "phased",
		Start: "2027-02-01", End: "2027-12-31", Powers: "x", ExitWhen: "x", LegalReview: "x",
		Funding: civic.Funding{Kind: civic.FromLine, Line: "cz-human-resources-2026-1", Driver: civic.PerHousehold, Rate: 500, Total: 1173000}}
	body, _ := json.Marshal(form)
	id := "11111111-1111-4111-8111-111111111111"
	_, err := db.Exec(`INSERT INTO cases (id, procedure, route, title, unit, applicant, state, rules_at, calendar) VALUES ($1,'access','discretionary',$2,'cz-human-resources','wang-fang','draft',now(),1)`, id, form.Name)
	require.NoError(t, err)
	_, err = db.Exec(`INSERT INTO form (case_id, form, normal) VALUES ($1,$2,$3)`, id, body, form.Name)
	require.NoError(t, err)
	act := func(kind civic.ActKind, person, role, unit, task, outcome, opinion string, d civic.Details) civic.Outcome {
		key := civic.NewID(string(kind), person, task, outcome, opinion)
		a := civic.Act{ID: civic.NewID("act", person, key), Case: id, Procedure: civic.AccessProcedure, Kind: kind, Task: task, Actor: person, Outcome: outcome, Opinion: opinion,
			Details: d, Key: key, Route: "t", Hash: key, Grant: civic.NewID("sample grant", person, role, unit)}
		a.SealWith(testKey)
		out, err := s.Commit(ctx, a)
		require.NoError(t, err)
		if out.Refusal != nil {
			t.Fatalf("%s %s: %+v", kind, outcome, out.Refusal)
		}
		again, err := s.Commit(ctx, a)
		require.NoError(t, err)
		a1, _ := json.Marshal(out.Receipt)
		a2, _ := json.Marshal(again.Receipt)
		require.Equal(t, string(a1), string(a2))
		t.Log(kind, outcome, out.Receipt.State, out.Receipt.NextSeats)
		return out
	}
	task := func(step, unit string) string {
		var id string
		require.NoError(t, db.QueryRow(`SELECT id FROM task WHERE step = $1 AND state = 'open' AND ($2 = '' OR unit = $2) LIMIT 1`, step, unit).Scan(&id))
		return id
	}
	act(civic.ActSubmit, "wang-fang", "city_dept_clerk", "cz-human-resources", "", "", "", civic.Details{})
	act(civic.ActDecide, "chen-jing", "city_office_clerk", "cz-leading-office", task("register", ""), "pass", "", civic.Details{})
	act(civic.ActDecide, "chen-jing", "city_office_clerk", "cz-leading-office", task("examine", ""), "accept", "", civic.Details{})
	act(civic.ActDecide, "xu-jian", "city_office_director", "cz-leading-office", task("prereview", ""), "recommend", "", civic.Details{})

	act(civic.ActDecide, "liu-yang", "community_clerk", "cz-tianning-diaozhuang-01-committee", task("consult", "cz-tianning-diaozhuang-01-committee"), "support", "", civic.Details{})
	act(civic.ActDecide, "dai-xiaoyan", "street_clerk", "cz-tianning-diaozhuang-office", task("consult", ""), "support", "", civic.Details{})
	for _, r := range [][3]string{{"zhu-hong", "joint_reviewer", "cz-organisation"}, {"qian-wei", "finance_officer", "cz-finance"}, {"han-xue", "joint_reviewer", "cz-establishment"},
		{"cao-yang", "legal_reviewer", "cz-justice"}, {"pan-feng", "joint_reviewer", "cz-political-legal"}} {
		act(civic.ActDecide, r[0], r[1], r[2], task("joint", r[2]), "agree", "", civic.Details{})
	}
	act(civic.ActDecide, "liang-zhiyuan", "leading_group_chair", "cz-leading-group", task("decide", ""), "admit", "", civic.Details{})
	_, err = db.Exec("UPDATE clock SET shift = '20 days'")
	require.NoError(t, err)
	p, err := s.Progress(ctx, id)
	require.NoError(t, err)
	out, err := s.Commit(ctx, civic.Automatic(p, civic.AccessProcedure, civic.ActCloseNotice))
	require.NoError(t, err)
	require.Nil(t, out.Refusal)
	o := act(civic.ActDecide, "xu-ming", "city_office_clerk", "cz-leading-office", task("issue", ""), "issue", "", civic.Details{})
	t.Log(o.Receipt.Document, *o.Progress.ActsIn)
	_, err = db.Exec("UPDATE clock SET shift = '500 days'")
	require.NoError(t, err)
	out, err = s.Commit(ctx, civic.Automatic(o.Progress, civic.AccessProcedure, civic.ActExpire))
	require.NoError(t, err)
	require.Nil(t, out.Refusal)
	t.Log(out.Progress.State)
}
