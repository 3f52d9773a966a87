package view

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// TestNameText shows names that have nothing to see in them, in every language.
func TestNameText(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		p := locale.In(lang)
		deleted, none := p.Text("name.deleted", nil), p.Text("name.none", nil)
		for name, want := range map[string]string{
			"": deleted, "  ": deleted, "\n\t": deleted,
			"\u200e": none, "\u3164": none, "\u2800\u2800": none, "\u200b": none, "\u202e": none, "\u0301": none, "\ufe0f": none,
			"Anna": "Anna", " Anna ": "Anna", "\u202eannA": "annA", "\u2067Anna\u2069": "Anna", "An\x00na": "Anna",
			"A" + strings.Repeat("\u0336", 50) + "nna": "A\u0336\u0336\u0336\u0336nna", "हिन्दी": "हिन्दी",
			"👩‍🚀": "👩‍🚀", "می\u200cخواهم": "\u2068می\u200cخواهم\u2069", ".": ".", "é": "é", "李": "李",
		} {
			if got := NameText(p, name); got != want {
				t.Errorf("%s: %q is shown as %q, want %q", lang, name, got, want)
			}
		}
	}
}

func TestTitleText(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{"": Untitled, "\u2800": Untitled, "Chess\u202e club": "Chess club"} {
		if got := TitleText(title); got != want {
			t.Errorf("%q is shown as %q, want %q", title, got, want)
		}
	}
}

func TestFirstName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		u    wire.User
		want string
	}{
		{wire.User{FirstName: "Anna", LastName: "Smith"}, "Anna"},
		{wire.User{LastName: "Smith"}, "Smith"},
		{wire.User{FirstName: "\u3164", LastName: "Smith"}, "Smith"},
		{wire.User{}, ""},
	} {
		if got := FirstName(&c.u); got != c.want {
			t.Errorf("%+v is called %q, want %q", c.u, got, c.want)
		}
	}
}
