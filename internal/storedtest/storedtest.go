// Package storedtest compares stored values with the bytes that releases wrote.
//
// A package lists its stored forms in testdata/stored.txt: one value a line, its name, a tab and its JSON. The last line of
// a name is what is written today, byte for byte. Earlier lines of that name are what earlier releases wrote: they must be
// read, and nothing that they say may be lost. So a field can be added, and neither renamed nor removed.
//
// It does not say where values are stored, nor how they are sealed.
package storedtest

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

var write = flag.Bool("stored", false, "append what is written today to testdata/stored.txt, where it differs")

// Form is a stored value with its name in the golden file.
type Form struct {
	Name  string
	Value any // what is stored; not a pointer

	Write func() ([]byte, error)          // what writes Value; nil for [json.Marshal]
	Read  func(plain []byte) (any, error) // what reads Value back; nil for [json.Unmarshal]
	Twice func(read any) ([]byte, error)  // writes what was read from an earlier release; nil for [json.Marshal]
}

// File is where a package keeps the lines of its stored forms.
var File = filepath.Join("testdata", "stored.txt")

// Check compares forms with the lines of [File] that have their names.
func Check(t *testing.T, forms ...Form) {
	t.Helper()
	lines := readLines(t)
	for _, f := range forms {
		now, err := f.write()
		if err != nil {
			t.Errorf("%s cannot be written: %v", f.Name, err)
			continue
		}
		known := lines[f.Name]
		if n := len(known); n == 0 || !bytes.Equal(known[n-1], now) {
			if *write {
				appendLine(t, f.Name, now)
				continue
			}
			t.Errorf("%s is stored as\n%s\nand not as %s says:\n%s\nIf a field was added, append it with -stored.", f.Name, now, File, lastOf(known))
			continue
		}
		for i, plain := range known {
			f.reads(t, plain, i == len(known)-1)
		}
	}
}

// reads checks that a line can be read, and that nothing of it is lost.
func (f Form) reads(t *testing.T, plain []byte, latest bool) {
	t.Helper()
	got, err := f.read(plain)
	if err != nil {
		t.Errorf("%s cannot be read: %v\n%s", f.Name, err, plain)
		return
	}
	if latest {
		if !reflect.DeepEqual(got, f.Value) {
			t.Errorf("%s is read as\n%+v\nnot as\n%+v", f.Name, got, f.Value)
		}
		return
	}
	again, err := f.twice(got)
	if err != nil || !contains(again, plain) {
		t.Errorf("%s of an earlier release\n%s\nbecomes\n%s, %v", f.Name, plain, again, err)
	}
}

func (f Form) write() ([]byte, error) {
	if f.Write != nil {
		return f.Write()
	}
	return json.Marshal(f.Value)
}

func (f Form) read(plain []byte) (any, error) {
	if f.Read != nil {
		return f.Read(plain)
	}
	v := reflect.New(reflect.TypeOf(f.Value))
	err := json.Unmarshal(plain, v.Interface())
	return v.Elem().Interface(), err
}

func (f Form) twice(read any) ([]byte, error) {
	if f.Twice != nil {
		return f.Twice(read)
	}
	return json.Marshal(read)
}

// contains reports whether a JSON value says all that an earlier one did.
func contains(now, before []byte) bool {
	var a, b any
	if json.Unmarshal(now, &a) != nil || json.Unmarshal(before, &b) != nil {
		return false
	}
	return covers(a, b)
}

func covers(now, before any) bool {
	was, ok := before.(map[string]any)
	if !ok {
		return reflect.DeepEqual(now, before)
	}
	is, ok := now.(map[string]any)
	for name, value := range was {
		ok = ok && covers(is[name], value)
	}
	return ok
}

// Filled returns a value of a type all of whose fields are set, each to something else. Types whose values must follow a
// rule are given as examples, which are used wherever that type occurs. It panics if a field has no tag of its own, since
// a renamed field would then be stored otherwise.
func Filled[T any](examples ...any) T {
	var v T
	f := filler{examples: map[reflect.Type]reflect.Value{}}
	for _, e := range examples {
		f.examples[reflect.TypeOf(e)] = reflect.ValueOf(e)
	}
	f.fill(reflect.ValueOf(&v).Elem(), reflect.TypeOf(v).String())
	return v
}

// filler counts, so that no two fields are set to the same.
type filler struct {
	n        int64
	examples map[reflect.Type]reflect.Value
}

func (f *filler) fill(v reflect.Value, path string) {
	f.n++
	if e, ok := f.examples[v.Type()]; ok {
		v.Set(e)
		return
	}
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2026, 7, 1, 12, 0, int(f.n), 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(f.n)
	case reflect.Float64:
		v.SetFloat(float64(f.n) + 0.5)
	case reflect.Uint8, reflect.Uint64:
		v.SetUint(uint64(f.n))
	case reflect.String:
		v.SetString(fmt.Sprintf("s%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(v.Index(0), path)
		f.fill(v.Index(1), path)
	case reflect.Struct:
		f.fields(v, path)
	default:
		panic(path + ": give an example of " + v.Type().String())
	}
}

func (f *filler) fields(v reflect.Value, path string) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case name == "-" || !field.IsExported():
		case name == "" && !field.Anonymous:
			panic(path + "." + field.Name + " is stored and has no tag")
		default:
			f.fill(v.Field(i), path+"."+field.Name)
		}
	}
}

func readLines(t *testing.T) map[string][][]byte {
	t.Helper()
	text, err := os.ReadFile(File)
	if err != nil && !*write {
		t.Fatal(err)
	}
	lines := map[string][][]byte{}
	for line := range bytes.Lines(text) {
		name, plain, ok := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte("\t"))
		if !ok {
			t.Fatalf("%s: no tab in %q", File, line)
		}
		lines[string(name)] = append(lines[string(name)], plain)
	}
	return lines
}

func appendLine(t *testing.T, name string, plain []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(File), 0o750); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(File, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(f, "%s\t%s\n", name, plain)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func lastOf(lines [][]byte) []byte {
	if len(lines) == 0 {
		return []byte("nothing")
	}
	return lines[len(lines)-1]
}
