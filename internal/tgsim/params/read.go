package params

import (
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/schema"
)

const maxBody = 64 << 20

// Read collects the parameters of a request from the query, a form, a
// multipart body or JSON, and checks them against the method's
// specification. The error is the caller's fault and says what is wrong.
func Read(method string, spec *schema.Method, r *http.Request) (Params, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if kind == "application/json" {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return Params{}, err
		}
		return FromJSON(method, spec, body)
	}
	if kind == "multipart/form-data" {
		if err := r.ParseMultipartForm(maxBody); err != nil {
			return Params{}, err
		}
		defer r.MultipartForm.RemoveAll() //nolint:errcheck // at most a stray temporary file
	} else if err := r.ParseForm(); err != nil {
		return Params{}, err
	}
	p := empty(len(r.Form))
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

// FromJSON reads parameters from a JSON object.
func FromJSON(method string, spec *schema.Method, body []byte) (Params, error) {
	fields := map[string]json.RawMessage{}
	if len(strings.TrimSpace(string(body))) > 0 {
		if err := json.Unmarshal(body, &fields); err != nil {
			return Params{}, fmt.Errorf("can't parse the body as a JSON object: %w", err)
		}
	}
	p := empty(len(fields))
	for name, raw := range fields {
		v, err := schema.DecodeJSON(raw)
		if err != nil {
			return p, err
		}
		if err := p.set(method, spec, name, v, raw); err != nil {
			return p, err
		}
	}
	return p, p.complete(method, spec)
}

func empty(n int) Params {
	return Params{Vals: make(map[string]any, n), text: map[string][]byte{}}
}

func (p *Params) setForm(method string, spec *schema.Method, name, text string) error {
	f := spec.ByName[name]
	if f == nil {
		return fmt.Errorf("unknown parameter %s in %s", name, method)
	}
	if text == "null" && name == "allowed_updates" {
		return nil // the real server ignores it too, and old libraries send it
	}
	v, err := f.Form.Value(text)
	if err != nil {
		return fmt.Errorf("%s of %s: %w", name, method, err)
	}
	return p.set(method, spec, name, v, []byte(text))
}

func (p *Params) set(method string, spec *schema.Method, name string, v any, raw []byte) error {
	f := spec.ByName[name]
	if f == nil {
		return fmt.Errorf("unknown parameter %s in %s", name, method)
	}
	if err := f.Check(name+" of "+method, v); err != nil {
		return err
	}
	p.Vals[name] = v
	if f.Form == schema.FormJSON {
		p.text[name] = raw
	}
	return nil
}

func (p *Params) setFile(method string, spec *schema.Method, name string, h *multipart.FileHeader) error {
	file, err := h.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	if p.Files == nil {
		p.Files = map[string]*Upload{}
	}
	p.Files[name] = &Upload{Name: h.Filename, Data: data}
	f := spec.ByName[name]
	if f == nil {
		return nil // an attachment, named by attach://name; complete checks it
	}
	if !f.TakesFile() {
		return fmt.Errorf("%s of %s can't be a file", name, method)
	}
	p.Vals[name] = "attach://" + name
	return nil
}

// complete checks what only the whole can show: required parameters, and
// that each file is used.
func (p *Params) complete(method string, spec *schema.Method) error {
	if name := schema.Missing(spec.Params, p.Vals); name != "" {
		return fmt.Errorf("parameter %s of %s is missing", name, method)
	}
	for name := range p.Files {
		if p.Vals[name] != nil || p.attached("attach://"+name) {
			continue
		}
		return fmt.Errorf("unknown parameter %s in %s", name, method)
	}
	return nil
}

func (p *Params) attached(ref string) bool {
	for _, v := range p.Vals {
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
