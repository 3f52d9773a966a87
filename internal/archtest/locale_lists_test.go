package archtest

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// constants are a package's string constants, by name.
func constants(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, c := range typed(t, dir) {
		all[c.name] = c.value
	}
	return all
}

// months are the numbers of the months.
func months(*testing.T) (all []string) {
	for m := range 12 {
		all = append(all, strconv.Itoa(m+1))
	}
	return all
}

type constant struct{ name, kind, value string }

// typed are the constants of a package that have a literal value, with their types, if they have any.
func typed(t *testing.T, dir string) (all []constant) {
	t.Helper()
	_, files := tree(t, dir)
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || len(v.Names) != len(v.Values) {
				return true
			}
			for i, name := range v.Names {
				if lit, ok := v.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					all = append(all, constant{name.Name, nameOf(v.Type), strings.Trim(lit.Value, `"`)})
				}
			}
			return true
		})
	}
	return all
}

// constantsOf are the values of moderation's constants of a type. One that no code names is never
// said and needs no words.
func constantsOf(kind string) func(*testing.T) []string {
	return func(t *testing.T) (values []string) {
		t.Helper()
		named := map[string]int{}
		for _, dir := range []string{"moderation", "handlers"} {
			_, files := tree(t, dir)
			for _, f := range files {
				for _, n := range matching(f, func(n ast.Node) bool { _, ok := n.(*ast.Ident); return ok }) {
					named[nameOf(n.(*ast.Ident))]++
				}
			}
		}
		for _, c := range typed(t, "moderation") {
			if c.kind == kind && named[c.name] > 1 { // where it is declared, and elsewhere
				values = append(values, c.value)
			}
		}
		if len(values) == 0 {
			t.Errorf("moderation has no constants of type %s", kind)
		}
		return values
	}
}

// only are some of them.
func only(kind string, some ...string) func(*testing.T) []string {
	return func(t *testing.T) []string {
		t.Helper()
		all := constantsOf(kind)(t)
		for _, s := range some {
			if !slices.Contains(all, s) {
				t.Errorf("%q is no %s (any more)", s, kind)
			}
		}
		return some
	}
}

// but are all of them less some.
func but(kind string, some ...string) func(*testing.T) []string {
	return func(t *testing.T) []string {
		t.Helper()
		only(kind, some...)(t)
		return slices.DeleteFunc(constantsOf(kind)(t), func(v string) bool { return slices.Contains(some, v) })
	}
}

// changed are the settings that a package names in a Change itself, by a word or by a constant, having no other list of them.
func changed(dir string) func(*testing.T) []string {
	return func(t *testing.T) (names []string) {
		t.Helper()
		_, files := tree(t, dir)
		words := constants(t, dir)
		for _, f := range files {
			for _, n := range matching(f, isChange) {
				switch first := n.(*ast.CompositeLit).Elts[0].(type) {
				case *ast.BasicLit:
					names = append(names, strings.Trim(first.Value, `"`))
				case *ast.Ident:
					if name, ok := words[first.Name]; ok {
						names = append(names, name)
					}
				}
			}
		}
		if len(names) == 0 {
			t.Errorf("%s names no setting in a Change", dir)
		}
		return names
	}
}

// isChange finds a Change that is written out.
func isChange(n ast.Node) bool {
	lit, ok := n.(*ast.CompositeLit)
	return ok && nameOf(lit.Type) == "Change" && len(lit.Elts) > 0
}

// join are two lists in one.
func join(one, other func(*testing.T) []string) func(*testing.T) []string {
	return func(t *testing.T) []string {
		t.Helper()
		return append(one(t), other(t)...)
	}
}

// shownSettings are the names of the settings that people are told of.
func shownSettings(*testing.T) (names []string) {
	for _, s := range settings.All {
		names = append(names, s.Name)
	}
	return names
}

// wordedValues are the keys of the values that have words.
func wordedValues(*testing.T) (keys []string) {
	for _, s := range settings.All {
		for _, value := range s.Words {
			keys = append(keys, s.Word(value))
		}
	}
	return keys
}

// presetNames are the names of the presets.
func presetNames(*testing.T) []string { return settings.Presets }

// menuNames are the names of the commands in the menus.
func menuNames(*testing.T) (names []string) {
	for _, menu := range handlers.Menus() {
		for _, c := range menu.Commands {
			names = append(names, c.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// helpNames are the commands that /help explains; it takes /spam for /report.
func helpNames(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(commandNames(t), func(name string) bool { return name == "spam" })
}

// topicNames are those of them that are no settings, which are explained by their own texts.
func topicNames(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(helpNames(t), func(name string) bool { return name == "pause" || slices.Contains(shownSettings(t), name) })
}

// commandNames are the names of all commands.
func commandNames(t *testing.T) []string {
	t.Helper()
	return append(listed("handlers", "groupRoutes", "privateRoutes")(t), shownSettings(t)...)
}

// listed are the names in a list in the source: the first string of each element, or the keys of a
// map.
func listed(dir string, decls ...string) func(*testing.T) []string {
	return func(t *testing.T) (names []string) {
		t.Helper()
		_, files := tree(t, dir)
		for _, f := range files {
			for _, d := range f.Decls {
				if slices.Contains(decls, declared(d)) {
					names = append(names, firstStrings(d)...)
				}
			}
		}
		if len(names) == 0 {
			t.Errorf("%s lists nothing in %v", dir, decls)
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
}

// declared is the name of a function or variable.
func declared(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Name.Name
	case *ast.GenDecl:
		if v, ok := d.Specs[0].(*ast.ValueSpec); ok {
			return v.Names[0].Name
		}
	}
	return ""
}

func firstStrings(d ast.Node) (names []string) {
	ast.Inspect(d, func(n ast.Node) bool {
		var first ast.Expr
		switch n := n.(type) {
		case *ast.CompositeLit:
			if n.Type == nil && len(n.Elts) > 0 { // an element, whose type the list says
				first = n.Elts[0]
			}
		case *ast.KeyValueExpr:
			first = n.Key
		}
		if lit, ok := first.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			names = append(names, strings.Trim(lit.Value, `"`))
		}
		return true
	})
	return names
}
