package locale_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

var update = flag.Bool("update", false, "write the book of texts into docs")

const bookDir = "../../docs"

// TestBookOfTexts keeps docs/texts.md and a page for each language as the files are, for people who speak a language and do not
// read code. After a change of words: go test ./internal/locale -run TestBookOfTexts -update.
func TestBookOfTexts(t *testing.T) {
	t.Parallel()
	all := sheets(t)
	page(t, "texts.md", bookCover(t, all))
	for lang, s := range all {
		page(t, filepath.Join("texts", lang+".md"), bookPage(t, lang, s, all[locale.Default]))
	}
	pages, err := filepath.Glob(filepath.Join(bookDir, "texts", "*.md"))
	if err != nil || len(pages) != len(all) {
		t.Errorf("docs/texts has %d pages for %d languages: %v", len(pages), len(all), err)
	}
}

// page compares a page with what it should be, or writes it.
func page(t *testing.T, name, want string) {
	t.Helper()
	file := filepath.Join(bookDir, name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("docs/%s is not as the texts are (%v): go test ./internal/locale -run TestBookOfTexts -update", name, err)
	}
}

func bookCover(t *testing.T, all map[string]sheet) string {
	var b strings.Builder
	b.WriteString(`# All texts

Every text that people read, with who reads it and where: a page for each language, beside the English. The pages are made from
` + "`internal/locale/*.json`" + `, where each text stands once. Whole messages, with their buttons, are in
` + "`handlers/testdata/texts.*.txt`" + `, as they look on a phone.

**You speak one of these languages?** Read its page as a member would: on a phone, in a queue, a little upset. Say what sounds
translated, stiff or wrong, in an issue or a change of the file. What stands in braces is filled in; commands, signs and what is
typed stay as they are. A page marked *awaits* was not yet read by somebody who grew up with the language.

| Language | | Texts | Read by a native speaker |
|---|---|---|---|
`)
	for _, lang := range locale.Languages() {
		read := "yes"
		if reviewOf(t, lang) != "" {
			read = "*awaits*"
		}
		fmt.Fprintf(&b, "| [%s](texts/%s.md) | `%s` | %d | %s |\n", anyForm(all[lang]["language"]), lang, lang, len(all[lang]), read)
	}
	return b.String()
}

// bookPage is a language beside the English.
func bookPage(t *testing.T, lang string, s, english sheet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", anyForm(s["language"]))
	if review := reviewOf(t, lang); review != "" {
		fmt.Fprintf(&b, "**%s**\n\n", review)
	}
	if terms := termsOf(t, lang); terms != "" {
		fmt.Fprintf(&b, "One word for one thing: %s\n\n", terms)
	}
	seen := map[string]bool{}
	for _, section := range sections {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", section.prefix, section.where)
		if lang == locale.Default {
			b.WriteString("| Key | Text |\n|---|---|\n")
		} else {
			b.WriteString("| Key | English | Text |\n|---|---|---|\n")
		}
		for _, key := range slices.Sorted(maps.Keys(s)) {
			if name, _, _ := strings.Cut(key, "."); name != section.prefix {
				continue
			}
			seen[key] = true
			if lang == locale.Default {
				fmt.Fprintf(&b, "| `%s` | %s |\n", key, inCell(s[key]))
			} else {
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", key, inCell(english[key]), inCell(s[key]))
			}
		}
		b.WriteString("\n")
	}
	for key := range s {
		if !seen[key] {
			t.Errorf("no section of the book says who reads %s, and where (sections_test.go)", key)
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// inCell is a text as it stands in a table.
func inCell(forms map[string]string) string {
	var all []string
	for _, form := range []string{"", "zero", "one", "two", "few", "many", "other"} {
		text, ok := forms[form]
		if !ok {
			continue
		}
		text = strings.NewReplacer("\n", "<br>", "|", `\|`, "<", "&lt;", ">", "&gt;", "*", `\*`, "_", `\_`, "`", "\\`").Replace(text)
		if form != "" {
			text = form + ": " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, "<br>")
}

// forTranslators reads what the program does not.
func forTranslators(t *testing.T, lang string) (notes struct {
	Review string `json:"_review"`
	Terms  any    `json:"_terms"`
}) {
	t.Helper()
	data, err := os.ReadFile(lang + ".json")
	if err == nil {
		err = json.Unmarshal(data, &notes)
	}
	if err != nil {
		t.Fatalf("%s.json: %v", lang, err)
	}
	return notes
}

func reviewOf(t *testing.T, lang string) string { return forTranslators(t, lang).Review }

// termsOf are the words of a language for what the program is about: written in a line, or by their English.
func termsOf(t *testing.T, lang string) string {
	terms := forTranslators(t, lang).Terms
	by, ok := terms.(map[string]any)
	if !ok {
		line, _ := terms.(string)
		return line
	}
	var all []string
	for _, term := range slices.Sorted(maps.Keys(by)) {
		all = append(all, fmt.Sprintf("%s = %v", term, by[term]))
	}
	return strings.Join(all, " · ")
}

// Every section says something, and no two are about the same texts.
func TestSectionsAreThere(t *testing.T) {
	t.Parallel()
	prefixes := map[string]bool{}
	for key := range sheets(t)[locale.Default] {
		name, _, _ := strings.Cut(key, ".")
		prefixes[name] = true
	}
	for _, s := range sections {
		if s.where == "" || !prefixes[s.prefix] {
			t.Errorf("the section %q says nothing, is there twice, or is about no text", s.prefix)
		}
		delete(prefixes, s.prefix)
	}
}
