package locale_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// Buttons are told apart by their sign, in every language; two of them stand in a row on a phone.
func TestButtons(t *testing.T) {
	t.Parallel()
	signs := map[string]string{"button.breaks": "🚩 ", "button.fine": "👌 ", "button.undo": "↩️ "}
	const longest = 24
	each(t, func(t *testing.T, _, key, text string) {
		ruleName := strings.HasPrefix(key, "rule.") && strings.Count(key, ".") == 1
		if !strings.HasPrefix(key, "button.") && !ruleName {
			return
		}
		if !strings.HasPrefix(text, signs[key]) {
			t.Errorf("%s is %q, but begins with %q everywhere", key, text, signs[key])
		}
		if n := utf8.RuneCountInString(text); n > longest {
			t.Errorf("%s is %q: %d characters, at most %d", key, text, n, longest)
		}
	})
}

// limits are how long texts may be, by what their keys match; the first that matches counts.
var limits = []struct {
	keys    *regexp.Regexp
	longest int
	why     string
}{
	{regexp.MustCompile(`^(refuse\..*|vote\..*|try_again|report\.undone|report\.chosen|picker\.gone)$`), 200, "a toast, which Telegram cuts"},
	{regexp.MustCompile(`^command\.`), 256, "Telegram refuses longer descriptions, and all of the menu with them"},
	{regexp.MustCompile(`^setting\..*\.wrong$`), 300, "one sentence says what is allowed"},
	{regexp.MustCompile(`^(card\..*|outcome\..*|decide\..*|me\..*)$`), 300, "it is read in passing"},
	{regexp.MustCompile(``), 1200, "it fits on one screen of a phone"},
}

func TestLengths(t *testing.T) {
	t.Parallel()
	fill := map[string]func(string) string{}
	for lang, s := range sheets(t) {
		fill[lang] = filler(s)
	}
	each(t, func(t *testing.T, lang, key, text string) {
		full := fill[lang](text)
		if left := placeholder.FindString(full); left != "" {
			t.Errorf("%s: nobody knows how long %s can be", key, left)
		}
		for _, l := range limits {
			if !l.keys.MatchString(key) {
				continue
			}
			if n := len(utf16.Encode([]rune(full))); n > l.longest {
				t.Errorf("%s has %d characters, at most %d: %s\n%s", key, n, l.longest, l.why, full)
			}
			return
		}
	})
}

// longestOf says where to look for the longest that can really stand in a placeholder.
var longestOf = map[string]*regexp.Regexp{
	"{votes}":   regexp.MustCompile(`^card\.votes$`),
	"{step}":    regexp.MustCompile(`^step\.`),
	"{for}":     regexp.MustCompile(`^duration\.`),
	"{why}":     regexp.MustCompile(`^rule\..*\.why$`),
	"{rule}":    regexp.MustCompile(`^rule\.[a-z]+$`),
	"{by}":      regexp.MustCompile(`^notice\.by_`),
	"{follows}": regexp.MustCompile(`^notice\.step`),
	"{first}":   regexp.MustCompile(`^right\.`),
	"{second}":  regexp.MustCompile(`^right\.`),
}

// filler returns what puts the longest that can really stand there in the placeholders of texts.
func filler(s sheet) func(text string) string {
	pairs := []string{
		"{missing}", anyForm(s["right.admin"]) + ", " + anyForm(s["right.delete"]) + ", " + anyForm(s["right.restrict"]),
		"{group}", strings.Repeat("ж", 128),
		"{value}", strings.Repeat("mute 365d, ", 19) + "ban 365d",
		"{case}", "7KQ27KQ2",
		"{count}", "200000",
		"{date}", "2026-12-31 23:59 UTC",
		"{until}", "2026-12-31 23:59 UTC",
	}
	for name, keys := range longestOf {
		pairs = append(pairs, name, longest(s, keys))
	}
	once := strings.NewReplacer(pairs...)
	// What follows holds a step, that a duration, and that a number.
	return func(text string) string { return once.Replace(once.Replace(once.Replace(once.Replace(text)))) }
}

func longest(s sheet, keys *regexp.Regexp) string {
	var found string
	for key, forms := range s {
		for _, text := range forms {
			if keys.MatchString(key) && len(text) > len(found) {
				found = text
			}
		}
	}
	return found
}

// "One sentence" means one: no line break, and an end only at the end.
func TestWrongSettingsGetOneSentence(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, _, key, text string) {
		if !strings.HasSuffix(key, ".wrong") {
			return
		}
		if strings.Contains(text, "\n") || !regexp.MustCompile(`^[^.。!?！？]+[.。]$`).MatchString(text) {
			t.Errorf("%s is not one sentence: %q", key, text)
		}
	})
}
