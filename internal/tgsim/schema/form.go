package schema

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// A formKind says how a parameter's text in a form becomes a value.
type formKind int

// How texts in forms are read.
const (
	formString formKind = iota
	formInteger
	formFloat
	formBoolean
	formIntegerOrString
	FormJSON // objects and arrays travel as JSON text
)

func formKindOf(refs []ref) formKind {
	var integer, str bool
	for _, r := range refs {
		switch {
		case r.arrays > 0 || r.object != nil:
			return FormJSON
		case r.scalar == "Integer":
			integer = true
		case r.scalar == "Float":
			return formFloat
		case r.scalar == "Boolean":
			return formBoolean
		default:
			str = true
		}
	}
	switch {
	case integer && str:
		return formIntegerOrString
	case integer:
		return formInteger
	}
	return formString
}

// Value turns a form's text into what JSON would have held.
func (k formKind) Value(s string) (any, error) {
	switch k {
	case formInteger, formFloat:
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return nil, fmt.Errorf("must be a number, is %q", s)
		}
		return json.Number(s), nil
	case formIntegerOrString:
		if _, err := strconv.ParseInt(s, 10, 64); err == nil {
			return json.Number(s), nil
		}
		return s, nil
	case formBoolean:
		switch strings.ToLower(s) {
		case "true", "1", "yes":
			return true, nil
		case "false", "0", "no":
			return false, nil
		}
		return nil, fmt.Errorf("must be true or false, is %q", s)
	case FormJSON:
		return DecodeJSON([]byte(s))
	}
	return s, nil
}
