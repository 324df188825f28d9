package embedded

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// clusterMajor is the version of PostgreSQL that made the cluster, 0 when
// there is none yet.
func clusterMajor(cluster string) (int, error) {
	content, err := os.ReadFile(filepath.Join(cluster, "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nothingIn(cluster)
	}
	if err != nil {
		return 0, fmt.Errorf("the data folder %s cannot be read: %w", cluster, cause(err))
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil {
		return 0, fmt.Errorf("the data folder %s does not hold a PostgreSQL cluster: its PG_VERSION is not a number", cluster)
	}
	return major, nil
}

// nothingIn refuses to make a cluster where something else already is.
func nothingIn(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the data folder %s cannot be read: %w", dir, cause(err))
	}
	return fmt.Errorf("the folder %s holds files but no PostgreSQL cluster: restore it from a backup, or choose another data folder", dir)
}

// reachable proves that the database user can enter the data folder, which
// fails when a folder above it is closed to others, as /root is.
func (p *Postgres) reachable(ctx context.Context) error {
	if !p.account.other {
		return nil
	}
	cmd := exec.CommandContext(ctx, p.programs.path("postgres"), "--version")
	cmd.Dir = p.folder.path
	cmd.SysProcAttr = p.account.attributes()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("started by root, the database runs as the user %s, who cannot enter %s: choose a data folder outside closed folders such as /root", p.account.name, p.folder.path)
	}
	return nil
}

// initialise makes the cluster beside its final place and moves it there, so
// that one interrupted half-way is never mistaken for a whole one.
func (p *Postgres) initialise(ctx context.Context) error {
	p.options.progress("Creating the private database in %s …", p.folder.path)
	unfinished := p.cluster() + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("clear an unfinished cluster: %w", err)
	}
	if err := privateDir(unfinished, p.account); err != nil {
		return err
	}
	args := []string{"-D", unfinished, "-U", superuser, "-A", "trust", "--encoding=UTF8"}
	if runtime.GOOS == "linux" {
		args = append(args, "--locale=C.UTF-8")
	}
	if p.options.Durable {
		args = append(args, "--data-checksums")
	} else {
		args = append(args, "--no-sync")
	}
	cmd := exec.CommandContext(ctx, p.programs.path("initdb"), args...)
	cmd.Dir = p.folder.path
	cmd.SysProcAttr = p.account.attributes()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the private database could not be created in %s: %s (%w)", p.folder.path, lastLine(out), err)
	}
	return os.Rename(unfinished, p.cluster())
}

//go:embed bootstrap.sql
var bootstrapSQL string

// bootstrap makes the roles and databases that are missing.
func (p *Postgres) bootstrap(ctx context.Context) error {
	_, err := p.psql(ctx, "postgres", bootstrapSQL)
	return err
}

// psql runs a script as the superuser and returns what it selects. The
// program comes with the server, so this package needs no driver of its own.
func (p *Postgres) psql(ctx context.Context, database, script string) (string, error) {
	cmd := exec.CommandContext(ctx, p.programs.path("psql"),
		"--no-psqlrc", "--quiet", "--tuples-only", "--no-align",
		"--set", "ON_ERROR_STOP=1", "--dbname", p.URL(superuser, database))
	cmd.Env = []string{"PGCLIENTENCODING=UTF8", "PGOPTIONS=-c client_min_messages=warning"}
	cmd.Stdin = strings.NewReader(script)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("prepare the database %s: %s (%w)", database, strings.TrimSpace(complaint.String()), err)
	}
	return strings.TrimSpace(string(out)), nil
}
