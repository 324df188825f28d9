package postgres_test

import (
	"database/sql"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/money"
	"lizheng/postgres"
)

const sampleLine = "cz-human-resources-2026-1"

// hold puts counters on a line as the ledger would have.
func hold(t *testing.T, db *sql.DB, line string, reserved, committed int64) {
	t.Helper()
	_, err := db.Exec(`UPDATE budget_line SET reserved = $2, committed = $3 WHERE id = $1`, line, reserved, committed)
	require.NoError(t, err)
}

func appropriate(t *testing.T, s *postgres.Store, key string, amount money.Fen) (civic.BudgetLine, error) {
	t.Helper()
	return s.Appropriate(t.Context(), deed("qian-wei", key, fmt.Sprint(amount)), sampleLine, amount, "预算调整")
}

func TestAnAppropriationNeverGoesBelowWhatIsHeld(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	hold(t, db, sampleLine, 300, 200)
	line, err := appropriate(t, s, "k1", 500)
	require.NoError(t, err)
	require.EqualValues(t, 0, line.Free())
	_, err = appropriate(t, s, "k2", 499)
	require.True(t, civic.Refused(err, "below_held"), "%v", err)
	figures := civic.AsRefusal(err).Figures
	require.EqualValues(t, 500, figures["held_fen"])
	require.EqualValues(t, 1, figures["missing_fen"])

	hold(t, db, sampleLine, 0, 0)
	_, err = appropriate(t, s, "k2", 499)
	require.True(t, civic.Refused(err, "below_held"), "a refusal stays what it was under its key: %v", err)
	line, err = appropriate(t, s, "k3", 499)
	require.NoError(t, err)
	require.EqualValues(t, 499, line.Appropriated)
	var detail string
	require.NoError(t, db.QueryRow(`SELECT detail FROM event WHERE kind = 'test' AND result = 'done' ORDER BY at_us DESC LIMIT 1`).Scan(&detail))
	require.JSONEq(t, `{"before_fen": 500, "after_fen": 499, "reason": "预算调整"}`, detail)
}

func TestLoweringAndReservingAtOnceNeverOverdrawsALine(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.Submitted}).id
	act := civic.NewID(unique("act"))
	_, err := db.Exec(`INSERT INTO decision (id, case_id, kind, actor, state_from, state_to, version, rules_at, decided_at)
		VALUES ($1, $2, 'submit', 'wang-fang', 'draft', 'submitted', 2, now(), now())`, act, c)
	require.NoError(t, err)
	_, err = appropriate(t, s, "start", 1000)
	require.NoError(t, err)
	failures := make(chan error)
	for i := range 10 {
		go func() {
			_, err := db.Exec(`SELECT post_movement(gen_random_uuid(), $1, 'reserve', NULL, $2, $3, 100, now())`, sampleLine, c, act)
			failures <- err
		}()
		go func() {
			_, err := s.Appropriate(t.Context(), deed("qian-wei", fmt.Sprint("lower", i), ""), sampleLine, money.Fen(100*(10-i)), "压减")
			if civic.Refused(err, "below_held") {
				err = nil
			}
			failures <- err
		}()
	}
	for range 20 {
		require.NoError(t, <-failures)
	}
	line, err := s.LineByID(t.Context(), sampleLine)
	require.NoError(t, err)
	require.GreaterOrEqual(t, int64(line.Free()), int64(0))
}

func TestABudgetLineIsAddedOnceAndAClosedOneStays(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	l := civic.NewLine{ID: "new-line", Unit: "cz-disabled", Year: 2027, Subject: "2081199", Name: "新项目", Appropriated: 5, Reason: "年初预算"}
	_, err := s.CreateLine(t.Context(), deed("qian-wei", "k", "h"), l)
	require.NoError(t, err)
	again, err := s.CreateLine(t.Context(), deed("qian-wei", "k", "h"), l)
	require.NoError(t, err)
	require.EqualValues(t, 5, again.Appropriated)
	_, err = s.CreateLine(t.Context(), deed("qian-wei", "k2", "h"), l)
	require.True(t, civic.Refused(err, "already_there"), "%v", err)
	_, err = db.Exec(`UPDATE budget_line SET closed = true WHERE id = $1`, sampleLine)
	require.NoError(t, err)
	_, err = appropriate(t, s, "closed", 1<<40)
	require.True(t, civic.Refused(err, "line_closed"), "%v", err)
	_, err = s.LineByID(t.Context(), "no-such-line")
	require.True(t, civic.Refused(err, "not_found"), "%v", err)
}

func TestLinesAreThoseOfTheScopeInPartsThatFitTogether(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	var want []string
	rows, err := db.Query(`SELECT id FROM budget_line WHERE unit IN ('cz-disabled', 'cz-health') AND year = 2026 ORDER BY id`)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var id string
		require.NoError(t, rows.Scan(&id))
		want = append(want, id)
	}
	require.NoError(t, rows.Err())
	require.NotEmpty(t, want)
	q := civic.LineQuery{Scope: civic.Scope{Units: []string{"cz-disabled", "cz-health"}}, LineFilter: civic.LineFilter{Year: 2026}, Window: civic.Window{Limit: 2}}
	var got []string
	for {
		list, err := s.Lines(t.Context(), q)
		require.NoError(t, err)
		for _, l := range list {
			got = append(got, l.ID)
		}
		if len(list) < q.Limit {
			break
		}
		q.After = &civic.Cursor{ID: list[len(list)-1].ID}
	}
	require.Equal(t, want, got)
	none, err := s.Lines(t.Context(), civic.LineQuery{Window: civic.Window{Limit: 5}})
	require.NoError(t, err)
	require.Empty(t, none, "the empty scope holds nothing")
}
