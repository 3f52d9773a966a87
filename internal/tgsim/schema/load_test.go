package schema

import (
	"strings"
	"testing"
)

func TestSchemaIsWhole(t *testing.T) {
	s := Load()
	if len(s.Methods) != 192 || len(s.Types) != 424 {
		t.Errorf("%d methods, %d types", len(s.Methods), len(s.Types))
	}
}

// A name that nothing has would excuse nothing, and nobody would notice.
func TestWhatExcusesAFieldExists(t *testing.T) {
	s := Load()
	n := 0
	check := func(where string, fields map[string]*Field) {
		for name, f := range fields {
			if f.RequiredUnless == "" {
				continue
			}
			n++
			first, rest, deeper := strings.Cut(f.RequiredUnless, ".")
			at := fields[first]
			if at == nil || deeper && at.refs[0].object.byName[rest] == nil {
				t.Errorf("%s of %s is excused by %s, which there is not", name, where, f.RequiredUnless)
			}
		}
	}
	for name, m := range s.Methods {
		check(name, m.ByName)
	}
	for name, o := range s.Types {
		check(name, o.byName)
	}
	if n != 15 {
		t.Errorf("%d fields are excused by others, want the chat_id of 14 methods and one receiver_user_id", n)
	}
}
