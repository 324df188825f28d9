package postgres_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/civic"
	"lizheng/civic/workday"
)

func TestHowLongThingsTookIsCountedByDaysAndWithoutPauses(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	c := plant(t, db, planted{state: civic.InForce})
	// All times are of Changzhou: 23:30 there is still the same day, though no longer in UTC+9 or later.
	exec(t, db, `UPDATE cases SET rules_at = '2026-03-02 08:00+08' WHERE id = $1`, c.id)
	exec(t, db, `INSERT INTO pause (case_id, from_at, until, why) VALUES ($1, '2026-03-04 09:00+08', '2026-03-06 09:00+08', 'x'), ($1, '2026-04-01 09:00+08', NULL, 'y')`, c.id)
	for _, x := range []struct{ opened, ended, automatic string }{
		{"2026-03-02 00:10+08", "2026-03-03 23:30+08", "false"},
		{"2026-03-02 10:00+08", "2026-03-03 10:00+08", "false"},
		{"2026-03-05 10:00+08", "2026-03-09 10:00+08", "false"},
		{"2026-03-05 10:00+08", "2026-03-09 10:00+08", "true"},
	} {
		id := ask(t, db, c.id, "register", register, 9)
		exec(t, db, `UPDATE task SET state = 'done', outcome = 'x', opened_at = $2, ended_at = $3, automatic = $4, due_at = '2026-03-08 00:00+08' WHERE id = $1`, id, x.opened, x.ended, x.automatic)
	}
	exec(t, db, `INSERT INTO decision (id, case_id, kind, actor, state_from, state_to, version, rules_at, decided_at) VALUES ($1, $1, 'submit', 'wang-fang', 'draft', 'submitted', 2, now(), now())`, c.id)
	exec(t, db, `INSERT INTO ruling (case_id, act, round, outcome, body, at, ord) VALUES ($1, $1, 1, 'admit', '{}', '2026-03-20 10:00+08', 1), ($1, $1, 1, 'admit', '{}', '2026-03-27 10:00+08', 2)`, c.id)

	march := func(day int) workday.Date { return workday.NewDate(2026, time.March, day) }
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	answers, rulings, err := s.Passages(t.Context(), civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure})
	require.NoError(t, err)
	require.ElementsMatch(t, []civic.AnswerPassage{
		{Step: "register", Unit: "cz-leading-office", Passage: civic.Passage{From: march(2), To: march(3), Done: 2, InTime: 2}},
		{Step: "register", Unit: "cz-leading-office", Passage: civic.Passage{From: march(5), To: march(9), Pauses: []civic.Stretch{{From: march(5), To: march(6)}}, Done: 1}},
	}, answers, "what the system ended is nobody's answer, and of a pause only the part within counts")
	require.Equal(t, []civic.RulingPassage{{Unit: "cz-human-resources", Passage: civic.Passage{From: march(2), To: march(20), Pauses: []civic.Stretch{{From: march(4), To: march(6)}}, Done: 1, InTime: 1}}}, rulings, "until the first decision")

	answers, rulings, err = s.Passages(t.Context(), civic.Counted{From: from, To: to, Procedure: civic.AccessProcedure, Unit: "cz-finance"})
	require.NoError(t, err)
	require.Empty(t, answers)
	require.Empty(t, rulings)
}
