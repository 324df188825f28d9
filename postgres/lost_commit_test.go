package postgres_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// through opens a second store on the story's database, behind a proxy.
func (s *story) through(dsn string, connections int) (*proxy, *postgres.Store) {
	s.t.Helper()
	p, dsn := between(s.t, dsn)
	far, err := postgres.Open(s.t.Context(), dsn, testKey, connections)
	require.NoError(s.t, err)
	s.t.Cleanup(func() { _ = far.Close() }) // its connections may have been cut
	return p, far
}

// freshStory is a city in which nothing has happened.
func freshStory(t *testing.T) (*story, postgrestest.Database) {
	t.Helper()
	store, d := postgrestest.New(t)
	return &story{t: t, store: store, super: postgrestest.DB(t, d.Super)}, d
}

// sealed is an act as the desk seals it.
func sealed(id string, kind civic.ActKind, who holder, task, outcome, key string) civic.Act {
	a := civic.Act{ID: civic.NewID("act", who.person, key), Case: id, Procedure: civic.AccessProcedure, Kind: kind, Task: task, Actor: who.person, Grant: who.grant,
		Outcome: outcome, Opinion: "理由充分", Key: key, Route: "test", Hash: key}
	a.SealWith(testKey)
	return a
}

func (s *story) task(id, step string) (task string) {
	s.t.Helper()
	require.NoError(s.t, s.super.QueryRow(`SELECT id FROM task WHERE case_id = $1 AND step = $2 AND state = 'open'`, id, step).Scan(&task))
	return task
}

func TestACommitWhoseReplyIsLostIsLookedUpAndAnswered(t *testing.T) {
	t.Parallel()
	s, d := freshStory(t)
	p, far := s.through(d.App, 4)
	id := s.draft("回执丢失的入户调查", true)
	act := sealed(id, civic.ActSubmit, s.of("wang-fang"), "", "", "k1")
	p.commit.Store(cutReply)
	out, err := far.Commit(t.Context(), act)
	require.NoError(t, err)
	require.EqualValues(t, 1, p.cuts.Load())
	require.Nil(t, out.Refusal)
	require.Equal(t, civic.Submitted, out.Receipt.State)
	require.Equal(t, civic.Submitted, out.Progress.State)
	again, err := far.Commit(t.Context(), act)
	require.NoError(t, err)
	require.Equal(t, out.Receipt, again.Receipt)
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM decision`))
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM event WHERE act = $1`, act.ID))
}

func TestACommitThatNeverArrivedIsNoAnswerAndIsDoneAgainOnce(t *testing.T) {
	t.Parallel()
	s, d := freshStory(t)
	p, far := s.through(d.App, 4)
	id := s.draft("请求丢失的入户调查", true)
	act := sealed(id, civic.ActSubmit, s.of("wang-fang"), "", "", "k1")
	p.commit.Store(cutRequest)
	_, err := far.Commit(t.Context(), act)
	require.Error(t, err)
	require.Nil(t, civic.AsRefusal(err), "not known is not refused")
	require.Zero(t, count(t, s.super, `SELECT count(*) FROM decision`))
	out, err := far.Commit(t.Context(), act)
	require.NoError(t, err)
	require.Equal(t, civic.Submitted, out.Receipt.State)
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM decision`))
}

func TestARefusalWhoseReplyIsLostStaysTheSameRefusal(t *testing.T) {
	t.Parallel()
	s, d := freshStory(t)
	p, far := s.through(d.App, 4)
	id := s.draft("经费不足的入户调查", false)
	exec(t, s.super, `UPDATE budget_line SET appropriated = 1 WHERE id = $1`, sampleLine)
	act := sealed(id, civic.ActSubmit, s.of("wang-fang"), "", "", "k1")
	p.commit.Store(cutReply) // the first COMMIT is the one that stores the refusal
	out, err := far.Commit(t.Context(), act)
	require.NoError(t, err)
	require.EqualValues(t, 1, p.cuts.Load())
	require.Equal(t, "budget_short", out.Refusal.Code)
	exec(t, s.super, `UPDATE budget_line SET appropriated = 100000000000 WHERE id = $1`, sampleLine)
	again, err := far.Commit(t.Context(), act)
	require.NoError(t, err)
	require.Equal(t, "budget_short", again.Refusal.Code, "the same key hears the same, whatever changed since")
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM event WHERE act = $1 AND result = 'refused'`, act.ID))
}

func TestADeedWhoseReplyIsLostIsLookedUpAndAnswered(t *testing.T) {
	t.Parallel()
	s, d := freshStory(t)
	p, far := s.through(d.App, 4)
	n := civic.NewGrant{Person: "sun-lei", Role: civic.Supervisor, Unit: "cz-efficiency-office"}
	p.commit.Store(cutReply)
	g, err := far.ProposeGrant(t.Context(), security("an-quanming", "k"), n)
	require.NoError(t, err)
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM role_grant WHERE id = $1`, g.ID))

	p.commit.Store(cutRequest)
	_, err = far.ConfirmGrant(t.Context(), security("ning-jing", "k"), g.ID)
	requireRefused(t, err, "unknown")
	require.Zero(t, count(t, s.super, `SELECT count(*) FROM answer WHERE actor = 'ning-jing'`))
	g, err = far.ConfirmGrant(t.Context(), security("ning-jing", "k"), g.ID)
	require.NoError(t, err)
	require.Equal(t, "ning-jing", g.ConfirmedBy)
	require.EqualValues(t, 2, p.cuts.Load())
}

// A client on a bad line asks again with the same key until it hears something. Everything must have happened once.
func TestManyActsOverABadLineHappenOnceEach(t *testing.T) {
	t.Parallel()
	s, d := freshStory(t)
	p, far := s.through(d.App, 6)
	exec(t, s.super, `UPDATE budget_line SET appropriated = 100000000000 WHERE id = $1`, sampleLine)
	who := s.of("wang-fang")
	acts := make([]civic.Act, 60)
	for i := range acts {
		acts[i] = sealed(s.draft(fmt.Sprintf("第%d号线路不良的调查", i), i%2 == 0), civic.ActSubmit, who, "", "", fmt.Sprint("k", i))
	}
	p.lose(0.03)
	var unknown atomic.Int64
	var all sync.WaitGroup
	for worker := range 6 {
		all.Go(func() {
			for i := worker; i < len(acts); i += 6 {
				for try := 0; ; try++ {
					out, err := far.Commit(t.Context(), acts[i])
					if err == nil && out.Refusal == nil {
						break
					}
					if err == nil || try > 50 {
						t.Errorf("act %d: %v %v", i, out.Refusal, err)
						return
					}
					unknown.Add(1)
				}
			}
		})
	}
	all.Wait()
	p.lose(0)
	t.Log("asked again:", unknown.Load())
	require.NotZero(t, unknown.Load(), "the line was bad")
	require.Equal(t, len(acts), count(t, s.super, `SELECT count(*) FROM decision`))
	require.Equal(t, len(acts), count(t, s.super, `SELECT count(DISTINCT case_id) FROM decision`))
	require.Equal(t, len(acts)/2, count(t, s.super, `SELECT count(*) FROM movement`))
	require.Equal(t, len(acts), count(t, s.super, `SELECT count(*) FROM event WHERE kind = 'submit'`))
	require.Equal(t, len(acts), count(t, s.super, `SELECT last FROM counter WHERE name = 'case access'`), "no number was lost either")
	report, err := s.store.VerifyChain(t.Context())
	require.NoError(t, err)
	require.True(t, report.Sound)
}

// lib/pq with database/sql repeats a statement whose reply was lost, outside a transaction: without a word, and doubled.
func TestNothingIsWrittenOutsideATransaction(t *testing.T) {
	t.Parallel()
	generated, err := filepath.Glob("rows/*.sql.go")
	require.NoError(t, err)
	writes := map[string]bool{}
	statement := regexp.MustCompile("(?s)-- name: (\\w+) :\\w+\n(.*?)`")
	for _, name := range generated {
		body, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, m := range statement.FindAllStringSubmatch(string(body), -1) {
			if regexp.MustCompile(`(?im)^\s*(INSERT|UPDATE|DELETE)\b|post_movement|pg_notify`).MatchString(m[2]) {
				writes[m[1]] = true
			}
		}
	}
	require.Greater(t, len(writes), 50)
	sources, err := filepath.Glob("*.go")
	require.NoError(t, err)
	call := regexp.MustCompile(`\bs\.(?:q|beside)\.(\w+)\(`)
	direct := regexp.MustCompile(`(?s)\bs\.(?:db|side)\.(?:Exec|Query|QueryRow)(?:Context)?\([^)]{0,40}(?i:INSERT|UPDATE|DELETE)\b`)
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		body, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, m := range call.FindAllSubmatch(body, -1) {
			require.False(t, writes[string(m[1])], "%s calls %s outside a transaction", name, m[1])
		}
		require.False(t, direct.Match(body), "%s writes outside a transaction", name)
	}
}
