package embedded

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// store is one of Temporal's two databases.
type store struct {
	database string
	schema   string // as the schema tool calls it
	first    string // the table that is filled as soon as the server runs
}

var stores = []store{
	{temporalDatabase, "postgresql/v12/temporal", "namespaces"},
	{visibility, "postgresql/v12/visibility", "executions_visibility"},
}

// prepareSchemas gives both of Temporal's databases the tables this version
// of the server needs. A note on the database itself says who did it last.
func (t *Temporal) prepareSchemas(ctx context.Context) error {
	made := make(chan error, len(stores))
	for _, s := range stores {
		go func() { made <- t.prepareSchema(ctx, s) }()
	}
	return errors.Join(<-made, <-made)
}

func (t *Temporal) prepareSchema(ctx context.Context, s store) error {
	last, err := t.postgres.psql(ctx, s.database, `
		SELECT shobj_description(oid, 'pg_database')
		  FROM pg_database
		 WHERE datname = current_database()`)
	if err != nil {
		return err
	}
	switch {
	case last == TemporalVersion:
		return nil
	case newer(last, TemporalVersion):
		return fmt.Errorf("the data folder was last used with Temporal %s, which is newer than the %s of this lizheng: use the newer lizheng, or choose another data folder", last, TemporalVersion)
	case last == "":
		if err := t.clearUnfinished(ctx, s); err != nil {
			return err
		}
	}
	if err := t.schemaTool(ctx, s.database, "setup-schema", "--version", "0.0"); err != nil {
		return err
	}
	if err := t.schemaTool(ctx, s.database, "update-schema", "--schema-name", s.schema); err != nil {
		return err
	}
	_, err = t.postgres.psql(ctx, s.database,
		fmt.Sprintf("COMMENT ON DATABASE %s IS '%s'", s.database, TemporalVersion))
	return err
}

// clearUnfinished empties a database whose first set-up was interrupted: the
// schema tool cannot go on in the middle of a step. One that the server has
// ever written to is left alone.
func (t *Temporal) clearUnfinished(ctx context.Context, s store) error {
	complete, err := t.postgres.psql(ctx, s.database, fmt.Sprintf("SELECT to_regclass('%s') IS NOT NULL", s.first))
	if err != nil {
		return err
	}
	if complete == "t" {
		used, err := t.postgres.psql(ctx, s.database, fmt.Sprintf("SELECT EXISTS (SELECT FROM %s)", s.first))
		if err != nil || used == "t" {
			return err
		}
	}
	if _, err := t.postgres.psql(ctx, "postgres", fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", s.database)); err != nil {
		return err
	}
	_, err = t.postgres.psql(ctx, "postgres",
		fmt.Sprintf("CREATE DATABASE %[1]s OWNER %[2]s; REVOKE CONNECT, TEMPORARY ON DATABASE %[1]s FROM PUBLIC;", s.database, temporalRole))
	return err
}

func (t *Temporal) schemaTool(ctx context.Context, name string, args ...string) error {
	log, err := openLog(t.logPath)
	if err != nil {
		return err
	}
	defer log.Close()
	all := append([]string{
		"--plugin", "postgres12_pgx",
		"--endpoint", "localhost", "--port", strconv.Itoa(t.postgres.port),
		"--connect-attributes", url.Values{"host": {t.postgres.socket}}.Encode(),
		"--user", temporalRole, "--database", name,
	}, args...)
	before := logEnd(t.logPath)
	cmd := exec.CommandContext(ctx, filepath.Join(t.programs, schemaProgram), all...)
	cmd.Dir, cmd.Env = t.dir, []string{"TZ=UTC", "HOME=" + t.dir}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Run(); err != nil {
		return explain(err, "the schema tool of Temporal", t.logPath, before)
	}
	return nil
}

// newer compares two versions of three numbers; what is no version is old.
func newer(a, b string) bool {
	left, right := numbers(a), numbers(b)
	for i := range left {
		if left[i] != right[i] {
			return left[i] > right[i]
		}
	}
	return false
}

func numbers(version string) (n [3]int) {
	for i, part := range strings.SplitN(version, ".", len(n)) {
		value, err := strconv.Atoi(part)
		if err != nil {
			return [3]int{}
		}
		n[i] = value
	}
	return n
}
