package postgres_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/postgres/rows"
)

// atOnce commits all acts at the same moment.
func atOnce(t *testing.T, s *postgres.Store, acts ...civic.Act) []civic.Outcome {
	t.Helper()
	out, errs := make([]civic.Outcome, len(acts)), make([]error, len(acts))
	var all sync.WaitGroup
	begin := make(chan struct{})
	for i, a := range acts {
		all.Go(func() {
			<-begin
			out[i], errs[i] = s.Commit(context.Background(), a)
		})
	}
	close(begin)
	all.Wait()
	require.NoError(t, errors.Join(errs...))
	return out
}

func accepted(list []civic.Outcome) (n int) {
	for _, o := range list {
		if o.Refusal == nil {
			n++
		}
	}
	return n
}

func TestOfManyForOneBudgetLineAsManyAreAcceptedAsItCarries(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	const cases, carried = 16, 5
	var each int64
	acts := make([]civic.Act, cases)
	for i := range acts {
		id := s.draft(fmt.Sprintf("第%d号争取经费的调查", i), false)
		require.NoError(t, s.super.QueryRow(`SELECT (form #>> '{funding,total_fen}')::bigint FROM form WHERE case_id = $1`, id).Scan(&each))
		acts[i] = sealed(id, civic.ActSubmit, s.of("wang-fang"), "", "", fmt.Sprint("k", i))
	}
	exec(t, s.super, `UPDATE budget_line SET appropriated = $2 WHERE id = $1`, sampleLine, carried*each+each-1)
	out := atOnce(t, s.store, acts...)
	require.Equal(t, carried, accepted(out))
	for _, o := range out {
		if o.Refusal != nil {
			require.Equal(t, "budget_short", o.Refusal.Code)
		}
	}
	var reserved, moved int64
	require.NoError(t, s.super.QueryRow(`SELECT reserved FROM budget_line WHERE id = $1`, sampleLine).Scan(&reserved))
	require.NoError(t, s.super.QueryRow(`SELECT sum(amount) FROM movement WHERE line = $1`, sampleLine).Scan(&moved))
	require.Equal(t, carried*each, reserved)
	require.Equal(t, reserved, moved, "the counter and its ledger agree to the fen")
	require.Equal(t, carried, count(t, s.super, `SELECT count(*) FROM cases WHERE number IS NOT NULL`))
}

// deliberated brings a free case before the chair.
func (s *story) deliberated(name string) string {
	id := s.draft(name, true)
	s.submit(id)
	for _, x := range [][2]string{{"register", "pass"}, {"examine", "accept"}, {"prereview", "recommend"}} {
		s.answer(id, x[0], x[1])
	}
	s.answerAll(id, "consult", "support")
	s.answerAll(id, "joint", "agree")
	return id
}

// rounds is how often a race of two is run.
func rounds() int {
	if testing.Short() {
		return 10
	}
	return 100
}

func TestOfAdmittingAndWithdrawingExactlyOneWins(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	wins := map[civic.State]int{}
	for i := range rounds() {
		id := s.deliberated(fmt.Sprintf("第%d号边批边撤的调查", i))
		admit := sealed(id, civic.ActDecide, s.of("liang-zhiyuan"), s.task(id, "decide"), "admit", fmt.Sprint("a", i))
		withdraw := sealed(id, civic.ActWithdraw, s.of("wang-fang"), "", "", fmt.Sprint("w", i))
		acts := []civic.Act{admit, withdraw}
		if i%2 == 1 {
			slices.Reverse(acts)
		}
		out := atOnce(t, s.store, acts...)
		require.Equal(t, 1, accepted(out), "round %d: %v %v", i, out[0].Refusal, out[1].Refusal)
		for _, o := range out {
			if o.Refusal == nil {
				wins[o.Receipt.State]++
				require.Equal(t, string(o.Receipt.State), s.state(id))
			} else {
				require.Equal(t, civic.Conflict, o.Refusal.Kind)
			}
		}
	}
	t.Log(wins)
	require.Equal(t, rounds(), wins[civic.Publicity]+wins[civic.Withdrawn])
}

func (s *story) state(id string) (state string) {
	s.t.Helper()
	require.NoError(s.t, s.super.QueryRow(`SELECT state FROM cases WHERE id = $1`, id).Scan(&state))
	return state
}

func TestOfTwoOppositeAnswersToOneTaskExactlyOneCounts(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	for i := range rounds() / 2 {
		id := s.draft(fmt.Sprintf("第%d号意见相反的调查", i), true)
		s.submit(id)
		s.answer(id, "register", "pass")
		task := s.task(id, "examine")
		accept := sealed(id, civic.ActDecide, s.of("chen-jing"), task, "accept", fmt.Sprint("a", i))
		returned := sealed(id, civic.ActDecide, s.of("xu-ming"), task, "return", fmt.Sprint("r", i))
		returned.Details.Gaps = []string{"缺少经费测算"}
		returned.SealWith(testKey)
		out := atOnce(t, s.store, accept, returned)
		require.Equal(t, 1, accepted(out), "%v %v", out[0].Refusal, out[1].Refusal)
		require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM decision WHERE task_id = $1`, task))
		for _, o := range out {
			if o.Refusal == nil {
				require.Equal(t, string(o.Receipt.State), s.state(id))
			}
		}
	}
}

func TestOneActFromManySidesIsOneDecisionAndOneAnswer(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	id := s.draft("同一操作重复提交的调查", false)
	exec(t, s.super, `UPDATE budget_line SET appropriated = 100000000000 WHERE id = $1`, sampleLine)
	act := sealed(id, civic.ActSubmit, s.of("wang-fang"), "", "", "k")
	acts := make([]civic.Act, 8)
	for i := range acts {
		acts[i] = act
	}
	var bodies []string
	for _, o := range atOnce(t, s.store, acts...) {
		body, err := json.Marshal(o.Receipt)
		require.NoError(t, err)
		bodies = append(bodies, string(body))
	}
	require.Len(t, slices.Compact(bodies), 1, "byte for byte: %v", bodies)
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM decision`))
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM movement`))
	require.Equal(t, 1, count(t, s.super, `SELECT count(*) FROM event WHERE act = $1`, act.ID))

	other := sealed(id, civic.ActWithdraw, s.of("wang-fang"), "", "", "k")
	other.Hash = "another question"
	other.SealWith(testKey)
	out, err := s.store.Commit(t.Context(), other)
	require.NoError(t, err)
	require.Equal(t, act.Hash, out.Hash, "under a used key the first question's answer is found, which the desk refuses to give to another")
	require.Equal(t, string(civic.Submitted), s.state(id))
}

var errForced = errors.New("forced")

func TestNumbersOfDocumentsHaveNoGapsThoughManyAreRolledBack(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	const wanted = 64
	dice := rand.New(rand.NewPCG(7, 7))
	fails := make([]bool, wanted)
	for i := range fails {
		fails[i] = dice.Float64() < 0.3
	}
	take := func(i int, fail bool) error {
		return s.store.Within(context.Background(), func(_ *sql.Tx, q *rows.Queries) error {
			n, err := q.NextNumber(context.Background(), rows.NextNumberParams{Name: "document 常试发", Year: 2026})
			if err != nil {
				return err
			}
			err = q.InsertDocument(context.Background(), rows.InsertDocumentParams{Mark: "常试发", Year: 2026, Number: n, Unit: "cz-leading-office", Act: civic.NewID(fmt.Sprint(i)), Title: "通知", IssuedAt: s.store.Now()})
			if err == nil && fail {
				return errForced
			}
			return err
		})
	}
	errs := make([]error, wanted)
	var all sync.WaitGroup
	for i := range wanted {
		all.Go(func() { errs[i] = take(i, fails[i]) })
	}
	all.Wait()
	want := 0
	for i, err := range errs {
		if fails[i] {
			require.ErrorIs(t, err, errForced)
		} else {
			require.NoError(t, err)
			want++
		}
	}
	require.Less(t, want, wanted)
	require.Equal(t, want, count(t, s.super, `SELECT count(*) FROM document WHERE mark = '常试发'`))
	require.Equal(t, want, count(t, s.super, `SELECT max(number) FROM document WHERE mark = '常试发'`), "1 to n, nothing left out")
	require.Equal(t, want, count(t, s.super, `SELECT last FROM counter WHERE name = 'document 常试发'`))
}

// ledger is a line of 1,000 fen with one decision that movements may name.
func (s *story) ledger() (post func(id string) (bool, error)) {
	s.t.Helper()
	id := s.draft("台账测试调查", true)
	s.submit(id)
	exec(s.t, s.super, `INSERT INTO budget_line (id, unit, year, subject, name, appropriated) VALUES ('small', 'cz-finance', 2026, 'x', 'x', 1000)`)
	var act string
	require.NoError(s.t, s.super.QueryRow(`SELECT id FROM decision WHERE case_id = $1`, id).Scan(&act))
	return func(movement string) (posted bool, err error) {
		err = s.store.Within(context.Background(), func(_ *sql.Tx, q *rows.Queries) error {
			posted, err = q.PostMovement(context.Background(), rows.PostMovementParams{Column1: civic.NewID(movement), Column2: "small", Column3: "reserve", Column4: id, Column5: act, Column6: 30, Column7: s.store.Now()})
			return err
		})
		return posted, err
	}
}

func TestALineIsNeverOverspentThoughTheTextbookWayWouldBe(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	post := s.ledger()
	crowd := func(f func(i int)) {
		var all sync.WaitGroup
		for i := range 60 {
			all.Go(func() { f(i) })
		}
		all.Wait()
	}
	var mu sync.Mutex
	carried := 0
	crowd(func(i int) {
		posted, err := post(fmt.Sprint("m", i))
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			t.Error(err)
		}
		if posted {
			carried++
		}
	})
	require.Equal(t, 33, carried)
	require.Equal(t, 990, count(t, s.super, `SELECT reserved FROM budget_line WHERE id = 'small'`))
	require.Equal(t, 990, count(t, s.super, `SELECT sum(amount) FROM movement WHERE line = 'small'`))

	exec(t, s.super, `CREATE TABLE naive (amount bigint)`) // looks, and then spends
	s.super.SetMaxOpenConns(12)
	crowd(func(int) {
		_, err := s.super.Exec(`DO $$ BEGIN
			IF (SELECT coalesce(sum(amount), 0) FROM naive) + 30 <= 1000 THEN
				PERFORM pg_sleep(0.005);
				INSERT INTO naive VALUES (30);
			END IF; END $$`)
		if err != nil {
			t.Error(err)
		}
	})
	require.Greater(t, count(t, s.super, `SELECT sum(amount) FROM naive`), 1000, "the crowd is one that overspends where nothing stops it")
}

func TestARevokedGrantCarriesNoActThatIsCommittedLater(t *testing.T) {
	t.Parallel()
	s, _ := freshStory(t)
	for i := range rounds() / 5 {
		id := s.draft(fmt.Sprintf("第%d号授权撤销的调查", i), true)
		s.submit(id)
		who := s.of("chen-jing")
		act := sealed(id, civic.ActDecide, who, s.task(id, "register"), "pass", fmt.Sprint("k", i))
		var out civic.Outcome
		var decided, revoked error
		var both sync.WaitGroup
		both.Go(func() { out, decided = s.store.Commit(context.Background(), act) })
		both.Go(func() {
			_, revoked = s.store.RevokeGrant(context.Background(), security("an-quanming", fmt.Sprint("r", i)), who.grant, "调离")
		})
		both.Wait()
		require.NoError(t, errors.Join(decided, revoked))
		if out.Refusal != nil {
			require.Equal(t, "grant_over", out.Refusal.Code)
		}
		require.Zero(t, count(t, s.super, `SELECT count(*) FROM decision d JOIN role_grant g ON g.id = d.grant_id WHERE d.decided_at > g.revoked_at`))
		exec(t, s.super, `UPDATE role_grant SET revoked_at = NULL, revoked_by = NULL WHERE id = $1`, who.grant)
	}
}
