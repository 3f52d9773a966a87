package archtest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// A knot is a group of files of one package each of which reaches all others by what it uses. Who wants to understand one of
// them has to read them all, so knots stay small. The other limits are there for the same reason.
const (
	maxKnot       = 5   // files of a package that reach each other
	maxLines      = 450 // of a file
	maxMethods    = 40  // of a receiver, without what it embeds
	maxInterfaces = 5   // methods that an interface declares itself
)

// measure is what the test looks at in one package.
type measure struct {
	files      int
	knot       []string                     // the largest, sorted
	uses       map[string]map[string]string // file, the file it uses, and something that it uses of it
	lines      map[string]int               // by file
	methods    map[string]int               // by receiver
	interfaces map[string]int               // by interface
}

// load type-checks the packages that the patterns name, without their tests.
func load(t *testing.T, patterns ...string) []*packages.Package {
	t.Helper()
	all, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: root(t)}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, e := range p.Errors {
			t.Fatalf("%s: %v", p.PkgPath, e)
		}
	}
	return all
}

// measured looks at one package.
func measured(p *packages.Package) measure {
	m := measure{files: len(p.Syntax), lines: map[string]int{}, methods: map[string]int{}, interfaces: map[string]int{}}
	uses := map[string]map[string]string{}
	for _, file := range p.Syntax {
		name := fileOf(p.Fset, file.Pos())
		m.lines[name] = p.Fset.File(file.FileStart).LineCount()
		uses[name] = usedBy(p, file, name)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil {
				m.methods[receiver(f)]++
			}
		}
	}
	for _, name := range p.Types.Scope().Names() {
		if i, ok := p.Types.Scope().Lookup(name).Type().Underlying().(*types.Interface); ok {
			m.interfaces[name] = i.NumExplicitMethods()
		}
	}
	m.knot, m.uses = largest(uses), uses
	return m
}

// usedBy lists the other files of the package in which something is defined that this file uses, each with one such name:
// functions, methods, types, variables, constants and fields.
func usedBy(p *packages.Package, file *ast.File, name string) map[string]string {
	others := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		if def := p.TypesInfo.Uses[id]; def != nil && def.Pkg() == p.Types {
			if other := fileOf(p.Fset, def.Pos()); other != name {
				others[other] = def.Name()
			}
		}
		return true
	})
	return others
}

func fileOf(fset *token.FileSet, pos token.Pos) string {
	return filepath.Base(fset.Position(pos).Filename)
}

func receiver(f *ast.FuncDecl) string {
	typ := f.Recv.List[0].Type
	for {
		switch x := typ.(type) {
		case *ast.StarExpr:
			typ = x.X
		case *ast.IndexExpr:
			typ = x.X
		case *ast.IndexListExpr:
			typ = x.X
		case *ast.Ident:
			return x.Name
		default:
			return "?"
		}
	}
}

// largest is the largest group of names that reach each other. See Tarjan, Depth-first search and linear graph
// algorithms, 1972.
func largest(uses map[string]map[string]string) []string {
	var best, stack []string
	index, low, on := map[string]int{}, map[string]int{}, map[string]bool{}
	var visit func(string)
	visit = func(v string) {
		index[v] = len(index) + 1
		low[v] = index[v]
		stack, on[v] = append(stack, v), true
		for _, w := range slices.Sorted(maps.Keys(uses[v])) {
			if index[w] == 0 {
				visit(w)
				low[v] = min(low[v], low[w])
			} else if on[w] {
				low[v] = min(low[v], index[w])
			}
		}
		if low[v] != index[v] {
			return
		}
		at := slices.Index(stack, v)
		group := slices.Clone(stack[at:])
		stack = stack[:at]
		for _, w := range group {
			on[w] = false
		}
		if len(group) > len(best) {
			best = group
		}
	}
	for _, v := range slices.Sorted(maps.Keys(uses)) {
		if index[v] == 0 {
			visit(v)
		}
	}
	slices.Sort(best)
	return best
}

// beyond lists what is above its limit, by name.
func beyond(counts map[string]int, limit int) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if counts[name] > limit {
			all = append(all, fmt.Sprintf("%s %d", name, counts[name]))
		}
	}
	return all
}

// With KNOT=bot it looks at that package alone, and says who uses what in its knot.
func TestKnots(t *testing.T) {
	t.Parallel()
	only := os.Getenv("KNOT")
	for _, p := range load(t, "./"+cmp.Or(only, "...")) {
		if len(p.Syntax) == 0 {
			continue
		}
		room := strings.TrimPrefix(p.PkgPath, ourModule+"/")
		m := measured(p)
		for _, fault := range m.faults() {
			t.Errorf("%s: %s", room, fault)
		}
		t.Logf("%-26s %3d files, %5d lines, knot %2d: %s", room, m.files, sum(m.lines), len(m.knot), strings.Join(m.knot, " "))
		for _, file := range m.knot {
			for _, other := range m.knot {
				if name, ok := m.uses[file][other]; ok && only != "" {
					t.Logf("    %s uses %s of %s", file, name, other)
				}
			}
		}
	}
}

// faults says which limits are passed.
func (m measure) faults() []string {
	var all []string
	if n := len(m.knot); n > maxKnot {
		all = append(all, fmt.Sprintf("%d files reach each other, of which there may be %d: %s", n, maxKnot, strings.Join(m.knot, " ")))
	}
	for _, b := range beyond(m.lines, maxLines) {
		all = append(all, fmt.Sprintf("%s lines are more than %d", b, maxLines))
	}
	for _, b := range beyond(m.methods, maxMethods) {
		all = append(all, fmt.Sprintf("receiver %s methods are more than %d", b, maxMethods))
	}
	for _, b := range beyond(m.interfaces, maxInterfaces) {
		all = append(all, fmt.Sprintf("interface %s methods are more than %d; declare smaller ones where they are used", b, maxInterfaces))
	}
	return all
}

// A limit that nothing can pass is none: these are made up.
func TestKnotsAreFound(t *testing.T) {
	t.Parallel()
	uses := map[string]map[string]string{}
	for i, file := range []string{"a.go", "b.go", "c.go", "d.go", "e.go", "f.go"} {
		uses[file] = map[string]string{string(rune('a'+(i+1)%6)) + ".go": "X", "below.go": "Y"}
	}
	uses["below.go"] = map[string]string{"lowest.go": "Z"}
	uses["lowest.go"] = map[string]string{}
	uses["above.go"] = map[string]string{"a.go": "X"}
	m := measure{
		knot: largest(uses), lines: map[string]int{"a.go": maxLines + 1, "b.go": maxLines},
		methods: map[string]int{"T": maxMethods, "U": maxMethods + 1}, interfaces: map[string]int{"I": maxInterfaces + 1, "J": maxInterfaces},
	}
	if got := strings.Join(m.knot, " "); got != "a.go b.go c.go d.go e.go f.go" {
		t.Errorf("the knot is %s", got)
	}
	if got := m.faults(); len(got) != 4 {
		t.Errorf("found %q; want one fault of each kind", got)
	}
	m.knot = m.knot[1:]
	if got := m.faults(); len(got) != 3 {
		t.Errorf("found %q; a knot of five is allowed", got)
	}
}

func sum(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
