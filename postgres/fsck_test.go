package postgres_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"lizheng/postgres"
)

// strict takes everything for a fault that may be one.
var strict = postgres.Strictness{Late: time.Minute}

// examine opens a database as the service does and examines it.
func examine(t *testing.T, name string) []postgres.Checked {
	t.Helper()
	store, err := postgres.Open(t.Context(), address(t, "lizheng_app", name), testKey, 2)
	require.NoError(t, err)
	found, err := store.Fsck(t.Context(), strict)
	require.NoError(t, err)
	require.NoError(t, store.Close())
	return found
}

// rows that the mutations name in braces.
var rowsOf = strings.NewReplacer(
	"{issued}", "(SELECT id FROM cases WHERE title = '居民家庭人口抽样入户调查')",
	"{free}", "(SELECT id FROM cases WHERE title = '社区宣传海报张贴登记')",
	"{under}", "(SELECT id FROM cases WHERE title = '居民养老服务需求入户调查')",
	"{gone}", "(SELECT id FROM cases WHERE title = '申请人撤回的入户调查')",
	"{estate}", "(SELECT id FROM cases WHERE title = '和平雅苑')",
	"{replaced}", "(SELECT id FROM cases WHERE title = '青枫苑')",
	"{rectifying}", "(SELECT id FROM cases WHERE title = '翠竹苑')",
	"{copy}", "(SELECT id FROM decision WHERE kind = 'copy')",
	"{sign}", "(SELECT min(id::text)::uuid FROM task WHERE step = 'joint')",
)

// mutation breaks one rule by hand, as somebody could who owns the database. Where rules hang together the wanted checks are several.
type mutation struct {
	what, statements string
	want             []string
}

var mutations = []mutation{
	{"an answer is lost", `DELETE FROM answer WHERE act = {copy}`, []string{"P1 decision_answered"}},
	{"a receipt tells of another state", `UPDATE answer SET body = jsonb_set(body::jsonb, '{receipt,state}', '"exited"')::json WHERE act = {copy}`, []string{"P1 receipt_true"}},
	{"a refusal becomes a yes", `UPDATE answer SET accepted = true WHERE NOT accepted`, []string{"P1 answer_on_trail"}},
	{"a yes becomes a refusal", `UPDATE answer SET accepted = false WHERE act = {copy}`,
		[]string{"P1 decision_answered", "P1 answer_on_trail", "P1 refused_changed_nothing"}},
	{"a decision gets a principal", `UPDATE decision SET principal = 'qian-wei' WHERE id = {copy}`, []string{"P1 trail_true"}},
	{"a decision vanishes", `DELETE FROM decision WHERE id = {copy}`, []string{"P1 receipt_true", "P1 trail_true", "P3 history_unbroken"}},
	{"an answer moves to another key", `UPDATE answer SET key = 'other' WHERE act = {copy}`, []string{"P2 key_makes_act"}},
	{"a task's outcome is changed", `UPDATE task SET outcome = 'disagree' WHERE id = {sign}`, []string{"P3 task_answered_once"}},
	{"a task is answered twice", `DROP INDEX decision_task; UPDATE decision SET kind = 'decide', outcome = 'agree', task_id = {sign} WHERE id = {copy}`,
		[]string{"P1 trail_true", "P3 task_answered_once"}},
	{"a task was opened by nobody", `UPDATE task SET opened_by = gen_random_uuid() WHERE id = {sign}`, []string{"P3 task_acts_known"}},
	{"a withdrawn case asks again", `UPDATE task SET state = 'open', ended_at = NULL, ended_by = NULL WHERE case_id = {gone} AND state = 'void'`,
		[]string{"P3 closed_case_asks_nobody"}},
	{"a task of no step", `UPDATE task SET step = 'nowhere' WHERE case_id = {gone} AND state = 'void'`, []string{"P3 state_known"}},
	{"a case in no state", `ALTER TABLE cases DROP CONSTRAINT cases_access_states; UPDATE cases SET state = 'limbo' WHERE id = {under}`,
		[]string{"P3 state_known", "P3 history_unbroken"}},
	{"a case jumps", `UPDATE decision SET state_to = 'publicity', state_from = replace(state_from, 'accepted', 'publicity') WHERE case_id = {under} AND state_to = 'accepted'; UPDATE cases SET state = 'publicity' WHERE id = {under}`,
		[]string{"P1 receipt_true", "P1 trail_true", "P3 move_allowed"}},
	{"a case moves without a decision", `UPDATE cases SET version = version + 1 WHERE id = {under}`, []string{"P3 history_unbroken"}},
	{"a grant was revoked long ago", `UPDATE role_grant SET revoked_at = '2020-01-01', revoked_by = 'x', reason = 'x' WHERE id = (SELECT grant_id FROM decision WHERE id = {copy})`,
		[]string{"P4 decided_under_a_grant"}},
	{"the applicant signed", `UPDATE task SET principal = 'wang-fang' WHERE id = {sign}`, []string{"P5 duties_separate"}},
	{"the same person pre-reviewed and signed", `UPDATE task SET principal = p.answered_by FROM task p
		WHERE task.id = {sign} AND p.case_id = task.case_id AND p.step = 'prereview'`, []string{"P5 duties_separate"}},
	{"a line is overdrawn", `ALTER TABLE budget_line DROP CONSTRAINT budget_never_overdrawn; UPDATE budget_line SET appropriated = 1 WHERE committed > 0`,
		[]string{"P6 line_within_appropriation"}},
	{"a fen appears", `UPDATE budget_line SET reserved = reserved + 1 WHERE committed > 0`, []string{"P7 line_adds_up"}},
	{"a reservation is used twice", `ALTER TABLE movement DROP CONSTRAINT movement_check; UPDATE movement SET resolved = resolved + 1 WHERE kind = 'reserve' AND resolved = amount`,
		[]string{"P7 movement_resolved_once"}},
	{"money is paid that was never committed", `UPDATE movement SET kind = 'disburse' WHERE kind = 'release' AND case_id = {gone}`,
		[]string{"P7 line_adds_up", "P7 movement_in_order"}},
	{"money moves before it is decided", `UPDATE movement SET at = at - interval '1 second' WHERE kind = 'release'`, []string{"P8 movement_decided"}},
	{"an admission costs more than its money", `UPDATE entry SET amount = amount + 1 WHERE case_id = {issued} AND parent IS NULL;
		UPDATE entry_region SET amount = amount + 1 WHERE entry_id = (SELECT id FROM entry WHERE case_id = {issued} AND parent IS NULL)`, []string{"P8 entry_has_its_money"}},
	{"an item costs nothing without a ruling", `UPDATE ruling SET body = body - 'zero_cost' WHERE case_id = {free}`, []string{"P8 entry_has_its_money"}},
	{"an entry vanishes and its money stays", `DELETE FROM entry WHERE case_id = {issued} AND parent IS NULL`, []string{"P8 commitment_has_its_entry"}},
	{"a withdrawn case keeps its money", `UPDATE movement SET resolved = 0 WHERE kind = 'reserve' AND case_id = {gone}`,
		[]string{"P7 movement_resolved_once", "P8 reservation_waits"}},
	{"an entry comes of nothing", `UPDATE entry SET act = gen_random_uuid() WHERE case_id = {issued} AND parent IS NULL`, []string{"P8 entry_decided"}},
	{"a community gets a fen more", `UPDATE entry_region SET amount = amount + 1 WHERE entry_id = (SELECT id FROM entry WHERE case_id = {issued} AND parent IS NULL)`,
		[]string{"P8 entry_adds_up"}},
	{"the same thing is admitted twice", `ALTER TABLE entry DROP CONSTRAINT entry_list_normal_valid_excl; UPDATE entry SET normal = p.normal FROM entry p WHERE entry.parent = p.id AND p.case_id = {issued}`,
		[]string{"P9 admitted_once"}},
	{"a blocked item is in the catalogue", `INSERT INTO entry (id, list, category, name, normal, valid) SELECT gen_random_uuid(), 'negative', category, name, normal, tstzrange(city_now(), NULL)
		FROM entry WHERE case_id = {issued} AND parent IS NULL; SELECT pg_sleep(0.01)`, []string{"P9 nothing_blocked_is_admitted"}},
	{"a ledger outlives its item", `UPDATE entry SET valid = tstzrange(lower(valid), upper(valid) + interval '1 day') WHERE case_id = {issued} AND parent IS NOT NULL`,
		[]string{"P9 child_follows_parent"}},
	{"nobody is asked any more", `UPDATE task SET state = 'void', ended_at = opened_at, ended_by = opened_by WHERE case_id = {under} AND state = 'open'`,
		[]string{"P12 somebody_is_asked"}},
	{"an instant passes unused", `UPDATE cases SET acts_at = city_now() - interval '1 hour' WHERE id = {issued}`, []string{"P12 nothing_is_late"}},
	{"a correction lapses early", `UPDATE task SET due_at = due_at + interval '1 year' WHERE step = 'correct'`, []string{"P13 nothing_ends_early"}},
	{"a line of the trail is altered", `UPDATE event SET actor_name = 'nobody' WHERE act = {copy}`, []string{"P14 chain_unaltered"}},
	{"two lines of the trail change places", `ALTER TABLE event DROP CONSTRAINT event_pkey;
		WITH pair AS (SELECT min(seq) AS a, max(seq) AS b FROM (SELECT seq FROM event WHERE case_id = {issued} ORDER BY seq LIMIT 2) AS first)
		UPDATE event SET seq = pair.a + pair.b - seq FROM pair WHERE case_id = {issued} AND seq IN (pair.a, pair.b)`,
		[]string{"P14 chain_unaltered", "P17 time_goes_forward"}},
	{"a line of the trail is deleted", `DELETE FROM event WHERE act = (SELECT id FROM decision WHERE kind = 'submit' AND case_id = {issued})`,
		[]string{"P1 answer_on_trail", "P14 chain_unbroken"}},
	{"the trail's tail is cut off", `CREATE TEMP TABLE cut AS SELECT DISTINCT ON (chain) chain, seq, prev FROM event ORDER BY chain, seq DESC; DELETE FROM event e USING cut WHERE e.chain = cut.chain AND e.seq = cut.seq;
		UPDATE chain SET seq = cut.seq - 1, hash = cut.prev FROM cut WHERE cut.chain = chain.id`, []string{"P1 answer_on_trail", "P14 checkpoint_met"}},
	{"a line stands in another chain", `UPDATE event SET case_id = (SELECT id FROM cases WHERE abs(hashtext(id::text) % 8) <> event.chain LIMIT 1) WHERE result = 'refused'`,
		[]string{"P14 chain_unaltered", "P14 line_in_its_chain"}},
	{"a checkpoint is altered", `UPDATE checkpoint SET hash = '\x00' WHERE seq > 0`, []string{"P14 checkpoint_met"}},
	{"time runs backwards", `UPDATE cases SET updated_at = '2000-01-01' WHERE id = {under}`, []string{"P17 time_goes_forward"}},
	{"a decision comes from the future", `UPDATE decision SET decided_at = city_now() + interval '1 year' WHERE id = {copy}`, []string{"P1 trail_true", "P17 time_goes_forward"}},
	{"a message stays behind", `UPDATE outbox SET sent_at = NULL, at = clock_timestamp() - interval '1 hour' WHERE kind = 'changed'`, []string{"P20 messages_leave"}},
	{"a notice comes of nothing", `UPDATE notice SET id = gen_random_uuid() WHERE kind = 'opened'`, []string{"P20 notice_has_its_message"}},
	{"a message never arrived", `DELETE FROM notice WHERE id IN (SELECT id FROM outbox WHERE person <> '')`, []string{"P20 message_reached_person"}},
	{"a document number is skipped", `UPDATE counter SET last = last + 1 WHERE name LIKE 'document %'`, []string{"P22 documents_without_gaps"}},
	{"a document vanishes", `DELETE FROM document WHERE number = 2 AND mark = '常社区办发'`, []string{"P22 documents_without_gaps"}},
	{"a case gets another number", `UPDATE cases SET number = regexp_replace(number, '\d+$', '000099') WHERE id = {under}`, []string{"P22 cases_without_gaps"}},
	{"a document was issued by nobody", `UPDATE document SET act = gen_random_uuid() WHERE number = 2 AND mark = '常社区办发'`, []string{"P22 document_decided"}},
	{"a room is altered by hand", `UPDATE stock_room SET area = area + 1 WHERE id = (SELECT id FROM stock_room WHERE case_id IS NULL LIMIT 1)`, []string{"P14 room_as_last_changed"}},
	{"a version of a room comes of nothing", `UPDATE stock_change SET act = gen_random_uuid() WHERE room = (SELECT id FROM stock_room WHERE case_id IS NOT NULL LIMIT 1)`,
		[]string{"P14 room_changed_by_somebody"}},
	{"a room lies in a street", `UPDATE stock_room SET region = 'cz-tianning-hongmei' WHERE id = (SELECT id FROM stock_room WHERE case_id IS NULL LIMIT 1)`,
		[]string{"P14 room_in_a_community"}},
	{"a promise is closed with less than there is", `UPDATE form SET form = jsonb_set(form::jsonb, '{supplied}', '"100.00"') WHERE case_id IN (SELECT id FROM cases WHERE procedure = 'supplement')`,
		[]string{"P14 supplied_area_exists"}},
	{"a version of the layout plan vanishes", `DELETE FROM layout_version WHERE version = 1`, []string{"P14 layouts_follow"}},
	{"a version of a list is skipped", `UPDATE list_version SET version = 9 WHERE version = 3`, []string{"P22 lists_without_gaps"}},
	{"a sheet appears that nobody froze", `INSERT INTO assessment (case_id) SELECT {issued}; INSERT INTO assessment_row (case_id, key, ord, category, task, target, points, evidence)
		SELECT {issued}, '1', 1, 'burden', 'x', 'x', 500, 'x'; INSERT INTO row_score (case_id, kind, row_key, unit, most, points, reason, saved_by, saved_at)
		SELECT {issued}, 'lead', '1', 'cz-tianning-leading-office', 500, 400, 'x', 'yuan-ting', now(); INSERT INTO assessment_sheet
		SELECT {issued}, 'frozen', 1, repeat('0', 64), '{"units": [{"key": "cz-tianning-leading-office", "marks": [{"indicator": "1", "score": 500}]}]}', {copy}, now()`,
		[]string{"P10 assessment_on_trail", "P10 assessment_as_frozen", "P10 assessment_recomputed"}},
	{"an area was named that nobody proposed", `INSERT INTO assessment (case_id) SELECT {issued};
		INSERT INTO advanced_area SELECT {issued}, 'cz-tianning-leading-office', 1, 3, '', {copy}`, []string{"P10 areas_as_proposed"}},
	{"a title is counted that nobody holds", `INSERT INTO title_quota VALUES (2026, 5, 3)`, []string{"P10 titles_within_quota"}},
	{"a title was decided by nobody", `INSERT INTO title_quota VALUES (2026, 5, 1); INSERT INTO naming (nomination, year, quota, seq, community, plaque, document, act, named_at)
		SELECT {issued}, 2026, 5, 1, min(key), 'x', '', gen_random_uuid(), now() FROM region`, []string{"P10 titles_decided"}},
	{"a ranking appears that nobody published", `INSERT INTO appraisal_sheet SELECT {issued}, 1, 'ranking', 'x', '{}', gen_random_uuid(), now()`,
		[]string{"P10 ranking_on_trail", "P10 ranking_recomputed"}},
	{"a score was frozen that no ranking shows", `INSERT INTO nominee (nomination, year_case, year, community, committee, street, district, urban, frozen)
		SELECT {issued}, {issued}, 2026, min(key), 'x', 'x', 'x', true, true FROM region`, []string{"P10 scores_as_frozen"}},
}

func TestFsckNamesEveryPromiseThatIsBroken(t *testing.T) {
	t.Parallel()
	whole := told(t)
	sound := examine(t, whole)
	require.Empty(t, broken(sound), explained(sound))
	proven := map[string]bool{}
	for _, m := range mutations {
		for _, check := range m.want {
			proven[check] = true
		}
	}
	for _, c := range sound {
		require.True(t, proven[c.Promise+" "+c.Check], "no mutation proves that %s %s finds anything", c.Promise, c.Check)
	}
	for _, m := range mutations {
		t.Run(m.what, func(t *testing.T) {
			name := unique("broken")
			database(t, name, whole)
			breakBy(t, name, m.statements)
			found := examine(t, name)
			require.ElementsMatch(t, m.want, broken(found), explained(found))
		})
	}
}

// breakBy alters a database as its superuser, with triggers and foreign keys switched off.
func breakBy(t *testing.T, name, statements string) {
	t.Helper()
	db, err := sql.Open("postgres", address(t, "postgres", name))
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec("SET session_replication_role = replica; " + rowsOf.Replace(statements))
	require.NoError(t, err)
}

func TestCheckpointsOutsideShowACutTail(t *testing.T) {
	t.Parallel()
	name := told(t)
	ctx := context.Background()
	store, err := postgres.Open(ctx, address(t, "lizheng_app", name), testKey, 2)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	signed, err := store.Checkpoints(ctx)
	require.NoError(t, err)
	var file bytes.Buffer
	for _, c := range signed {
		require.NoError(t, json.NewEncoder(&file).Encode(c))
	}
	file.WriteString(`{"at":"2026-`) // what a crash left of the last line
	outside, err := postgres.ReadCheckpoints(&file)
	require.NoError(t, err)
	require.Equal(t, signed, outside)

	sound, err := store.FsckCheckpoints(ctx, outside)
	require.NoError(t, err)
	require.Zero(t, sound.Broken, sound.Findings)

	breakBy(t, name, `CREATE TEMP TABLE cut AS SELECT DISTINCT ON (chain) chain, seq, prev FROM event ORDER BY chain, seq DESC;
		DELETE FROM event e USING cut WHERE e.chain = cut.chain AND e.seq = cut.seq;
		UPDATE chain SET seq = cut.seq - 1, hash = cut.prev FROM cut WHERE cut.chain = chain.id; DELETE FROM checkpoint`)
	inside, err := store.FsckCheckpoints(ctx, nil)
	require.NoError(t, err)
	require.Zero(t, inside.Broken, "whoever owns the database can hide the cut from the database")
	cut, err := store.FsckCheckpoints(ctx, outside)
	require.NoError(t, err)
	require.NotZero(t, cut.Broken)
	require.Contains(t, string(cut.Findings[0].Figures), "the trail has nothing there")

	outside[0].Seq++
	forged, err := store.FsckCheckpoints(ctx, outside[:1])
	require.NoError(t, err)
	require.Contains(t, string(forged.Findings[0].Figures), "not signed")
}
