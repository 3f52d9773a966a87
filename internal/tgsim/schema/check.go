package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// CheckUpdate reports how raw departs from the type Update of the Bot API:
// unknown or missing fields, wrong JSON types, wrong constants. It is the
// check that the simulator's own tests apply to all it emits.
func CheckUpdate(raw []byte) error {
	return checkType("Update", raw)
}

// CheckResult reports how raw departs from what the method returns.
func CheckResult(method string, raw []byte) error {
	spec := Load().Methods[method]
	if spec == nil {
		return fmt.Errorf("no method %s", method)
	}
	v, err := DecodeJSON(raw)
	if err != nil {
		return err
	}
	return checkAny(v, spec.returns, limit{}).under(method)
}

func checkType(name string, raw []byte) error {
	v, err := DecodeJSON(raw)
	if err != nil {
		return err
	}
	return checkAny(v, Load().refs([]string{name}), limit{}).under(name)
}

// DecodeJSON decodes exactly one JSON value, keeping numbers as written.
func DecodeJSON(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, errors.New("can't parse JSON: " + err.Error())
	}
	if dec.More() {
		return nil, errors.New("can't parse JSON: data after the value")
	}
	return v, nil
}

// A problem is what is wrong with a value, and where in it. The path is put
// together on the way back, so that a value without one costs nothing.
type problem struct {
	path string // such as ".entities[0]"
	text string
}

func (p *problem) in(place string) *problem {
	p.path = place + p.path
	return p
}

// under is the error of a problem in a value with that name, or nil.
func (p *problem) under(name string) error {
	if p == nil {
		return nil
	}
	return errors.New(name + p.path + p.text)
}

func problemf(format string, args ...any) *problem {
	return &problem{text: fmt.Sprintf(format, args...)}
}

// bounded is the problem that a limit found, or nil.
func bounded(err error) *problem {
	if err == nil {
		return nil
	}
	return problemf(" %v", err)
}

// checkAny accepts v if it is of one of the types. Of several it picks the
// ones that fit the JSON kind and, for objects, the constants; the error is
// that of the best fit.
func checkAny(v any, refs []ref, lim limit) *problem {
	refs = flatten(refs)
	if len(refs) == 1 {
		return checkOne(v, refs[0], lim)
	}
	best, bestScore := 0, math.MinInt
	for i, ref := range refs {
		if score := fit(v, ref); score > bestScore {
			best, bestScore = i, score
		}
	}
	wrong := checkOne(v, refs[best], lim)
	for i := 0; wrong != nil && i < len(refs); i++ {
		if i != best && checkOne(v, refs[i], lim) == nil {
			return nil
		}
	}
	if wrong != nil && bestScore == misfit {
		return problemf(" must be one of %v", refs)
	}
	return wrong
}

// flatten replaces types that stand for several by those several.
func flatten(refs []ref) []ref {
	if !slices.ContainsFunc(refs, func(r ref) bool { return r.arrays == 0 && r.object != nil && r.object.subtypes != nil }) {
		return refs
	}
	var out []ref
	for _, r := range refs {
		if r.arrays == 0 && r.object != nil && r.object.subtypes != nil {
			out = append(out, flatten(r.object.subtypes)...)
		} else {
			out = append(out, r)
		}
	}
	return out
}

const misfit = -1000

// fit guesses how much v was meant to be of the type: known fields count one,
// matching constants many, unknown and missing fields against it.
func fit(v any, ref ref) int {
	m, isMap := v.(map[string]any)
	if !isMap || ref.object == nil || ref.arrays > 0 {
		if _, isList := v.([]any); isList && ref.arrays > 0 {
			return 0
		}
		return misfit
	}
	score := 0
	for i := range ref.object.Fields {
		if f := &ref.object.Fields[i]; f.Required && m[f.Name] == nil {
			score--
		}
	}
	for name, value := range m {
		f := ref.object.byName[name]
		switch {
		case f == nil:
			score--
		case f.Const != nil && value == *f.Const:
			score += 100
		default:
			score++
		}
	}
	return score
}

func checkOne(v any, ref ref, lim limit) *problem {
	switch {
	case ref.arrays > 0:
		return checkArray(v, ref, lim)
	case ref.object == nil:
		return checkScalar(v, ref.scalar, lim)
	case ref.object.subtypes != nil:
		return checkAny(v, ref.object.subtypes, lim)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return problemf(" must be of type %s", ref)
	}
	return checkObject(m, ref.object)
}

func checkArray(v any, ref ref, lim limit) *problem {
	list, ok := v.([]any)
	if !ok {
		return problemf(" must be of type %s", ref)
	}
	if err := lim.items(len(list)); err != nil {
		return bounded(err)
	}
	ref.arrays--
	for i, item := range list {
		if wrong := checkOne(item, ref, limit{}); wrong != nil {
			return wrong.in("[" + strconv.Itoa(i) + "]")
		}
	}
	return nil
}

func checkObject(m map[string]any, t *Type) *problem {
	for name, v := range m {
		f := t.byName[name]
		if f == nil {
			return problemf(": unknown field %s in %s", name, t.name)
		}
		if wrong := f.check(v); wrong != nil {
			return wrong.in("." + name)
		}
	}
	if name := Missing(t.Fields, m); name != "" {
		return problemf(": field %s of %s is missing", name, t.name)
	}
	return nil
}

// Check checks one field's value: type, limit, constant.
func (f *Field) Check(path string, v any) error { return f.check(v).under(path) }

func (f *Field) check(v any) *problem {
	if wrong := checkAny(v, f.refs, f.limit); wrong != nil {
		return wrong
	}
	if f.OnlyTrue && v != true {
		return problemf(" may only be true")
	}
	if f.Const != nil && v != *f.Const {
		return problemf(" must be %q", *f.Const)
	}
	return nil
}

func checkScalar(v any, scalar string, lim limit) *problem {
	switch x := v.(type) {
	case string:
		if scalar == "String" || scalar == "InputFile" {
			return bounded(lim.text(x))
		}
	case bool:
		if scalar == "Boolean" {
			return nil
		}
	case json.Number:
		if n, err := x.Int64(); err == nil && (scalar == "Integer" || scalar == "Float") {
			return bounded(lim.value(float64(n)))
		}
		if n, err := x.Float64(); err == nil && scalar == "Float" {
			return bounded(lim.value(n))
		}
	}
	return problemf(" must be of type %s", scalar)
}
