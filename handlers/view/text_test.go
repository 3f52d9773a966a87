package view_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

func TestShorten(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"nothing":                   {"", ""},
		"blanks":                    {" \n\t ", ""},
		"what fits":                 {"0123456789", "0123456789"},
		"one too many":              {"0123456789a", "012345678…"},
		"lines become one":          {"a\n\nb\tc", "a b c"},
		"fits without its blanks":   {"   a     b   ", "a b"},
		"no blank before the end":   {"01234567 9ab", "01234567…"},
		"letters, not bytes":        {"сова летит", "сова летит"},
		"letters, not bytes, cut":   {"сова летает", "сова лета…"},
		"a blank of another script": {"a\u3000b\u00a0c", "a b c"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := view.Shorten(test.text, 10); got != test.want {
				t.Errorf("%q became %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestShortenedIsOneShortLine(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, n := rapid.String().Draw(t, "text"), rapid.IntRange(1, 60).Draw(t, "n")
		got := view.Shorten(text, n)
		if utf8.RuneCountInString(got) > n || strings.ContainsAny(got, "\n\r\t") || strings.TrimSpace(got) != got {
			t.Fatalf("%q", got)
		}
		if again := view.Shorten(got, n); again != got {
			t.Fatalf("%q became %q when shortened again", got, again)
		}
	})
}
