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

// prepareSchemas gives both of Temporal's databases the tables this version
// of the server needs. A note on the database itself says who did it last.
func (t *Temporal) prepareSchemas(ctx context.Context) error {
	made := make(chan error, 2)
	for name, schema := range map[string]string{
		temporalDatabase: "postgresql/v12/temporal",
		visibility:       "postgresql/v12/visibility",
	} {
		go func() { made <- t.prepareSchema(ctx, name, schema) }()
	}
	return errors.Join(<-made, <-made)
}

func (t *Temporal) prepareSchema(ctx context.Context, name, schema string) error {
	state, err := t.postgres.psql(ctx, superuser, name, `
		SELECT coalesce(shobj_description(oid, 'pg_database'), ''), to_regclass('schema_version') IS NOT NULL
		  FROM pg_database
		 WHERE datname = current_database()`)
	if err != nil {
		return err
	}
	last, begun, _ := strings.Cut(state, "|")
	switch {
	case last == TemporalVersion:
		return nil
	case newer(last, TemporalVersion):
		return fmt.Errorf("the data folder was last used with Temporal %s, which is newer than the %s of this lizheng: use the newer lizheng, or choose another data folder", last, TemporalVersion)
	}
	if begun != "t" {
		if err := t.schemaTool(ctx, name, "setup-schema", "--version", "0.0"); err != nil {
			return err
		}
	}
	if err := t.schemaTool(ctx, name, "update-schema", "--schema-name", schema); err != nil {
		return err
	}
	_, err = t.postgres.psql(ctx, superuser, name,
		fmt.Sprintf("COMMENT ON DATABASE %s IS '%s'", name, TemporalVersion))
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
