package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The driver silently repeats a statement outside of a transaction whose reply was lost. Whatever writes, or takes a lock,
// or counts something up, must therefore stand in an explicit transaction.

// writes recognises such statements.
var writes = regexp.MustCompile(`(?i)\b(insert|update|delete|truncate|merge|nextval|setval|pg_notify|post_movement|for\s+(no key\s+)?(update|share)|pg_advisory\w*)\b`)

// scanner reads one package and finds what writes outside of a transaction.
type scanner struct {
	fset    *token.FileSet
	info    *types.Info
	files   []*ast.File
	queries map[string]bool       // generated queries that write
	helpers map[types.Object]bool // functions that call such queries on the Queries they are given
	found   map[string]bool       // what was found, as file:line
	bodies  map[types.Object]*ast.FuncDecl
}

// load type-checks a package of ours from its sources, with everything it imports from the build cache.
func load(t *testing.T, folder string) *scanner {
	t.Helper()
	exports := map[string]string{}
	for _, p := range list(t, "-export", "-deps", "./"+folder) {
		exports[p.ImportPath] = p.Export
	}
	var files []string
	for _, p := range list(t, "./"+folder) {
		for _, f := range p.GoFiles {
			files = append(files, filepath.Join(p.Dir, f))
		}
	}
	s := &scanner{fset: token.NewFileSet(), queries: writingQueries(t), helpers: map[types.Object]bool{}, found: map[string]bool{},
		bodies: map[types.Object]*ast.FuncDecl{},
		info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
			Selections: map[*ast.SelectorExpr]*types.Selection{}}}
	for _, f := range files {
		parsed, err := parser.ParseFile(s.fset, f, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		s.files = append(s.files, parsed)
	}
	imports := importer.ForCompiler(s.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(exports[path])
	})
	_, err := (&types.Config{Importer: imports}).Check("lizheng/"+folder, s.fset, s.files, s.info)
	require.NoError(t, err)
	return s
}

// writingQueries are the names of the generated queries whose statement writes.
func writingQueries(t *testing.T) map[string]bool {
	t.Helper()
	name := regexp.MustCompile("`-- name: (\\w+) :\\w+\n((?s:[^`]*))`")
	out := map[string]bool{}
	everyFile(t, filepath.Join(root, "postgres", "rows"), func(_, content string) {
		for _, m := range name.FindAllStringSubmatch(content, -1) {
			out[m[1]] = out[m[1]] || writes.MatchString(m[2])
		}
	})
	return out
}

// named reports whether the type of an expression is, perhaps behind a pointer, this one.
func (s *scanner) named(e ast.Expr, path string) bool {
	of := s.info.Types[e].Type
	if of == nil {
		return false
	}
	if p, ok := of.(*types.Pointer); ok {
		of = p.Elem()
	}
	n, ok := of.(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path()+"."+n.Obj().Name() == path
}

const (
	aStore   = "lizheng/postgres.Store"
	aQueries = "lizheng/postgres/rows.Queries"
	aDB      = "database/sql.DB"
)

// outside reports whether these are the queries that a store holds: they run in no transaction.
func (s *scanner) outside(e ast.Expr) bool {
	field, ok := e.(*ast.SelectorExpr)
	return ok && s.named(e, aQueries) && s.named(field.X, aStore)
}

// calls gives every call in a node, with what is called.
func (s *scanner) calls(in ast.Node, give func(call *ast.CallExpr, receiver ast.Expr, name string, called types.Object)) {
	ast.Inspect(in, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			give(call, f.X, f.Sel.Name, s.info.Uses[f.Sel])
		case *ast.Ident:
			give(call, nil, f.Name, s.info.Uses[f])
		}
		return true
	})
}

// learn finds the functions that write with the queries they are given, and those that call them, until none is new.
func (s *scanner) learn() {
	for _, file := range s.files {
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
				s.bodies[s.info.Defs[f.Name]] = f
			}
		}
	}
	for grown := true; grown; {
		grown = false
		for object, f := range s.bodies {
			if s.helpers[object] {
				continue
			}
			s.calls(f.Body, func(call *ast.CallExpr, receiver ast.Expr, name string, called types.Object) {
				direct := receiver != nil && s.named(receiver, aQueries) && s.queries[name]
				if (direct || s.helpers[called] && s.handsOn(call)) && s.takes(f) {
					s.helpers[object], grown = true, true
				}
			})
		}
	}
}

// takes reports whether a function is given queries.
func (s *scanner) takes(f *ast.FuncDecl) bool {
	for _, p := range f.Type.Params.List {
		if s.named(p.Type, aQueries) {
			return true
		}
	}
	return false
}

func (s *scanner) handsOn(call *ast.CallExpr) bool {
	for _, a := range call.Args {
		if s.named(a, aQueries) {
			return true
		}
	}
	return false
}

// scan finds what writes outside of a transaction.
func (s *scanner) scan() []string {
	s.learn()
	for _, file := range s.files {
		s.calls(file, func(call *ast.CallExpr, receiver ast.Expr, name string, called types.Object) {
			switch {
			case receiver != nil && s.outside(receiver) && s.queries[name]:
				s.find(call, "the query "+name)
			case receiver != nil && s.named(receiver, aDB) && (strings.HasPrefix(name, "Exec") || strings.HasPrefix(name, "Prepare")):
				s.find(call, name)
			case receiver != nil && s.named(receiver, aDB) && strings.HasPrefix(name, "Query") && s.writing(call.Args):
				s.find(call, name)
			case s.helpers[called]:
				for _, a := range call.Args {
					if s.outside(a) {
						s.find(call, name+" with the store's own queries")
					}
				}
			}
		})
	}
	var out []string
	for at := range s.found {
		out = append(out, at)
	}
	return out
}

func (s *scanner) find(call *ast.CallExpr, what string) {
	at := s.fset.Position(call.Pos())
	s.found[fmt.Sprintf("%s:%d: %s", filepath.Base(at.Filename), at.Line, what)] = true
}

// writing reports whether any constant part of a statement writes.
func (s *scanner) writing(args []ast.Expr) bool {
	found := false
	for _, a := range args {
		ast.Inspect(a, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if v := s.info.Types[e].Value; v != nil && v.Kind() == constant.String {
					found = found || writes.MatchString(constant.StringVal(v))
				}
			}
			return true
		})
	}
	return found
}

func TestNothingIsWrittenOutsideATransaction(t *testing.T) {
	t.Parallel()
	s := load(t, "postgres")
	require.True(t, s.queries["InsertAnswer"], "the search knows what it looks for")
	require.False(t, s.queries["Answer"])
	require.Empty(t, s.scan())
	require.NotEmpty(t, s.helpers)
}
