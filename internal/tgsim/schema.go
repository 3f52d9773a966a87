package tgsim

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed bot-api.json
var botAPI []byte

// A schema is the Bot API reference: every method and type, loaded from
// bot-api.json.
type schema struct {
	Methods map[string]*methodSpec `json:"methods"`
	Types   map[string]*typeSpec   `json:"types"`
}

type methodSpec struct {
	Returns []string    `json:"returns"`
	Params  []fieldSpec `json:"params"`

	byName  map[string]*fieldSpec
	returns []typeRef
}

type typeSpec struct {
	Fields   []fieldSpec `json:"fields"`
	Subtypes []string    `json:"subtypes"`

	name     string
	byName   map[string]*fieldSpec
	subtypes []typeRef
}

// A fieldSpec describes one parameter of a method or one field of a type.
type fieldSpec struct {
	Name     string   `json:"name"`
	Types    []string `json:"types"`
	Required bool     `json:"required"`
	OnlyTrue bool     `json:"only_true"`
	Const    *string  `json:"const"`
	Limit    string   `json:"limit"`

	// RequiredUnless is what has to be given where this is left out.
	RequiredUnless string `json:"required_unless"`

	refs  []typeRef
	limit limit
	form  formKind
}

// A typeRef is "Array of Array of X": how many arrays, then what. The type is
// nil for scalars.
type typeRef struct {
	arrays int
	scalar string
	object *typeSpec
}

func (r typeRef) String() string {
	name := r.scalar
	if r.object != nil {
		name = r.object.name
	}
	return strings.Repeat("Array of ", r.arrays) + name
}

// loadSchema parses the embedded reference once.
var loadSchema = sync.OnceValue(func() *schema {
	var s schema
	if err := json.Unmarshal(botAPI, &s); err != nil {
		panic(fmt.Sprintf("tgsim: bot-api.json: %v", err)) // unreachable: embedded and tested
	}
	s.link()
	return &s
})

func (s *schema) link() {
	for name, t := range s.Types {
		t.name = name
		t.subtypes = s.refs(t.Subtypes)
		t.byName = s.linkFields(t.Fields)
	}
	for _, m := range s.Methods {
		m.returns = s.refs(m.Returns)
		m.byName = s.linkFields(m.Params)
	}
}

func (s *schema) linkFields(fields []fieldSpec) map[string]*fieldSpec {
	byName := make(map[string]*fieldSpec, len(fields))
	for i := range fields {
		f := &fields[i]
		f.refs = s.refs(f.Types)
		f.limit = parseLimit(f.Limit)
		f.form = formKindOf(f.refs)
		byName[f.Name] = f
	}
	return byName
}

func (s *schema) refs(names []string) []typeRef {
	if len(names) == 0 {
		return nil
	}
	refs := make([]typeRef, len(names))
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

// takesFile says whether the field may be an uploaded file.
func (f *fieldSpec) takesFile() bool {
	return slices.ContainsFunc(f.refs, func(r typeRef) bool { return r.scalar == "InputFile" })
}
