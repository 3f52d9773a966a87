package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A manner is something that the code of some packages does not do.
type manner struct {
	packages string // and those below them, with spaces between; "*" all
	but      string // packages that may, or single functions: "handlers/lookup/pool.go:All"
	find     func(*ast.File) []ast.Node
	why      string
}

var manners = []manner{
	{
		packages: "moderation handlers",
		find:     uses("time", "Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"),
		why:      "time enters as a value, so that a test plays a week in a millisecond",
	},
	{
		packages: "moderation handlers",
		// All waits for those that it starts: no goroutine is left when it returns, and each writes only what is its own. Pool is
		// closed by internal/app, which waits for what runs there.
		but:  "handlers/lookup/pool.go:All handlers/lookup/pool.go:start",
		find: goroutines,
		why:  "goroutines are started where they are also stopped: in internal/app, bot and the outbox",
	},
	{
		packages: "*",
		but:      "internal/demo bench",
		find:     uses("fmt", "Print", "Printf", "Println"),
		why:      "only the command line prints; others log, or return what they have to say",
	},
	{
		packages: "*",
		find:     builtins("print", "println"),
		why:      "this was for debugging and has been left behind",
	},
}

func TestManners(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, path := range imports(t).packages() {
		fset, files := sources(t, filepath.Clean("./"+strings.TrimPrefix(path, ourModule)))
		for _, m := range manners {
			for _, slip := range m.slips(fset, nickname(path), files, used) {
				t.Error(slip)
			}
		}
	}
	for _, m := range manners {
		for _, excused := range strings.Fields(m.but) {
			if strings.Contains(excused, ":") && !used[excused] {
				t.Errorf("%s is excused but does nothing to be excused for: %s", excused, m.why)
			}
		}
	}
}

// Made up, to see that each of them is found.
func TestMannersAreNoticed(t *testing.T) {
	t.Parallel()
	const source = `package handlers
import (
	"fmt"
	"sync"
	clock "time"
)
type t struct{ now func() clock.Time }
func (t) Now() {}
func a() { fmt.Println(clock.Now()) }
func b() { go println("x"); later := clock.After; later(0) }
func All() { var g sync.WaitGroup; g.Go(b); g.Wait(); clock.Unix(0, 0); t{}.Now() }
var c = clock.Now
`
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "handlers/lookup/pool.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"9", "10", "12", "10", "9", "10"} // lines: the clock, a goroutine, Println, println
	var got []string
	for _, m := range manners {
		for _, slip := range m.slips(fset, "handlers", []*ast.File{f}, map[string]bool{}) {
			if !strings.Contains(slip, m.why) {
				t.Errorf("%q does not say why", slip)
			}
			got = append(got, strings.Split(slip, ":")[1])
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("found in lines %v, want %v", got, want)
	}
}

// slips are the places where a package does it. What was excused is marked as used.
func (m manner) slips(fset *token.FileSet, pkg string, files []*ast.File, used map[string]bool) (found []string) {
	if m.packages != "*" && !below(m.packages, pkg) || slices.Contains(strings.Fields(m.but), pkg) {
		return nil
	}
	for _, f := range files {
		for _, n := range m.find(f) {
			at := fset.Position(n.Pos())
			place := filepath.ToSlash(at.Filename) + ":" + functionAt(f, n.Pos())
			if slices.Contains(strings.Fields(m.but), place) {
				used[place] = true
				continue
			}
			found = append(found, fmt.Sprintf("%s:%d: %s", at.Filename, at.Line, m.why))
		}
	}
	return found
}

// below reports whether a package is one of those named, or stands in the folder of one.
func below(names, pkg string) bool {
	return slices.ContainsFunc(strings.Fields(names), func(name string) bool {
		return pkg == name || strings.HasPrefix(pkg, name+"/")
	})
}

// functionAt is the function around a place, or nothing.
func functionAt(f *ast.File, at token.Pos) string {
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Pos() <= at && at < fn.End() {
			return fn.Name.Name
		}
	}
	return ""
}

// uses finds the names of a package, be they called or handed on.
func uses(path string, names ...string) func(*ast.File) []ast.Node {
	return func(f *ast.File) []ast.Node {
		local := localName(f, path)
		return matching(f, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || !slices.Contains(names, sel.Sel.Name) {
				return false
			}
			pkg, ok := sel.X.(*ast.Ident)
			return ok && local != "" && pkg.Name == local
		})
	}
}

// goroutines finds go statements, and calls of methods that start one (errgroup, WaitGroup).
func goroutines(f *ast.File) []ast.Node {
	return matching(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			return true
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			return ok && (sel.Sel.Name == "Go" || sel.Sel.Name == "TryGo")
		default:
			return false
		}
	})
}

func builtins(names ...string) func(*ast.File) []ast.Node {
	return func(f *ast.File) []ast.Node {
		return matching(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return false
			}
			name, ok := call.Fun.(*ast.Ident)
			return ok && slices.Contains(names, name.Name)
		})
	}
}

func matching(f *ast.File, is func(ast.Node) bool) (found []ast.Node) {
	ast.Inspect(f, func(n ast.Node) bool {
		if n != nil && is(n) {
			found = append(found, n)
		}
		return true
	})
	return found
}

// localName is what a file calls a package that it imports, or nothing.
func localName(f *ast.File, path string) string {
	for _, i := range f.Imports {
		if strings.Trim(i.Path.Value, `"`) != path {
			continue
		}
		if i.Name != nil {
			return i.Name.Name
		}
		return path[strings.LastIndex(path, "/")+1:]
	}
	return ""
}

// sources parses the Go files of a folder, without tests.
func sources(t *testing.T, dir string) (*token.FileSet, []*ast.File) {
	t.Helper()
	return parsed(t, filepath.Join(dir, "*.go"))
}

// tree are the files of a folder and of the folders in it, without tests.
func tree(t *testing.T, dir string) (*token.FileSet, []*ast.File) {
	t.Helper()
	return parsed(t, filepath.Join(dir, "*.go"), filepath.Join(dir, "*", "*.go"))
}

func parsed(t *testing.T, patterns ...string) (*token.FileSet, []*ast.File) {
	t.Helper()
	var names []string
	for _, pattern := range patterns {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return fset, files
}
