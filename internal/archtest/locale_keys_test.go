package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is a package that is read for the keys that it says.
type source struct {
	fset  *token.FileSet
	files []*ast.File
	rules map[string]string // constants of moderation and settings
	own   map[string]string // constants of the package itself
}

// decls are the functions of the package, or those of a name.
func (src source) decls(name string) (all []*ast.FuncDecl) {
	for _, f := range src.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil && (name == "" || fn.Name.Name == name) {
				all = append(all, fn)
			}
		}
	}
	return all
}

// keysIn follows the keys of a package to the calls that say them.
func keysIn(src source) (found []use, errs []error) {
	endings := src.endings()
	for _, fn := range src.decls("") {
		s := scope{source: src, fn: fn}
		ast.Inspect(fn, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sp, ok := speakers[nameOf(call.Fun)]
			if !ok || !sp.isCalledBy(call) {
				return true
			}
			at := src.fset.Position(call.Pos()).String()
			var keys []string
			for _, arg := range sp.keys(call) {
				if !s.handsOn(arg) {
					keys = append(keys, s.strings(arg)...)
				}
			}
			for _, ends := range endings[nameOf(call.Fun)] {
				keys = append(keys, joined(keys, ends)...)
			}
			for _, key := range keys {
				switch {
				case key == "": // says nothing: so a function that returns a key says that there is none
				case unknown.FindString(key) == key:
					errs = append(errs, fmt.Errorf("%s: cannot tell which key is said", at))
				default:
					found = append(found, use{at: at, key: key, args: append(s.argsOf(call, sp), sp.adds...)})
				}
			}
			return true
		})
	}
	return found, errs
}

// endings are what speakers add to the key that they are given, or do not: key += "_hand". Of what one statement adds, it
// adds one.
func (src source) endings() map[string][][]string {
	all := map[string][][]string{}
	for _, fn := range src.decls("") {
		sp, ok := speakers[fn.Name.Name]
		if !ok {
			continue
		}
		s := scope{source: src, fn: fn}
		ast.Inspect(fn, func(n ast.Node) bool {
			if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.ADD_ASSIGN && nameOf(a.Lhs[0]) == parameter(fn.Type, sp.key) {
				all[fn.Name.Name] = append(all[fn.Name.Name], s.strings(a.Rhs[0]))
			}
			return true
		})
	}
	return all
}

// scope is a function in which an expression stands.
type scope struct {
	source
	fn    *ast.FuncDecl
	calls int // how many calls were followed to come here
}

// handsOn reports whether an argument is the key that the function was given itself, being one of
// the speakers: then its callers are looked at. A function that is kept in a variable is one too.
func (s scope) handsOn(arg ast.Expr) bool {
	name, ok := arg.(*ast.Ident)
	if !ok {
		return false
	}
	if sp, speaks := speakers[s.fn.Name.Name]; speaks {
		if parameter(s.fn.Type, sp.key) == name.Name || sp.or != 0 && parameter(s.fn.Type, sp.or) == name.Name {
			return true
		}
	}
	is := false
	ast.Inspect(s.fn, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 && holds(a, arg) {
			sp, speaks := speakers[nameOf(a.Lhs[0])]
			lit, ok := a.Rhs[0].(*ast.FuncLit)
			is = is || speaks && ok && parameter(lit.Type, sp.key) == name.Name
		}
		return true
	})
	return is
}

func holds(outer, inner ast.Node) bool {
	return outer.Pos() <= inner.Pos() && inner.End() <= outer.End()
}

// parameter is the name of a function's i-th parameter.
func parameter(f *ast.FuncType, i int) string {
	var names []string
	for _, p := range f.Params.List {
		for _, n := range p.Names {
			names = append(names, n.Name)
		}
	}
	if i >= len(names) {
		return ""
	}
	return names[i]
}

// unknown is what only the running program knows, by the name of what holds it: "case.<Verdict>".
var unknown = regexp.MustCompile(`<[^<>]*>`)

// strings are the values that an expression can have.
func (s scope) strings(e ast.Expr) []string {
	if all := s.switched(e); len(all) > 0 {
		return all
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			return []string{text}
		}
	case *ast.BinaryExpr:
		return joined(s.strings(e.X), s.strings(e.Y))
	case *ast.CallExpr:
		if nameOf(e.Fun) == "string" && len(e.Args) == 1 {
			return s.strings(e.Args[0])
		}
		if all := s.returned(e, 0, 1); len(all) > 0 {
			return all
		}
	case *ast.SelectorExpr:
		of, isName := e.X.(*ast.Ident)
		isName = isName && len(of.Name) > 2 // of a package: what is called by a letter or two is a variable, and has a field
		if text, ok := s.rules[e.Sel.Name]; ok && isName {
			return []string{text}
		}
		if text, ok := s.own[e.Sel.Name]; ok && isName {
			return []string{text}
		}
	case *ast.Ident:
		if all := s.assigned(e.Name); len(all) > 0 {
			return all
		}
		if text, ok := s.own[e.Name]; ok {
			return []string{text}
		}
	}
	return []string{"<" + nameOf(e) + ">"}
}

// switched are the values that an expression can have since it stands in one of the cases of a switch
// on it.
func (s scope) switched(e ast.Expr) (all []string) {
	var cases []ast.Expr
	ast.Inspect(s.fn, func(n ast.Node) bool {
		on, ok := n.(*ast.SwitchStmt)
		if !ok || on.Tag == nil || types.ExprString(on.Tag) != types.ExprString(e) {
			return true
		}
		for _, stmt := range on.Body.List {
			clause, ok := stmt.(*ast.CaseClause)
			for _, body := range clause.Body {
				if ok && holds(body, e) {
					cases = clause.List
				}
			}
		}
		return true
	})
	for _, c := range cases {
		all = append(all, s.strings(c)...)
	}
	return all
}

// assigned are the values that a variable of the function is given anywhere in it.
func (s scope) assigned(name string) (all []string) {
	ast.Inspect(s.fn.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, to := range a.Lhs {
			if v, ok := to.(*ast.Ident); !ok || v.Name != name {
				continue
			}
			call, called := a.Rhs[0].(*ast.CallExpr)
			switch {
			case a.Tok == token.ADD_ASSIGN:
				all = append(all, joined(all, s.strings(a.Rhs[i]))...) // it may be, or not
			case len(a.Lhs) == len(a.Rhs):
				all = append(all, s.strings(a.Rhs[i])...)
			case called:
				all = append(all, s.returned(call, i, len(a.Lhs))...)
			}
		}
		return true
	})
	return all
}

// followed is how many calls deep we look for what a function returns.
const followed = 3

// returned are the values of the i-th of the results of a function of the package.
func (s scope) returned(call *ast.CallExpr, i, results int) (all []string) {
	if s.calls == followed {
		return nil
	}
	for _, fn := range s.decls(nameOf(call.Fun)) {
		if fn.Type.Results.NumFields() != results {
			continue
		}
		inner := scope{source: s.source, fn: fn, calls: s.calls + 1}
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				if len(n.Results) != results {
					all = append(all, "<"+nameOf(call.Fun)+">")
					break
				}
				all = append(all, inner.strings(n.Results[i])...)
			}
			return true
		})
	}
	return all
}

func joined(left, right []string) (all []string) {
	for _, l := range left {
		for _, r := range right {
			all = append(all, l+r)
		}
	}
	return all
}

// argsOf are the names of what a call fills in.
func (s scope) argsOf(call *ast.CallExpr, sp speaker) (names []string) {
	if sp.args < 0 {
		return nil
	}
	if v, ok := call.Args[sp.args].(*ast.Ident); ok {
		ast.Inspect(s.fn.Body, func(n ast.Node) bool {
			if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
				for i, to := range a.Lhs {
					names = append(names, s.filled(v.Name, to, a.Rhs[i])...)
				}
			}
			return true
		})
		return names
	}
	return s.keysOf(call.Args[sp.args])
}

// filled are the names that an assignment adds to a variable: args := Args{...}, args["x"] = y.
func (s scope) filled(name string, to, value ast.Expr) []string {
	switch to := to.(type) {
	case *ast.Ident:
		if to.Name == name {
			return s.keysOf(value)
		}
	case *ast.IndexExpr:
		if nameOf(to.X) == name {
			return s.strings(to.Index)
		}
	}
	return nil
}

func (s scope) keysOf(e ast.Expr) (names []string) {
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			names = append(names, s.strings(kv.Key)...)
		}
	}
	return names
}

// nameOf is the name at the end of an expression: f, x.f.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	default:
		return ""
	}
}

// Made up, to see that a key is found however it is put together.
func TestKeysAreFound(t *testing.T) {
	t.Parallel()
	fset, f := madeUp(t, `package handlers
func (h *H) a() { h.say(ctx, a, "one.two", nil); h.toast(ctx, t, "toast"); t.toast(text) }
func (h *H) b() { p.Text("refuse."+string(moderation.RefuseSelf), locale.Args{"case": 1, "x": 2}) }
func (h *H) c() {
	key, args := "step."+string(s.Kind), locale.Args{"for": 1}
	if x { key += "_for" }
	args["until"] = 2
	p.Text(key, args)
}
func (h *H) d() { key := "done"; if x { key = "done_public" }; p.Text(key, nil) }
func (h *H) say(ctx, a, key, args any) { p.Text(key, args) }
func (h *H) other(key string) { p.Text(key, nil) }
func figure(p, key, args any) { if cs.Hand { key += "_hand" }; p.Text(key, said) }
func (h *H) e() { figure(p, "notice", locale.Args{"group": 1}) }
func (h *H) f() {
	button := func(key, kind string, parts ...string) string { return p.Text(key, nil) }
	button("button.show", kind)
	button("button.hide", kind, part, part)
}
func g(value string) {
	switch value {
	case on, "off", string(moderation.Jury): p.Text("value."+value, nil)
	case "0": p.Text("value.0."+setting, nil)
	default: p.Text("else."+value, nil)
	}
}
func (h *H) i() { why, title, err := h.fit(chat); h.say(ctx, a, why, nil) }
func (h *H) fit(chat int64) (why, title string, err error) {
	if x { return "refuse."+string(moderation.RefuseSelf), "", nil }
	defer func() string { return "not.this" }()
	return "", name, err
}
func (h *H) j() { p.Text(which(x), nil) }
func which(x bool) string { if x { return "which.this" }; return "which."+that }
func (h *H) k() { why, err := refused(p, err); h.say(ctx, a, why, nil) }
func refused(p, err any) (string, error) { return p.Text("refuse."+string(no.Code), locale.Args{"case": 1}), nil }
`)
	uses, errs := keysIn(source{
		fset: fset, files: []*ast.File{f},
		rules: map[string]string{"RefuseSelf": "self", "Jury": "jury"}, own: map[string]string{"on": "on"},
	})
	var got []string
	for _, u := range uses {
		got = append(got, u.key+fmt.Sprint(u.args))
	}
	want := []string{
		"one.two[]", "toast[]", "refuse.self[case x]", "step.<Kind>[for until]", "step.<Kind>_for[for until]",
		"done[]", "done_public[]", "notice[]", "notice_hand[]", "button.show[]", "button.hide[]",
		"value.on[]", "value.off[]", "value.jury[]", "value.0.<setting>[]", "else.<value>[]",
		"refuse.self[]", "which.this[]", "which.<that>[]", "refuse.<Code>[case]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	// A function that is given a key and is no speaker; and a text that is taken for a key.
	if len(errs) != 2 || !strings.Contains(errs[0].Error(), "made_up.go:12:") || !strings.Contains(errs[1].Error(), "made_up.go:35:") {
		t.Errorf("the keys that nobody can tell are not reported, or others are: %v", errs)
	}
}

func madeUp(t *testing.T, source string) (*token.FileSet, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "handlers/made_up.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return fset, f
}
