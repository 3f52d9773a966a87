// Package locale holds every text that people read, in every language.
//
// A language is one file, such as en.json: a flat object from key to text. A text that depends on
// a number is an object of plural forms instead ("one", "few", "many", "other", as the language
// has them). Texts name what is filled in: {case}, {count}. Adding a language is adding its file.
// Keys that begin with "_" are for translators: "_review" says what a file still waits for, and "_terms" lists the words for
// what the program is about, one for each thing.
//
// The package knows texts, not which of them to say.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed *.json
var files embed.FS

// Default is the language of everything that has no other.
const Default = "en"

// Args are what is filled into a text, by name. The one called "count" chooses the plural form.
type Args map[string]any

// text is one entry of a catalogue: its plural forms, or just "other".
type text map[string]string

// UnmarshalJSON reads a string or an object of plural forms.
func (t *text) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = text{"other": one}
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(data, &forms); err != nil {
		return fmt.Errorf("a text is a string or an object of plural forms: %w", err)
	}
	*t = forms
	return nil
}

// catalogue is one language.
type catalogue struct {
	tag   language.Tag
	right bool // it is read from the right
	texts map[string]text
}

var load = sync.OnceValue(func() map[string]catalogue {
	all, err := read(files)
	if err != nil {
		panic(err) // the files are part of the program, and tested
	}
	return all
})

// read reads every language that has a file.
func read(fsys fs.FS) (map[string]catalogue, error) {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list languages: %w", err)
	}
	all := map[string]catalogue{}
	for _, name := range names {
		code := codeOf(name)
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		tag := language.Make(code)
		c := catalogue{tag: tag, right: fromRight(tag)}
		if err := json.Unmarshal(data, &c.texts); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if c.right {
			c.readFromRight()
		}
		all[code] = c
	}
	return all, nil
}

// readFromRight has all texts show in the direction of the language, but for the words that people type.
func (c catalogue) readFromRight() {
	for key, forms := range c.texts {
		if strings.HasSuffix(key, ".words") {
			continue
		}
		for name, form := range forms {
			forms[name] = readFromRight(form)
		}
	}
}

// Languages lists the codes of all languages, the default first, then in alphabetical order. It reads none of their texts, as some
// commands need none.
func Languages() []string { return slices.Clone(languages()) }

var languages = sync.OnceValue(func() []string {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		panic(err) // the pattern is part of the program
	}
	codes := []string{Default}
	for _, name := range names {
		if code := codeOf(name); code != Default {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes[1:])
	return codes
})

// codeOf is the code of the language that a file holds.
func codeOf(file string) string { return strings.TrimSuffix(file, ".json") }

// Match finds the language to speak to somebody whose app says "ru", "zh-hans" or "pt-BR"; it is
// fallback if we do not speak theirs, or they do not say. A group's language may be such a code too.
func Match(code, fallback string) string {
	for _, wanted := range []string{code, fallback} {
		base, _, _ := strings.Cut(strings.ToLower(wanted), "-")
		if _, ok := load()[base]; ok {
			return base
		}
	}
	return Default
}

// Printer speaks one language.
type Printer struct {
	c    catalogue
	zone *time.Location // of the times it gives; nil = UTC
	now  time.Time      // when it speaks; zero = nobody said
}

// In returns the printer of a language, of the default one if it is unknown.
func In(code string) Printer {
	c, ok := load()[code]
	if !ok {
		c = load()[Default]
	}
	return Printer{c: c}
}

// Text gives the text of a key with args filled in. A key that is missing is given as it is; a
// test sees to it that none is.
func (p Printer) Text(key string, args Args) string {
	forms, ok := p.c.texts[key]
	if !ok {
		return key
	}
	form := forms["other"]
	if n, ok := args["count"].(int); ok {
		if f, ok := forms[p.plural(n)]; ok {
			form = f
		}
	}
	return p.c.fill(form, args)
}

// Has reports whether there is a text of that key.
func (p Printer) Has(key string) bool {
	_, ok := p.c.texts[key]
	return ok
}

// forms are the CLDR names of plural forms.
var forms = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// plural is the form that the language uses for a whole number.
func (p Printer) plural(n int) string {
	return forms[plural.Cardinal.MatchPlural(p.c.tag, max(n, -n), 0, 0, 0, 0)]
}

// fill puts args in the places that name them. What is put in is not looked at again, and does not turn round what stands beside
// it (see [isolated]). A place that args do not name stays.
func (c catalogue) fill(form string, args Args) string {
	if len(args) == 0 {
		return form
	}
	var b strings.Builder
	frames := !c.right && !hasWords(form) // signs alone, as quotation marks are: the line has the direction of what is filled in
	for at := 0; ; {
		begin := strings.IndexByte(form[at:], '{')
		if begin < 0 {
			b.WriteString(form[at:])
			return b.String()
		}
		begin += at
		end := begin + 1 + strings.IndexByte(form[begin+1:], '}')
		value, named := args[form[begin+1:max(end, begin+1)]]
		if end <= begin || !named {
			end = begin // the brace is a letter like others
			b.WriteString(form[at : end+1])
		} else {
			b.WriteString(form[at:begin])
			if said := toString(value); frames {
				b.WriteString(said)
			} else {
				b.WriteString(isolated(said, form[:begin], c.right))
			}
		}
		at = end + 1
	}
}

func toString(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	default:
		return fmt.Sprint(v)
	}
}
