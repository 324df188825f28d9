package embedded

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldestPostgres is the oldest major version this project's SQL is tried on.
const oldestPostgres = 14

// programs is one installation of PostgreSQL.
type programs struct {
	dir   string
	major int
}

func (p programs) path(name string) string { return filepath.Join(p.dir, name) }

// programFolders are the places where systems put PostgreSQL's programs.
func programFolders(ctx context.Context) []string {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin", // Debian, Ubuntu
		"/usr/pgsql-*/bin",          // the PostgreSQL project's own rpm packages
		"/usr/local/pgsql/bin",      // built from source
		"/opt/homebrew/opt/postgresql*/bin",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			continue // the patterns are constants; a bad one finds nothing
		}
		dirs = append(dirs, found...)
	}
	return dirs
}

// findPrograms picks the installation a data folder of the given major
// version needs, or the newest when major is 0.
func findPrograms(ctx context.Context, dirs []string, major int) (programs, error) {
	var found []programs
	for _, dir := range dirs {
		if p, ok := programsIn(ctx, dir); ok {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b programs) int { return b.major - a.major })
	for _, p := range found {
		if p.major == major || major == 0 && p.major >= oldestPostgres {
			return p, nil
		}
	}
	switch {
	case len(found) == 0:
		return programs{}, errNoPostgres
	case major == 0:
		return programs{}, fmt.Errorf("PostgreSQL %d is too old: install PostgreSQL %d or newer", found[0].major, oldestPostgres)
	}
	return programs{}, fmt.Errorf(
		"the data folder was made by PostgreSQL %d, but this machine has PostgreSQL %d: install it with \"apt-get install postgresql-%d\", or choose another data folder",
		major, found[0].major, major)
}

var errNoPostgres = errors.New("PostgreSQL is not installed: install it with \"sudo apt-get install -y postgresql\" and start again")

var versionLine = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

func programsIn(ctx context.Context, dir string) (programs, bool) {
	for _, name := range []string{"initdb", "postgres", "psql"} {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			return programs{}, false
		}
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	match := versionLine.FindSubmatch(out)
	if err != nil || match == nil {
		return programs{}, false
	}
	major, err := strconv.Atoi(string(match[1]))
	return programs{dir: dir, major: major}, err == nil
}

// providePrograms finds PostgreSQL and installs it when it is missing and the
// system's package manager can be asked without asking a person.
func providePrograms(ctx context.Context, o Options, major int) (programs, error) {
	p, err := findPrograms(ctx, programFolders(ctx), major)
	if !errors.Is(err, errNoPostgres) {
		return p, err
	}
	if !aptInstall(ctx, o, "postgresql") {
		return programs{}, err
	}
	return findPrograms(ctx, programFolders(ctx), major)
}

// aptInstall says whether a Debian package could be installed.
func aptInstall(ctx context.Context, o Options, name string) bool {
	apt, err := exec.LookPath("apt-get")
	if err != nil || os.Geteuid() != 0 {
		return false
	}
	o.progress("Installing the package %s (about a minute, once) …", name)
	for _, args := range [][]string{
		{"update", "-q"},
		{"install", "-q", "-y", "--no-install-recommends", name},
	} {
		cmd := exec.CommandContext(ctx, apt, args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			o.logger().Error("apt-get", "args", args, "error", err, "output", lastLine(out))
			return false
		}
	}
	return true
}

func lastLine(output []byte) string {
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	return lines[len(lines)-1]
}
