package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// root is the module's own folder, seen from this one.
const root = "../.."

// aPackage is what go list says of a package, tests left aside.
type aPackage struct {
	ImportPath string
	Dir        string
	Imports    []string
	Export     string
	GoFiles    []string
}

// list asks the go command for packages.
func list(t *testing.T, args ...string) []aPackage {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Dir,Imports,Export,GoFiles"}, args...)...)
	cmd.Dir = root
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		require.NoError(t, err, string(exit.Stderr))
	}
	require.NoError(t, err)
	var packages []aPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p aPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else {
			require.NoError(t, err)
		}
		packages = append(packages, p)
	}
}

// arrows are the folders that each folder may import, as docs/architecture.md draws them. cmd may import all of them.
var arrows = map[string][]string{
	"civic":      {},
	"activities": {"civic"},
	"workflows":  {"activities", "civic"},
	"worker":     {"activities", "workflows", "civic"},
	"policies":   {"civic"},
	"postgres":   {"civic"},
	"api":        {"civic", "web"},
	"web":        {},
	"config":     {"civic"},
}

// folder is the top folder of one of our packages, "" for anybody else's.
func folder(path string) string {
	rest, ours := strings.CutPrefix(path, "lizheng/")
	if !ours {
		return ""
	}
	top, _, _ := strings.Cut(rest, "/")
	return top
}

// forTests reports whether a package helps tests and is in no program: its name ends as testing's own helpers' do.
func forTests(path string) bool {
	return strings.HasSuffix(path, "test") || strings.HasSuffix(path, "/testservices")
}

func TestImportsFollowTheArrows(t *testing.T) {
	t.Parallel()
	for _, p := range list(t, "./...") {
		from := folder(p.ImportPath)
		if from == "cmd" || forTests(p.ImportPath) {
			continue
		}
		allowed, known := arrows[from]
		require.True(t, known, "no arrow is drawn for %s", p.ImportPath)
		for _, to := range p.Imports {
			if f := folder(to); f != "" && f != from {
				require.Contains(t, allowed, f, "%s imports %s", p.ImportPath, to)
			}
		}
	}
}

func TestNoProgramHoldsWhatIsForTests(t *testing.T) {
	t.Parallel()
	for _, p := range list(t, "./...") {
		for _, to := range p.Imports {
			if folder(to) != "" && forTests(to) {
				require.True(t, forTests(p.ImportPath), "%s imports %s", p.ImportPath, to)
			}
		}
	}
}

func TestTheSubjectImportsTheStandardLibraryOnly(t *testing.T) {
	t.Parallel()
	for _, p := range list(t, "./civic/...") {
		for _, to := range p.Imports {
			first, _, _ := strings.Cut(to, "/")
			require.True(t, folder(to) == "civic" || !strings.Contains(first, ".") && folder(to) == "", "%s imports %s", p.ImportPath, to)
		}
		if p.ImportPath != "lizheng/civic" {
			require.NotContains(t, p.Imports, "lizheng/civic", "%s knows nothing of cases", p.ImportPath)
		}
	}
}

// technologies are the libraries that only some folders may know.
var technologies = map[string][]string{
	"go.temporal.io/":              {"workflows", "activities", "worker", "cmd", "config/embedded"},
	"github.com/gin-gonic/":        {"api"},
	"github.com/casbin/":           {"policies"},
	"github.com/xuri/":             {"api"},
	"github.com/lib/pq":            {"postgres", "cmd/lizheng/internal/bench"}, // the yardstick is the bare driver
	"github.com/pressly/goose/":    {"postgres"},
	"github.com/alecthomas/kong":   {"cmd", "config"},
	"github.com/stretchr/testify/": {},
	"pgregory.net/rapid":           {},
}

func TestEachTechnologyStaysInItsFolder(t *testing.T) {
	t.Parallel()
	for _, p := range list(t, "./...") {
		if forTests(p.ImportPath) {
			continue
		}
		for _, to := range p.Imports {
			for library, folders := range technologies {
				if !strings.HasPrefix(to, library) {
					continue
				}
				require.True(t, slices.ContainsFunc(folders, func(f string) bool {
					return p.ImportPath == "lizheng/"+f || strings.HasPrefix(p.ImportPath, "lizheng/"+f+"/")
				}), "%s imports %s", p.ImportPath, to)
			}
		}
	}
}

func TestTheTopOfTheHouseHasNoOtherFolders(t *testing.T) {
	t.Parallel()
	rooms := []string{"cmd", "civic", "policies", "workflows", "activities", "worker", "api", "web", "postgres", "config", "docs", "deploy", "tools"}
	made := []string{"bin", "coverage"} // what building leaves here and nobody commits
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	for _, e := range entries {
		switch {
		case strings.HasPrefix(e.Name(), "."), slices.Contains(made, e.Name()):
		case e.IsDir():
			require.Contains(t, rooms, e.Name())
		default:
			require.NotEqual(t, ".go", filepath.Ext(e.Name()), "%s: code has a folder", e.Name())
		}
	}
}

// longest is how many lines a file written by hand may have at the very most.
const longest = 450

func TestNoFileIsTooLongToSurvey(t *testing.T) {
	t.Parallel()
	everyFile(t, root, func(path string, content string) {
		if !generated(content) {
			require.LessOrEqual(t, strings.Count(content, "\n"), longest, path)
		}
	})
}

// everyFile gives every Go file of the module below a folder, tests too.
func everyFile(t *testing.T, below string, give func(path, content string)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(below, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == "node_modules" || e.Name() == "bin" || e.Name() == "tools" || strings.HasPrefix(e.Name(), ".") && e.Name() != ".."):
			return fs.SkipDir
		case e.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		content, err := os.ReadFile(path)
		if err == nil {
			give(path, string(content))
		}
		return err
	}))
}

func generated(content string) bool {
	for lines := bufio.NewScanner(strings.NewReader(content)); lines.Scan(); {
		if line := lines.Text(); strings.HasPrefix(line, "// Code generated ") && strings.HasSuffix(line, " DO NOT EDIT.") {
			return true
		} else if strings.HasPrefix(line, "package ") {
			return false
		}
	}
	return false
}

// TestWorkflowsKnowActivitiesBySignatureOnly: one variable that never has a value, whose methods are named and never called.
func TestWorkflowsKnowActivitiesBySignatureOnly(t *testing.T) {
	t.Parallel()
	pointer := 0
	everyFile(t, filepath.Join(root, "workflows"), func(path, content string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, content, parser.SkipObjectResolution)
		require.NoError(t, err)
		named := map[ast.Node]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				if star, ok := n.Type.(*ast.StarExpr); ok && isSelector(star.X, "activities", "Activities") {
					require.Empty(t, n.Values, "%s: the pointer is nil", path)
					require.Equal(t, "record", n.Names[0].Name)
					named[star.X] = true
					pointer++
				}
			case *ast.CallExpr:
				require.False(t, isSelector(n.Fun, "record", ""), "%s calls an activity instead of naming it", path)
			case *ast.AssignStmt:
				for _, left := range n.Lhs {
					id, ok := left.(*ast.Ident)
					require.False(t, ok && id.Name == "record", "%s gives the pointer a value", path)
				}
			case *ast.SelectorExpr:
				require.True(t, named[n] || !isSelector(n, "activities", ""), "%s uses activities.%s", path, n.Sel.Name)
			}
			return true
		})
	})
	require.Equal(t, 1, pointer)
}

// isSelector reports whether an expression is name.member, with "" for any member.
func isSelector(e ast.Expr, name, member string) bool {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := s.X.(*ast.Ident)
	return ok && id.Name == name && (member == "" || s.Sel.Name == member)
}
