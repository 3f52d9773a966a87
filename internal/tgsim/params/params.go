// Package params reads the parameters of a call and checks them against the
// schema.
//
// They come from a query, a form, a multipart body or JSON, and are the same
// afterwards. What parameters mean is not decided here.
package params

import (
	"encoding/json"
	"fmt"
)

// Params are the checked parameters of one call.
type Params struct {
	Vals  map[string]any    // decoded as JSON, numbers as json.Number
	text  map[string][]byte // JSON text of objects and arrays
	Files map[string]*Upload
}

// Has says whether the parameter was given.
func (p Params) Has(name string) bool { return p.Vals[name] != nil }

// Str is a parameter that is a string, or "".
func (p Params) Str(name string) string {
	s, _ := p.Vals[name].(string)
	return s
}

// Num is a parameter that is an integer, or 0.
func (p Params) Num(name string) int64 {
	n, _ := p.Vals[name].(json.Number)
	i, _ := n.Int64()
	return i
}

// Flag says whether the parameter is true.
func (p Params) Flag(name string) bool { return p.Vals[name] == true }

// Object decodes a parameter that is an object or an array, and reports
// whether it was given. The schema has been checked, so it fits.
func (p Params) Object(name string, into any) bool {
	raw, ok := p.text[name]
	if !ok {
		return false
	}
	if err := json.Unmarshal(raw, into); err != nil {
		panic(fmt.Sprintf("tgsim: %s passed the schema but not decoding: %v", name, err)) // unreachable
	}
	return true
}

// An Upload is a file that came in a multipart body.
type Upload struct {
	Name string
	Data []byte
}
