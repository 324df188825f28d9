package postgres_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/lib/pq"
	"github.com/stretchr/testify/require"
)

// guard is one thing in the schema that refuses: a constraint, a unique index or a trigger.
type guard struct {
	table, name, kind string // kind as in pg_constraint.contype; i for an index, T for a trigger
	columns, types    []string
}

func (g guard) String() string { return g.table + "." + g.name }

// drop is the statement that takes the guard away.
func (g guard) drop() string {
	switch g.kind {
	case "T":
		return fmt.Sprintf("DROP TRIGGER %s ON %s", g.name, g.table)
	case "i":
		return "DROP INDEX " + g.name
	}
	return fmt.Sprintf("ALTER TABLE %s DROP CONSTRAINT %s CASCADE", g.table, g.name)
}

// statement is what the guard is there to refuse: said in violations, or for keys the obvious.
func (g guard) statement() string {
	if said, ok := violations[g.String()]; ok {
		if strings.HasPrefix(said, "SET ") {
			return fmt.Sprintf("UPDATE %s %s WHERE ctid = (SELECT min(ctid) FROM %[1]s)", g.table, said)
		}
		return said
	}
	switch g.kind {
	case "p": // the same row again
		return fmt.Sprintf("INSERT INTO %s SELECT * FROM %[1]s LIMIT 1", g.table)
	case "f": // what does not exist
		sets := make([]string, len(g.columns))
		for i, c := range g.columns {
			sets[i] = c + " = " + map[string]string{"text": "'no-such'", "uuid": "'00000000-0000-8000-8000-000000000000'", "integer": "9999", "bigint": "9999"}[g.types[i]]
		}
		return fmt.Sprintf("UPDATE %s SET %s WHERE ctid = (SELECT min(ctid) FROM %[1]s WHERE %[3]s)", g.table, strings.Join(sets, ", "), rowFor(g))
	}
	return ""
}

// rowFor chooses a row that no other guard keeps from being changed.
func rowFor(g guard) string {
	switch {
	case g.table == "task":
		return "state = 'open'"
	case g.String() == "movement.movement_parent_fkey":
		return "parent IS NOT NULL"
	}
	return "true"
}

// guards are all guards of the schema, except triggers that refuse nothing.
func guards(t *testing.T, db *sql.DB) (all []guard) {
	t.Helper()
	list, err := db.Query(`
		SELECT c.conrelid::regclass::text, c.conname, c.contype::text,
		       array(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k (n, o) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY o),
		       array(SELECT format_type(a.atttypid, NULL) FROM unnest(c.conkey) WITH ORDINALITY k (n, o) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY o)
		FROM pg_constraint c
		WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('c', 'p', 'f', 'u', 'x') AND c.conrelid <> 'goose_db_version'::regclass
		UNION ALL
		SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, 'i', '{}', '{}' FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid
		WHERE i.indisunique AND r.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
		UNION ALL
		SELECT g.tgrelid::regclass::text, g.tgname, 'T', '{}', '{}' FROM pg_trigger g
		WHERE NOT g.tgisinternal AND g.tgname NOT IN ('stamp', 'tell', 'link')
		ORDER BY 1, 2`)
	require.NoError(t, err)
	defer list.Close()
	for list.Next() {
		var g guard
		require.NoError(t, list.Scan(&g.table, &g.name, &g.kind, pq.Array(&g.columns), pq.Array(&g.types)))
		all = append(all, g)
	}
	require.NoError(t, list.Err())
	return all
}

// try runs a statement with everything that waits for the end of the transaction.
func try(tx *sql.Tx, statement string) error {
	_, err := tx.Exec(statement + "; SET CONSTRAINTS ALL IMMEDIATE")
	return err
}

// Each guard is proven to be the one thing that refuses: with it the violation is refused, without it the violation gets
// through. A new guard without a violation here fails this test: it is unproven.
func TestEveryGuardIsTheOneThingThatRefuses(t *testing.T) {
	t.Parallel()
	name := told(t)
	db := superuser(t, name)
	exec(t, db, fullness+assessmentFullness+";"+appraisalFullness)
	all := guards(t, db)
	require.Greater(t, len(all), 150)
	for _, g := range all {
		for i, violation := range append([]string{g.statement()}, further[g.String()]...) {
			t.Run(fmt.Sprint(g, " ", i+1), func(t *testing.T) { prove(t, db, g, violation) })
		}
	}
}

func prove(t *testing.T, db *sql.DB, g guard, violation string) {
	t.Helper()
	require.NotEmpty(t, violation, "unproven: say in violations what it is there to refuse")
	tx, err := db.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback()) }()
	_, err = tx.Exec("SAVEPOINT before")
	require.NoError(t, err)
	requireRefusedBy(t, g, try(tx, violation))
	_, err = tx.Exec("ROLLBACK TO before; " + g.drop())
	require.NoError(t, err)
	err = try(tx, violation)
	if _, ok := implied[g.String()]; ok {
		requireRefusedBy(t, g, err)
		return
	}
	require.NoError(t, err, "something else refuses it too: the violation does not prove this guard")
}

func requireRefusedBy(t *testing.T, g guard, err error) {
	t.Helper()
	var refused *pq.Error
	require.ErrorAs(t, err, &refused, "it gets through")
	if g.kind == "T" { // whose function names the rule
		require.Contains(t, []string{"23514", "42501"}, string(refused.Code), "%v", err)
		return
	}
	require.Contains(t, []string{g.name, implied[g.String()]}, refused.Constraint, "%v", err)
}

// implied guards say again, nearer to the column, what another guard says of several.
var implied = map[string]string{
	"budget_line.budget_line_appropriated_check": "budget_never_overdrawn",
	"budget_line.budget_line_disbursed_check":    "budget_line_check",
}

// fullness puts a row into every table that the story leaves empty.
const fullness = `
	INSERT INTO unit_name VALUES ('cz-finance', '常州市财政局', '', '', '', '2030-01-01', '常编');
	INSERT INTO region_name VALUES ('cz-tianning', '天宁区', '', '2030-01-01', '苏政复');
	INSERT INTO region_succession VALUES ('cz-qishuyan', 'cz-jingkai', '2015-04-28', '', true);
	INSERT INTO person_past VALUES ('wang-fang', '王芳', NULL, '', '2020-01-01', 'kang-ning');
	INSERT INTO session (hash, account, expires_at) SELECT '\x01', id, now() FROM account LIMIT 1;
	INSERT INTO api_token (id, hash, account, label, expires_at) SELECT gen_random_uuid(), decode(n, 'hex'), id, 'x', now() FROM unnest(ARRAY['01', '02']) n, (SELECT id FROM account LIMIT 1) a;
	INSERT INTO attempt (login, failures) VALUES ('x', 1);
	INSERT INTO attachment (id, case_id, name, media_type, size, sha256, added_by) SELECT gen_random_uuid(), id, 'x', 'x/x', 1, '\x01', 'x' FROM cases WHERE number IS NOT NULL LIMIT 1;
	INSERT INTO form_revision (case_id, revision, form, saved_by) SELECT id, 1, '{}', 'x' FROM cases WHERE number IS NOT NULL LIMIT 1;
	INSERT INTO case_party (unit, case_id, seq) SELECT unit, id, seq FROM cases WHERE number IS NOT NULL ON CONFLICT DO NOTHING;
	INSERT INTO case_reader (person, case_id, seq) SELECT applicant, id, seq FROM cases WHERE number IS NOT NULL ON CONFLICT DO NOTHING;
	INSERT INTO objection (id, case_id, task_id, text, at) SELECT gen_random_uuid(), case_id, id, 'x', now() FROM task LIMIT 1;
	INSERT INTO pause (case_id, from_at, why) SELECT id, now(), 'x' FROM cases LIMIT 1;
	INSERT INTO calendar_day (version, day, kind, source) SELECT max(version), '2030-01-01', 'holiday', 'imported' FROM calendar_version;
	INSERT INTO stock_room (id, region, name, normal, area, storey, uses, state, title_kind, from_day, origin, version, effective, changed_by)
	SELECT gen_random_uuid(), 'cz-tianning-diaozhuang-02', 'x', 'room', 100, 1, '{office}', 'in_use', 'none', '2020-01-01', 'existing', 1, '2020-01-01', 'x';
	INSERT INTO stock_patrol (id, room, kind, year, quarter, day, found, person, unit, act)
	SELECT gen_random_uuid(), id, 'year', 2020, 0, '2020-05-01', 'in_use', 'x', 'cz-civil-affairs', gen_random_uuid() FROM stock_room;`
