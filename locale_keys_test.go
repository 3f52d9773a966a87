package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// keysIn follows the keys of a package to the calls that say them.
func keysIn(fset *token.FileSet, files []*ast.File, law map[string]string) (found []use, errs []error) {
	for _, f := range files {
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			s := scope{fn: fn, law: law}
			ast.Inspect(fn, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				sp, ok := speakers[nameOf(call.Fun)]
				if !ok || len(call.Args) != sp.takes || s.handsOn(call.Args[sp.key]) {
					return true
				}
				at := fset.Position(call.Pos()).String()
				for _, key := range s.strings(call.Args[sp.key]) {
					if key == "*" {
						errs = append(errs, fmt.Errorf("%s: cannot tell which key is said", at))
						continue
					}
					found = append(found, use{at: at, key: key, args: append(s.argsOf(call, sp), sp.adds...)})
				}
				return true
			})
		}
	}
	return found, errs
}

// scope is a function in which an expression stands.
type scope struct {
	fn  *ast.FuncDecl
	law map[string]string // constants of moderation
}

// handsOn reports whether an argument is the key that the function was given itself, being one of
// the speakers: then its callers are looked at.
func (s scope) handsOn(arg ast.Expr) bool {
	name, ok := arg.(*ast.Ident)
	if _, speaks := speakers[s.fn.Name.Name]; !ok || !speaks {
		return false
	}
	for _, p := range s.fn.Type.Params.List {
		for _, n := range p.Names {
			if n.Name == name.Name {
				return true
			}
		}
	}
	return false
}

// strings are the values that an expression can have, with "*" for what only the running program
// knows.
func (s scope) strings(e ast.Expr) []string {
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
	case *ast.SelectorExpr:
		if text, ok := s.law[e.Sel.Name]; ok && nameOf(e.X) == "moderation" {
			return []string{text}
		}
	case *ast.Ident:
		if all := s.assigned(e.Name); len(all) > 0 {
			return all
		}
	}
	return []string{"*"}
}

// assigned are the values that a variable of the function is given anywhere in it.
func (s scope) assigned(name string) (all []string) {
	ast.Inspect(s.fn.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != len(a.Rhs) {
			return true
		}
		for i, to := range a.Lhs {
			if v, ok := to.(*ast.Ident); !ok || v.Name != name {
				continue
			}
			if a.Tok == token.ADD_ASSIGN {
				all = append(all, joined(all, s.strings(a.Rhs[i]))...) // it may be, or not
			} else {
				all = append(all, s.strings(a.Rhs[i])...)
			}
		}
		return true
	})
	return all
}

func joined(left, right []string) (all []string) {
	for _, l := range left {
		for _, r := range right {
			all = append(all, strings.ReplaceAll(l+r, "**", "*"))
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
	key, args := "step."+string(s.Deed), locale.Args{"for": 1}
	if x { key += "_for" }
	args["until"] = 2
	p.Text(key, args)
}
func (h *H) d() { key := "done"; if x { key = "done_public" }; p.Text(key, nil) }
func (h *H) say(ctx, a, key, args any) { p.Text(key, args) }
func (h *H) other(key string) { p.Text(key, nil) }
func noticeText(p, cs, key, args any) { p.Text(key, said) }
func (h *H) e() { noticeText(p, cs, "notice", locale.Args{"group": 1}) }
`)
	uses, errs := keysIn(fset, []*ast.File{f}, map[string]string{"RefuseSelf": "self"})
	var got []string
	for _, u := range uses {
		got = append(got, u.key+fmt.Sprint(u.args))
	}
	want := []string{
		"one.two[]", "toast[]", "refuse.self[case x]", "step.*[for until]", "step.*_for[for until]",
		"done[]", "done_public[]", "notice[group rule why]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "made_up.go:12:") {
		t.Errorf("the key that nobody can tell is not reported, or others are: %v", errs)
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
