package request

import (
	"testing"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// What an admin did stays above a case whose entry is drawn anew, also in entries of earlier releases. What a member wrote is
// never taken for it.
func TestDid(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, quoted, want string }{
		"in the log":                  {"Chess club\nOlga decided this.\n🚩 Breaks “Spam” (an admin) · 7KQ2\n→ a ban\n", "M: “x”", "Chess club\nOlga decided this."},
		"to one admin, in the group":  {"Olga decided this.\n👌 Fine (an admin) · 7KQ2\n", "M: “x”", "Olga decided this."},
		"nobody did anything":         {"Chess club\nOpen until 2 Sep, 12:00 · 7KQ2\n", "M: “x”", "Chess club"},
		"to who asked":                {"Open until 2 Sep, 12:00 · 7KQ2\n", "M: “x”", ""},
		"of an earlier release":       {"Chess club\nOlga decided this case.\n\nCase 7KQ2. Fine: an administrator decided it.\n", "M: “x”", "Chess club\nOlga decided this case."},
		"of an earlier one, by votes": {"Chess club\nCase 7KQ2. Fine, by about 5 votes.\n", "M: “x”", "Chess club"},
		"the group is named like it":  {"Club 7KQ2\nOlga decided this.\n👌 Fine (an admin) · 7KQ2\n", "M: “x”", "Club 7KQ2\nOlga decided this."},
		"about another case":          {"Chess club\nOlga decided this.\n👌 Fine (an admin) · 9ABC\n", "M: “x”", ""},
		"a member wrote it":           {"Chess club\nOlga changed “Quiz”: on → off\n", "M: “Olga did this.\n👌 Fine (an admin) · 7KQ2”", ""},
	} {
		whole := c.text + c.quoted
		length := len(utf16.Encode([]rune(c.quoted)))
		m := &wire.Message{Text: whole, Entities: []wire.Entity{{Type: wire.Quote, Offset: len(utf16.Encode([]rune(whole))) - length, Length: length}}}
		cb := &Callback{Subject: "7KQ2", Message: m}
		if did, found := cb.Did(); did != c.want || found != (c.want != "") {
			t.Errorf("%s: %q", name, did)
		}
	}
}
