package postgres_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"lizheng/civic"
	"lizheng/postgres"
	"lizheng/postgres/postgrestest"
)

// noted writes lines of the audit trail about things of many names, so that they spread over the chains.
func noted(t *testing.T, s *postgres.Store, lines int) {
	t.Helper()
	for i := range lines {
		d := civic.Deed{Kind: "export", Object: fmt.Sprint("list ", i%20), Actor: civic.Actor{Person: "shen-ji", Address: "192.0.2.1", Request: fmt.Sprint("r", i)}}
		require.NoError(t, s.Note(t.Context(), d, map[string]string{"lines": fmt.Sprint(i)}))
	}
}

func TestTheTrailIsReadInPartsLatestFirst(t *testing.T) {
	t.Parallel()
	s, db := freshStore(t)
	noted(t, s, 30)
	exec(t, db, `INSERT INTO event (chain, seq, at_us, kind, result, actor, object, prev, hash)
		SELECT 0, 0, 1700000000000000, 'export', 'done', 'shen-ji', 'twin ' || n, '', '' FROM generate_series(1, 10) n`) // of one instant
	c := plant(t, db, planted{state: civic.Draft})
	_, err := s.AddAttachment(t.Context(), civic.Deed{ID: civic.NewID("x"), Kind: "case.attach", Case: c.id, Actor: postgrestest.Actor("wang-fang"), Key: "k"}, c.id, file)
	require.NoError(t, err)
	read := func(f civic.AuditFilter) (out []civic.AuditLine) {
		for q := (civic.AuditQuery{AuditFilter: f, Window: civic.Window{Limit: 7}}); ; {
			part, err := s.Audit(t.Context(), q)
			require.NoError(t, err)
			out = append(out, part...)
			if len(part) < q.Limit {
				return out
			}
			last := out[len(out)-1]
			q.After = &civic.Cursor{At: last.At, Seq: last.Seq<<3 | int64(last.Chain)}
		}
	}
	all := read(civic.AuditFilter{})
	seen := map[string]bool{}
	for i, l := range all {
		seen[l.Hash] = true
		require.False(t, i > 0 && l.At.After(all[i-1].At))
	}
	require.Len(t, seen, count(t, db, `SELECT count(*) FROM event`), "parts neither double nor skip")
	require.Equal(t, "申计", read(civic.AuditFilter{Actor: "shen-ji"})[0].ActorName)
	require.Len(t, read(civic.AuditFilter{Object: "twin 3"}), 1)
	require.Len(t, read(civic.AuditFilter{Kind: "export"}), 40)
	require.Len(t, read(civic.AuditFilter{Case: c.id}), 1)
	require.Empty(t, read(civic.AuditFilter{Case: "no id"}))
	yes, then := true, time.Unix(1_700_000_001, 0)
	require.Empty(t, read(civic.AuditFilter{Refused: &yes}))
	require.Len(t, read(civic.AuditFilter{To: &then}), 10)
	require.Len(t, read(civic.AuditFilter{From: &then}), 31)
}

func TestTheChainIsRecomputedToTheByteWhateverIsWritten(t *testing.T) {
	t.Parallel()
	s, _ := freshStore(t)
	text := rapid.StringOf(rapid.RuneFrom([]rune("a1 \x1f\n\"\\'{}社区🏮é\u202e")))
	rapid.Check(t, func(rt *rapid.T) {
		d := civic.Deed{ID: civic.NewID(text.Draw(rt, "id")), Kind: "note", Object: text.Draw(rt, "object"), Actor: civic.Actor{Person: "shen-ji", Address: text.Draw(rt, "address"), Request: text.Draw(rt, "request")}}
		if rapid.Bool().Draw(rt, "on a case") {
			d.Case = civic.NewID(text.Draw(rt, "case"))
		}
		require.NoError(rt, s.Note(t.Context(), d, map[string]string{text.Draw(rt, "name"): text.Draw(rt, "value")}))
	})
	report, err := s.VerifyChain(t.Context())
	require.NoError(t, err)
	require.True(t, report.Sound, "%+v", report)
	require.GreaterOrEqual(t, report.Events, int64(100))
}

// trail is a record whose trail was signed in the middle, and what a superuser sees of it.
func trail(t *testing.T) (*postgres.Store, *sql.DB) {
	t.Helper()
	s, db := freshStore(t)
	_, err := s.Checkpoints(t.Context())
	require.NoError(t, err, "nothing is signed as nothing")
	noted(t, s, 60)
	_, err = s.Checkpoints(t.Context())
	require.NoError(t, err)
	noted(t, s, 60)
	report, err := s.VerifyChain(t.Context())
	require.NoError(t, err)
	require.True(t, report.Sound, "%+v", report)
	require.EqualValues(t, 120, report.Events)
	require.Equal(t, 16, report.Checkpoints)
	return s, db
}

// silence lets a superuser pass by the triggers.
const silence = `SET LOCAL session_replication_role = replica;`

// rehash recomputes a chain from a line on, as an intruder would who has read link_event.
const rehash = `
	DO $$ DECLARE e event; before bytea; BEGIN
		SELECT coalesce((SELECT hash FROM event WHERE chain = {chain} AND seq < {from} ORDER BY seq DESC LIMIT 1), '') INTO before;
		FOR e IN SELECT * FROM event WHERE chain = {chain} AND seq >= {from} ORDER BY seq LOOP
			UPDATE event SET prev = before, hash = sha256(before || convert_to(concat_ws(E'\x1f', e.chain, e.seq, e.at_us, e.kind, e.result, e.code, e.actor, e.actor_name,
				e.principal, e.role, e.unit, e.unit_name, coalesce(e.case_id::text, ''), coalesce(e.task_id::text, ''), coalesce(e.act::text, ''),
				e.address, e.request, e.object, e.state_from, e.state_to, e.detail), 'UTF8')) WHERE chain = e.chain AND seq = e.seq RETURNING hash INTO before;
		END LOOP;
		UPDATE chain SET hash = before, seq = (SELECT max(seq) FROM event WHERE chain = {chain}) WHERE id = {chain};
	END $$;`

func TestTamperingWithTheTrailIsFound(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name, by string
		why      string // of the finding
	}{
		{"a line was edited", `UPDATE event SET actor = 'somebody-else' WHERE chain = {chain} AND seq = {signed} - 1`, "hash"},
		{"a line's time was edited", `UPDATE event SET at_us = at_us + 1 WHERE chain = {chain} AND seq = {signed} - 1`, "hash"},
		{"a line was moved into another field", `UPDATE event SET request = '', object = request || E'\x1f' || object WHERE chain = {chain} AND seq = {signed} - 1`, "hash"},
		{"a line in the middle was deleted", `DELETE FROM event WHERE chain = {chain} AND seq = {signed} - 1`, "gap"},
		{"the first line was deleted", `DELETE FROM event WHERE chain = {chain} AND seq = 1`, "gap"},
		{"a line was deleted and the rest moved up", `DELETE FROM event WHERE chain = {chain} AND seq = {signed} - 1; UPDATE event SET seq = -seq WHERE chain = {chain} AND seq >= {signed};
			UPDATE event SET seq = -seq - 1 WHERE chain = {chain} AND seq < 0`, "predecessor"},
		{"two lines were swapped", `UPDATE event SET seq = -1 WHERE chain = {chain} AND seq = {signed}; UPDATE event SET seq = {signed} WHERE chain = {chain} AND seq = {signed} - 1;
			UPDATE event SET seq = {signed} - 1 WHERE chain = {chain} AND seq = -1`, "predecessor"},
		{"the tail was cut", `DELETE FROM event WHERE chain = {chain} AND seq > {signed}`, "tail"},
		{"a line was added behind the triggers", `INSERT INTO event SELECT (e).* FROM (SELECT e #= hstore('seq', (seq + 1)::text) AS e FROM event e WHERE chain = {chain} ORDER BY seq DESC LIMIT 1) x`, "predecessor"},
		{"a chain's head was taken away", `DELETE FROM chain WHERE id = {chain}`, "tail"},
		{"everything was recomputed after an edit", `UPDATE event SET actor = 'somebody-else' WHERE chain = {chain} AND seq = {signed} - 1;` + strings.ReplaceAll(rehash, "{from}", "1"), "checkpoint"},
		{"the tail was cut below a signed head, and the chain's head set back", `DELETE FROM event WHERE chain = {chain} AND seq >= {signed};` + strings.ReplaceAll(rehash, "{from}", "1"), "checkpoint"},
		{"a signed head was made up", `UPDATE checkpoint SET hash = sha256('x') WHERE chain = {chain} AND seq = {signed}`, "signature"},
		{"everything was recomputed, the signed head too", `UPDATE event SET actor = 'somebody-else' WHERE chain = {chain} AND seq = {signed} - 1;` + strings.ReplaceAll(rehash, "{from}", "1") +
			`UPDATE checkpoint c SET hash = e.hash FROM event e WHERE e.chain = {chain} AND e.seq = {signed} AND c.chain = e.chain AND c.seq = e.seq`, "signature"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			s, db := trail(t)
			exec(t, db, `CREATE EXTENSION hstore`)
			var chain, signed int
			require.NoError(t, db.QueryRow(`SELECT chain, seq FROM checkpoint WHERE seq > 2 ORDER BY seq DESC LIMIT 1`).Scan(&chain, &signed))
			tx, err := db.BeginTx(t.Context(), nil)
			require.NoError(t, err)
			_, err = tx.Exec(silence + strings.NewReplacer("{chain}", fmt.Sprint(chain), "{signed}", fmt.Sprint(signed)).Replace(x.by))
			require.NoError(t, err)
			require.NoError(t, tx.Commit())
			report, err := s.VerifyChain(t.Context())
			require.NoError(t, err)
			require.False(t, report.Sound)
			for _, c := range report.Chains {
				if c.Chain == chain {
					require.Equal(t, x.why, c.Why, "%+v", c)
				} else {
					require.Empty(t, c.Why, "the others are sound")
				}
			}
		})
	}
}

func TestTheServiceItselfCanOnlyAddToTheTrail(t *testing.T) {
	t.Parallel()
	s, d := postgrestest.New(t)
	noted(t, s, 5)
	app, super := postgrestest.DB(t, d.App), postgrestest.DB(t, d.Super)
	for _, statement := range []string{
		`UPDATE event SET actor = 'x'`, `DELETE FROM event`, `TRUNCATE event`, `UPDATE chain SET seq = 0`, `DELETE FROM chain`, `UPDATE checkpoint SET seq = 0`, `DELETE FROM checkpoint`,
		`ALTER TABLE event DISABLE TRIGGER ALL`, `DROP TRIGGER keep ON event`, `SET session_replication_role = replica`, `DROP TABLE event`,
		`DELETE FROM decision`, `UPDATE decision SET outcome = 'x'`, `UPDATE answer SET accepted = true`, `DELETE FROM answer`, `UPDATE movement SET amount = 1`, `DELETE FROM movement`,
		`UPDATE ruling SET outcome = 'x'`, `UPDATE form_revision SET form = '{}'`, `UPDATE parameter SET value = '1'`, `UPDATE calendar_day SET kind = 'makeup'`,
		`UPDATE role_grant SET person = 'wang-fang'`, `UPDATE role_grant SET granted_by = 'x'`, `DELETE FROM role_grant`, `UPDATE clock SET shift = '1 day'`, `UPDATE stamp SET version = 1`,
		`UPDATE budget_line SET reserved = 0`, `INSERT INTO movement (id, line, kind, case_id, act, amount, at) SELECT gen_random_uuid(), 'x', 'reserve', gen_random_uuid(), gen_random_uuid(), 1, now()`,
		`INSERT INTO move VALUES ('access', 'draft', 'in_force')`, `DELETE FROM document`, `UPDATE document SET number = 7`, `DELETE FROM task`, `DELETE FROM counter`,
	} {
		_, err := app.Exec(statement)
		require.ErrorContains(t, err, "42501", statement) // insufficient privilege
	}
	for _, statement := range []string{`UPDATE event SET actor = 'x'`, `DELETE FROM event`, `TRUNCATE event`} {
		_, err := super.Exec(statement)
		require.ErrorContains(t, err, "only ever added to", "the owner is stopped too: %s", statement)
	}
	require.Equal(t, 5, count(t, super, `SELECT count(*) FROM event`))
}
