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
	return checkAny(method, v, spec.returns, limit{})
}

func checkType(name string, raw []byte) error {
	v, err := DecodeJSON(raw)
	if err != nil {
		return err
	}
	return checkAny(name, v, Load().refs([]string{name}), limit{})
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

// checkAny accepts v if it is of one of the types. Of several it picks the
// ones that fit the JSON kind and, for objects, the constants; the error is
// that of the best fit.
func checkAny(path string, v any, refs []ref, lim limit) error {
	refs = flatten(refs)
	if len(refs) == 1 {
		return checkOne(path, v, refs[0], lim)
	}
	var best error
	bestScore := math.MinInt
	for _, ref := range refs {
		score, err := fit(v, ref), checkOne(path, v, ref, lim)
		if err == nil {
			return nil
		}
		if score > bestScore {
			best, bestScore = err, score
		}
	}
	if bestScore == misfit {
		return fmt.Errorf("%s must be one of %v", path, refs)
	}
	return best
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

func checkOne(path string, v any, ref ref, lim limit) error {
	switch {
	case ref.arrays > 0:
		return checkArray(path, v, ref, lim)
	case ref.object == nil:
		return checkScalar(path, v, ref.scalar, lim)
	case ref.object.subtypes != nil:
		return checkAny(path, v, ref.object.subtypes, lim)
	}
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Errorf("%s must be of type %s", path, ref)
	}
	return checkObject(path, m, ref.object)
}

func checkArray(path string, v any, ref ref, lim limit) error {
	list, ok := v.([]any)
	if !ok {
		return fmt.Errorf("%s must be of type %s", path, ref)
	}
	if err := lim.items(len(list)); err != nil {
		return fmt.Errorf("%s %w", path, err)
	}
	ref.arrays--
	for i, item := range list {
		if err := checkOne(path+"["+strconv.Itoa(i)+"]", item, ref, limit{}); err != nil {
			return err
		}
	}
	return nil
}

func checkObject(path string, m map[string]any, t *Type) error {
	for name, v := range m {
		f := t.byName[name]
		if f == nil {
			return fmt.Errorf("%s: unknown field %s in %s", path, name, t.name)
		}
		if err := f.Check(path+"."+name, v); err != nil {
			return err
		}
	}
	if name := Missing(t.Fields, m); name != "" {
		return fmt.Errorf("%s: field %s of %s is missing", path, name, t.name)
	}
	return nil
}

// Check checks one field's value: type, limit, constant.
func (f *Field) Check(path string, v any) error {
	if err := checkAny(path, v, f.refs, f.limit); err != nil {
		return err
	}
	if f.OnlyTrue && v != true {
		return fmt.Errorf("%s may only be true", path)
	}
	if f.Const != nil && v != *f.Const {
		return fmt.Errorf("%s must be %q", path, *f.Const)
	}
	return nil
}

func checkScalar(path string, v any, scalar string, lim limit) error {
	switch x := v.(type) {
	case string:
		if scalar == "String" || scalar == "InputFile" {
			return pathError(path, lim.text(x))
		}
	case bool:
		if scalar == "Boolean" {
			return nil
		}
	case json.Number:
		if n, err := x.Int64(); err == nil && (scalar == "Integer" || scalar == "Float") {
			return pathError(path, lim.value(float64(n)))
		}
		if n, err := x.Float64(); err == nil && scalar == "Float" {
			return pathError(path, lim.value(n))
		}
	}
	return fmt.Errorf("%s must be of type %s", path, scalar)
}

func pathError(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %w", path, err)
}
