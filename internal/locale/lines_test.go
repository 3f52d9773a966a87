package locale_test

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

func TestLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		lines      int
	}{
		{"nothing", "", 1},
		{"a full line", strings.Repeat("a", 42), 1},
		{"a letter more", strings.Repeat("a", 43), 2},
		{"a word goes on below", strings.Repeat("a", 40) + " bcd", 2},
		{"what does not fit beside leaves space", strings.Repeat("a", 30) + " " + strings.Repeat("b", 30) + " " + strings.Repeat("c", 13), 3},
		{"lines of their own", "a\n\nb", 3},
		{"wide letters count two", strings.Repeat("群", 21), 1},
		{"and break anywhere", strings.Repeat("群", 22), 2},
		{"an emoji", strings.Repeat("👌", 21), 1},
		{"a sign shown as an emoji", strings.Repeat("⚖️", 21), 1},
		{"an accent counts nothing", strings.Repeat("e\u0301", 42), 1},
		{"nor does a mark", strings.Repeat("a", 40) + locale.Quote("bc"), 1},
		{"a word of three lines", strings.Repeat("a", 100), 3},
		{"and what follows it", strings.Repeat("a", 84) + " b", 3},
	} {
		if got := locale.Lines(c.text); got != c.lines {
			t.Errorf("%s: %d lines, want %d: %q", c.name, got, c.lines, c.text)
		}
	}
}

func TestWidth(t *testing.T) {
	t.Parallel()
	if got := locale.Width("ab\n群规 👌\nc"); got != 7 {
		t.Errorf("the longest line has %d columns, want 7", got)
	}
}
