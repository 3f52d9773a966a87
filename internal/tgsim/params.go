package tgsim

import (
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

// A formKind says how a parameter's text in a form becomes a value.
type formKind int

const (
	formString formKind = iota
	formInteger
	formFloat
	formBoolean
	formIntegerOrString
	formJSON // objects and arrays travel as JSON text
)

func formKindOf(refs []typeRef) formKind {
	var integer, str bool
	for _, r := range refs {
		switch {
		case r.arrays > 0 || r.object != nil:
			return formJSON
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

// value turns a form's text into what JSON would have held.
func (k formKind) value(s string) (any, error) {
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
	case formJSON:
		return decodeJSON([]byte(s))
	}
	return s, nil
}

// params are the checked parameters of one call.
type params struct {
	vals  map[string]any    // decoded as JSON, numbers as json.Number
	text  map[string][]byte // JSON text of objects and arrays
	files map[string]*upload
}

// An upload is a file that came in a multipart body.
type upload struct {
	name string
	data []byte
}

const maxBody = 64 << 20

// readParams collects the parameters of a request from the query, a form, a
// multipart body or JSON, and checks them against the method's
// specification. The error is the caller's fault and says what is wrong.
func readParams(method string, spec *methodSpec, r *http.Request) (params, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if kind == "application/json" {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return params{}, err
		}
		return jsonParams(method, spec, body)
	}
	if kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return params{}, err
		}
		defer r.MultipartForm.RemoveAll() //nolint:errcheck // at most a stray temporary file
	} else if err := r.ParseForm(); err != nil {
		return params{}, err
	}
	p := newParams(len(r.Form))
	for name, texts := range r.Form {
		if err := p.setForm(method, spec, name, texts[0]); err != nil {
			return p, err
		}
	}
	if r.MultipartForm != nil {
		for name, headers := range r.MultipartForm.File {
			if err := p.setFile(method, spec, name, headers[0]); err != nil {
				return p, err
			}
		}
	}
	return p, p.complete(method, spec)
}

// jsonParams reads parameters from a JSON object.
func jsonParams(method string, spec *methodSpec, body []byte) (params, error) {
	fields := map[string]json.RawMessage{}
	if len(strings.TrimSpace(string(body))) > 0 {
		if err := json.Unmarshal(body, &fields); err != nil {
			return params{}, fmt.Errorf("can't parse the body as a JSON object: %w", err)
		}
	}
	p := newParams(len(fields))
	for name, raw := range fields {
		v, err := decodeJSON(raw)
		if err != nil {
			return p, err
		}
		if err := p.set(method, spec, name, v, raw); err != nil {
			return p, err
		}
	}
	return p, p.complete(method, spec)
}

func newParams(n int) params {
	return params{vals: make(map[string]any, n), text: map[string][]byte{}}
}

func (p *params) setForm(method string, spec *methodSpec, name, text string) error {
	f := spec.byName[name]
	if f == nil {
		return fmt.Errorf("unknown parameter %s in %s", name, method)
	}
	if text == "null" && name == "allowed_updates" {
		return nil // the real server ignores it too, and old libraries send it
	}
	v, err := f.form.value(text)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", name, method, err)
	}
	return p.set(method, spec, name, v, []byte(text))
}

func (p *params) set(method string, spec *methodSpec, name string, v any, raw []byte) error {
	f := spec.byName[name]
	if f == nil {
		return fmt.Errorf("unknown parameter %s in %s", name, method)
	}
	if err := f.check(name+" of "+method, v); err != nil {
		return err
	}
	p.vals[name] = v
	if f.form == formJSON {
		p.text[name] = raw
	}
	return nil
}

func (p *params) setFile(method string, spec *methodSpec, name string, h *multipart.FileHeader) error {
	file, err := h.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	if p.files == nil {
		p.files = map[string]*upload{}
	}
	p.files[name] = &upload{name: h.Filename, data: data}
	f := spec.byName[name]
	if f == nil {
		return nil // an attachment, named by attach://name; complete checks it
	}
	if !f.takesFile() {
		return fmt.Errorf("%s of %s can't be a file", name, method)
	}
	p.vals[name] = "attach://" + name
	return nil
}

// complete checks what only the whole can show: required parameters, and
// that each file is used.
func (p *params) complete(method string, spec *methodSpec) error {
	if name := missing(spec.Params, p.vals); name != "" {
		return fmt.Errorf("parameter %s of %s is missing", name, method)
	}
	for name := range p.files {
		if p.vals[name] != nil || p.attached("attach://"+name) {
			continue
		}
		return fmt.Errorf("unknown parameter %s in %s", name, method)
	}
	return nil
}

func (p *params) attached(ref string) bool {
	for _, v := range p.vals {
		if v == ref {
			return true
		}
	}
	for _, raw := range p.text {
		if strings.Contains(string(raw), ref) {
			return true
		}
	}
	return false
}

func (p params) has(name string) bool { return p.vals[name] != nil }

func (p params) str(name string) string {
	s, _ := p.vals[name].(string)
	return s
}

func (p params) num(name string) int64 {
	n, _ := p.vals[name].(json.Number)
	i, _ := n.Int64()
	return i
}

func (p params) flag(name string) bool { return p.vals[name] == true }

// object decodes a parameter that is an object or an array, and reports
// whether it was given. The schema has been checked, so it fits.
func (p params) object(name string, into any) bool {
	raw, ok := p.text[name]
	if !ok {
		return false
	}
	if err := json.Unmarshal(raw, into); err != nil {
		panic(fmt.Sprintf("tgsim: %s passed the schema but not decoding: %v", name, err)) // unreachable
	}
	return true
}
