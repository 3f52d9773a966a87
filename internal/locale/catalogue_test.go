package locale_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Translations are tested as data: a machine tells translators what is missing. The files are read
// here by other means than the package's own.

// sheet is one language: key, plural form ("" for a text without forms), text.
type sheet map[string]map[string]string

// sheets reads every file of the folder, as a translator would find them.
func sheets(t *testing.T) map[string]sheet {
	t.Helper()
	names, err := filepath.Glob("*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no languages found: %v", err)
	}
	all := map[string]sheet{}
	for _, name := range names {
		all[strings.TrimSuffix(name, ".json")] = readSheet(t, name)
	}
	return all
}

func readSheet(t *testing.T, name string) sheet {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	s := sheet{}
	for key, value := range raw {
		if strings.HasPrefix(key, "_") {
			continue // for translators
		}
		switch v := value.(type) {
		case string:
			s[key] = map[string]string{"": v}
		case map[string]any:
			s[key] = map[string]string{}
			for form, text := range v {
				s[key][form] = fmt.Sprint(text)
			}
		}
	}
	return s
}

// each calls f for every text of every language, the default one too.
func each(t *testing.T, f func(t *testing.T, lang, key, text string)) {
	t.Helper()
	for lang, s := range sheets(t) {
		t.Run(lang, func(t *testing.T) {
			for _, key := range slices.Sorted(maps.Keys(s)) {
				for _, text := range s[key] {
					f(t, lang, key, text)
				}
			}
		})
	}
}

// Telegram takes menus for two-letter languages only, and this is where their codes come from.
func TestLanguageCodes(t *testing.T) {
	t.Parallel()
	for lang := range sheets(t) {
		if !regexp.MustCompile(`^[a-z]{2}$`).MatchString(lang) {
			t.Errorf("%s.json: a language is named by two small letters (ISO 639-1)", lang)
		}
		if !slices.Contains(locale.Languages(), lang) {
			t.Errorf("%s.json is not among the languages", lang)
		}
	}
}

func TestKeysAreTheSame(t *testing.T) {
	t.Parallel()
	all := sheets(t)
	english := all[locale.Default]
	for lang, s := range all {
		for key := range english {
			if s[key] == nil {
				t.Errorf("%s.json lacks %q", lang, key)
			}
		}
		for key := range s {
			if english[key] == nil {
				t.Errorf("%s.json has %q, which %s.json does not have", lang, key, locale.Default)
			}
		}
	}
}

// A key that stands twice loses one of its texts; keys in order are found by eye.
func TestKeysAreInOrder(t *testing.T) {
	t.Parallel()
	line := regexp.MustCompile(`^  "([^"]+)": [{"].*["}],?$`)
	for lang := range sheets(t) {
		data, err := os.ReadFile(lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for i, l := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
			if len(l) == 1 { // the braces around all
				continue
			}
			m := line.FindSubmatch(l)
			if m == nil {
				t.Errorf("%s.json:%d is not one key and its text on one line", lang, i+1)
				continue
			}
			if key := string(m[1]); key <= last {
				t.Errorf("%s.json:%d: %q stands after %q", lang, i+1, key, last)
			} else {
				last = key
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// A form that is said of one number alone need not name it: "Remove this message?"
func TestPlaceholdersAreTheSame(t *testing.T) {
	t.Parallel()
	all := sheets(t)
	for key, forms := range all[locale.Default] {
		want := inText(placeholder, anyForm(forms))
		for lang, s := range all {
			for form, text := range s[key] {
				got := inText(placeholder, text)
				if saidOfOne(lang, form) && !slices.Contains(got, "{count}") {
					got = append(got, "{count}")
					slices.Sort(got)
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s.json: %s %s has %v, want %v", lang, key, form, got, want)
				}
			}
		}
	}
}

// A brace that belongs to no placeholder is a placeholder misspelt.
func TestBracesArePlaceholders(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _, key, text string) {
		if rest := placeholder.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
			t.Errorf("%s: a stray brace in %q", key, text)
		}
	})
}

// Commands, units and signs are as they are, in every language, and so are numbers, but for those of the examples of rules: a price is
// in everybody's own money.
func TestCommandsAreTheSame(t *testing.T) {
	t.Parallel()
	typed := regexp.MustCompile(`/[a-z]+|\b\d+[smhdw]?\b|@[a-z]+|HH:MM|[🚩👌⚡🔍🗑📊←→•]|↩️`)
	number := regexp.MustCompile(`^\d+$`)
	priced := regexp.MustCompile(`^rule\.[a-z]+\.(breaks|fine)\.\d$`)
	said := func(key, text string) []string {
		all := inText(typed, text)
		if priced.MatchString(key) {
			all = slices.DeleteFunc(all, number.MatchString)
		}
		return all
	}
	all := sheets(t)
	for key, forms := range all[locale.Default] {
		if strings.HasPrefix(key, "month.") {
			continue // some languages count them
		}
		want := said(key, anyForm(forms))
		for lang, s := range all {
			for form, text := range s[key] {
				if got := said(key, text); !slices.Equal(got, want) {
					t.Errorf("%s.json: %s %s has %v, want %v", lang, key, form, got, want)
				}
			}
		}
	}
}

// typedWords are the words that settings know.
var typedWords = regexp.MustCompile(`\b(warn|mute|kick|ban|off|on|daily|weekly|cron|jury|admins|votes|auto)\b`)

// What a setting may be is said in everybody's own words. What is typed is the same for all: the words that the bot
// knows, and the example, with which the text ends.
func TestWhatIsTypedIsTheSame(t *testing.T) {
	t.Parallel()
	example := regexp.MustCompile(`/[a-z]+ .*$`)
	all := sheets(t)
	for key, forms := range all[locale.Default] {
		if !strings.HasSuffix(key, ".allowed") {
			continue
		}
		english := anyForm(forms)
		if !example.MatchString(english) {
			t.Errorf("%s ends with no example: %q", key, english)
		}
		for lang, s := range all {
			text := anyForm(s[key])
			if got, want := example.FindString(text), example.FindString(english); got != want {
				t.Errorf("%s.json: the example of %s is %q, want %q", lang, key, got, want)
			}
			if got, want := inText(typedWords, text), inText(typedWords, english); !slices.Equal(got, want) {
				t.Errorf("%s.json: %s names %v, want %v", lang, key, got, want)
			}
		}
	}
}

// Who wants to speak another language must be told which there are.
func TestEveryLanguageIsOffered(t *testing.T) {
	t.Parallel()
	for lang, s := range sheets(t) {
		text := anyForm(s["setting.language.allowed"])
		for _, other := range locale.Languages() {
			if !regexp.MustCompile(`\b` + other + `\b`).MatchString(text) {
				t.Errorf("%s.json: setting.language.allowed does not name %q: %q", lang, other, text)
			}
		}
	}
}

// A language is called by its own name, so that who speaks it finds it among those they do not know.
func TestLanguagesHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	taken := map[string]string{}
	for lang, s := range sheets(t) {
		name := anyForm(s["language"])
		if other := taken[name]; name == "" || other != "" {
			t.Errorf("%s.json: the language is called %q, as in %q", lang, name, other)
		}
		taken[name] = lang
	}
}

func inText(what *regexp.Regexp, text string) []string {
	found := what.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func anyForm(forms map[string]string) string {
	if text, ok := forms["other"]; ok {
		return text
	}
	return forms[""]
}

// same are the texts that may be as in English, with the reason.
var same = map[string]string{
	"month.1":  "in German too: Jan",
	"month.2":  "in German too: Feb",
	"month.3":  "in Turkish too: Mar",
	"month.5":  "in Turkish too: May",
	"month.4":  "in German too: Apr",
	"month.6":  "in Indonesian too: Jun",
	"month.7":  "in Indonesian too: Jul",
	"month.8":  "in German too: Aug",
	"month.9":  "in German too: Sep",
	"month.11": "in German too: Nov",

	"mycases.decision": "only punctuation",
	"standing.line":    "only punctuation",

	"together.case":     "only punctuation",
	"together.change":   "only punctuation",
	"together.switched": "only punctuation",

	"rule.spam":     "half the world says Spam",
	"case.penalty":  "only punctuation",
	"case.title":    "only punctuation",
	"digest.part":   "only punctuation",
	"digest.figure": "only punctuation",
	"entry.group":   "only punctuation",
	"list.two":      "only punctuation",
	"mycases.vote":  "only punctuation",
	"notice.in":     "only punctuation",
	"quoted":        "only punctuation",
	"book.example":  "only punctuation",
	"book.quoted":   "only punctuation",
	"case.wrote":    "only punctuation",
	"rules.line":    "only punctuation",
	"rules.short":   "only punctuation",
	"settings.line": "only punctuation",

	"settings.changed": "only punctuation",
	"help.entry":       "only punctuation",
	"help.entry_admin": "half the world says admin",

	"time.at":       "only punctuation",
	"time.stamp":    "only punctuation",
	"time.day":      "only the order",
	"time.day_year": "only the order",
}

func TestNothingIsLeftInEnglish(t *testing.T) {
	t.Parallel()
	all := sheets(t)
	excused := map[string]bool{}
	for lang, s := range all {
		if lang == locale.Default {
			continue
		}
		for key, forms := range s {
			for form, text := range forms {
				if text != all[locale.Default][key][form] {
					continue
				}
				if excused[key] = true; same[key] == "" {
					t.Errorf("%s.json: %s is still in English: %q", lang, key, text)
				}
			}
		}
	}
	for key := range same {
		if !excused[key] {
			t.Errorf("%s is excused from being translated, but is translated everywhere", key)
		}
	}
}

func TestNoEnglishWordsAreLeft(t *testing.T) {
	t.Parallel()
	english := regexp.MustCompile(`(?i)\b(the|your|you|please|message|messages|votes|removed|with|and|this|that|from|for|is|of|to)\b`)
	each(t, func(t *testing.T, lang, key, text string) {
		if lang == locale.Default {
			return
		}
		if strings.HasSuffix(key, ".allowed") {
			text = typedWords.ReplaceAllString(text, "") // they are typed so in every language
		}
		if word := english.FindString(placeholder.ReplaceAllString(text, "")); word != "" {
			t.Errorf("%s: %q in %q", key, word, text)
		}
	})
}

// No text is empty, has white space around it or twice, or a straight quotation mark.
func TestTextsAreTidy(t *testing.T) {
	t.Parallel()
	untidy := regexp.MustCompile(`^\s|\s$|^$|  |\n\n\n| \n|"|'\s|\t`)
	each(t, func(t *testing.T, _, key, text string) {
		if found := untidy.FindString(text); found != "" || text == "" {
			t.Errorf("%s: %q in %q", key, found, text)
		}
	})
}
