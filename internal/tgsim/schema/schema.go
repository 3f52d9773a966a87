// Package schema checks JSON against the reference of the Bot API.
//
// The reference, bot-api.json, lists every method and type of Bot API 10.5.
// What it does not allow is an error that names the place: unknown and missing
// fields, wrong JSON types, wrong constants, lengths and numbers out of bounds.
// The package knows nothing of chats and messages.
package schema

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed bot-api.json
var reference []byte

// Load parses the embedded reference once.
var Load = sync.OnceValue(func() *Schema {
	var s Schema
	if err := json.Unmarshal(reference, &s); err != nil {
		panic(fmt.Sprintf("tgsim: bot-api.json: %v", err)) // unreachable: embedded and tested
	}
	s.link()
	return &s
})

// A Schema is the Bot API reference: every method and type, loaded from
// bot-api.json.
type Schema struct {
	Methods map[string]*Method `json:"methods"`
	Types   map[string]*Type   `json:"types"`
}

func (s *Schema) link() {
	for name, t := range s.Types {
		t.name = name
		t.subtypes = s.refs(t.Subtypes)
		t.byName = s.linkFields(t.Fields)
	}
	for _, m := range s.Methods {
		m.returns = s.refs(m.Returns)
		m.ByName = s.linkFields(m.Params)
	}
}

func (s *Schema) linkFields(fields []Field) map[string]*Field {
	byName := make(map[string]*Field, len(fields))
	for i := range fields {
		f := &fields[i]
		f.refs = s.refs(f.Types)
		f.limit = parseLimit(f.Limit)
		f.Form = formKindOf(f.refs)
		byName[f.Name] = f
	}
	return byName
}

func (s *Schema) refs(names []string) []ref {
	if len(names) == 0 {
		return nil
	}
	refs := make([]ref, len(names))
	for i, name := range names {
		for {
			rest, ok := strings.CutPrefix(name, "Array of ")
			if !ok {
				break
			}
			name = rest
			refs[i].arrays++
		}
		if t, ok := s.Types[name]; ok && name != "InputFile" {
			refs[i].object = t
		} else {
			refs[i].scalar = name
		}
	}
	return refs
}

// A Method is what the reference says of a method.
type Method struct {
	Returns []string `json:"returns"`
	Params  []Field  `json:"params"`

	ByName  map[string]*Field
	returns []ref
}

// A Type is what the reference says of a type: its fields, or the types it stands for.
type Type struct {
	Fields   []Field  `json:"fields"`
	Subtypes []string `json:"subtypes"`

	name     string
	byName   map[string]*Field
	subtypes []ref
}

// A Field describes one parameter of a method or one field of a type.
type Field struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
	OnlyTrue bool     `json:"only_true"`
	Const    *string  `json:"const"`
	Limit    string   `json:"limit"`

	// RequiredUnless is what has to be given where this is left out.
	RequiredUnless string `json:"required_unless"`

	refs  []ref
	limit limit
	Form  formKind
}

// TakesFile says whether the field may be an uploaded file.
func (f *Field) TakesFile() bool {
	return slices.ContainsFunc(f.refs, func(r ref) bool { return r.scalar == "InputFile" })
}

// A ref is "Array of Array of X": how many arrays, then what. The type is
// nil for scalars.
type ref struct {
	arrays int
	scalar string
	object *Type
}

// String implements [fmt.Stringer].
func (r ref) String() string {
	name := r.scalar
	if r.object != nil {
		name = r.object.name
	}
	return strings.Repeat("Array of ", r.arrays) + name
}
