package demo

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text       string
		room, lead int
		want       []string
	}{
		{"", 10, 0, []string{""}},
		{"one two three", 20, 0, []string{"one two three"}},
		{"one two three", 7, 0, []string{"one two", "three"}},
		{"one two three", 7, 3, []string{"one", "two", "three"}},
		{"one two", 7, 6, []string{"", "one two"}},
		{"a longest word", 5, 0, []string{"a", "longe", "st", "word"}},
		{"above\n\nbelow", 10, 0, []string{"above", "", "below"}},
		{"举报只有你看得见", 7, 0, []string{"举报只", "有你看", "得见"}},
		{"🚩🚩 👌👌", 5, 0, []string{"🚩🚩", "👌👌"}},
		{"choose /report", 10, 0, []string{"choose", "/report"}},
		{"a\x1b[2J\tb", 10, 0, []string{"a[2J b"}},
		{"↩️ Undo", 4, 0, []string{"↩️", "Undo"}},
	} {
		if got := wrap(c.text, c.room, c.lead); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d, %d) = %q, want %q", c.text, c.room, c.lead, got, c.want)
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("one two three", 7, 2)
	f.Add("举报 🚩\n\n↩️", 3, 0)
	f.Fuzz(func(t *testing.T, text string, room, lead int) {
		if !utf8.ValidString(text) || len(text) > 4096 {
			t.Skip("Telegram brings no such thing")
		}
		room, lead = 2+room&63, lead&63
		lines := wrap(text, room, lead)
		for i, line := range lines {
			if i == 0 && width(line) > max(0, room-lead) || width(line) > room {
				t.Errorf("line %d of %q is %d cells wide: %q", i, text, width(line), line)
			}
		}
		if got := strings.Join(lines, ""); solid(got) != solid(text) {
			t.Errorf("%q became %q", text, got)
		}
	})
}

// solid is a text without what may be lost where a line breaks.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(" \u2028\u2029/"+slash, r) {
			return -1
		}
		return r
	}, s)
}

func TestShort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"short": "short", "two\nlines": "two lin…", "举报只有你": "举报只…", "just fit": "just fit",
	} {
		if got := short(text, 8); got != want {
			t.Errorf("short(%q) = %q, want %q", text, got, want)
		}
	}
}
