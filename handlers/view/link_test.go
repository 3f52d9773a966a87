package view_test

import (
	"math"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What Telegram lets a start parameter be.
var startParameter = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func TestAboutLinkLeadsToItsCase(t *testing.T) {
	t.Parallel()
	for _, want := range []moderation.Case{
		{Chat: -1007311111111, ID: "7KQ2"}, {Chat: -5, ID: "0000"}, {Chat: math.MinInt64, ID: longID},
	} {
		link, err := url.Parse(view.AboutLink("ostrakon_bot", want))
		if err != nil {
			t.Fatal(err)
		}
		payload := link.Query().Get("start")
		if link.Host+link.Path != "t.me/ostrakon_bot" || !startParameter.MatchString(payload) {
			t.Errorf("link %s", link)
		}
		if chat, id, ok := view.ParseAbout(payload); !ok || chat != want.Chat || id != want.ID {
			t.Errorf("%q leads to %d, %q, %v; want %d, %q", payload, chat, id, ok, want.Chat, want.ID)
		}
	}
}

func TestOtherStartsAreAboutNothing(t *testing.T) {
	t.Parallel()
	for name, payload := range map[string]string{
		"a bare start":         "",
		"the prefix alone":     "about_",
		"no case":              "about_-100123_",
		"no group":             "about__7KQ2",
		"group 0":              "about_0_7KQ2",
		"a group that is none": "about_x_7KQ2",
		"too great a number":   "about_9223372036854775808_7KQ2",
		"another prefix":       "abut_-100123_7KQ2",
		"capitals":             "ABOUT_-100123_7KQ2",
	} {
		if chat, id, ok := view.ParseAbout(payload); ok {
			t.Errorf("%s: %q leads to %d, %q", name, payload, chat, id)
		}
	}
}

func FuzzParseAbout(f *testing.F) {
	for _, seed := range []string{"", "about_", "about_-1007311111111_7KQ2", "about_+1_A", "about_-1__", "about_\x00_\xff", "group"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		chat, id, ok := view.ParseAbout(payload)
		if ok && (chat == 0 || id == "") {
			t.Fatalf("%q leads to case %q of group %d", payload, id, chat)
		}
		_, written, _ := strings.Cut(view.AboutLink("bot", moderation.Case{Chat: chat, ID: id}), "?start=")
		if !ok || !startParameter.MatchString(written) {
			return // what follows goes for links that we write
		}
		if againChat, againID, ok := view.ParseAbout(written); !ok || againChat != chat || againID != id {
			t.Fatalf("%d, %q was written and read as %d, %q, %v", chat, id, againChat, againID, ok)
		}
	})
}

// The link is exact: people copy it, and apps know no other names of rights. An empty parameter has the app write nothing.
func TestAddLinkNamesTheRights(t *testing.T) {
	t.Parallel()
	const want = "https://t.me/OstrakonBot?startgroup&admin=delete_messages+restrict_members+invite_users"
	if got := view.AddLink("OstrakonBot"); got != want {
		t.Errorf("got %s", got)
	}
	p := locale.In(locale.Default)
	rows := view.AddRows(p, wire.Self{User: wire.User{Username: "OstrakonBot"}})
	if len(rows) != 1 || len(rows[0]) != 1 || rows[0][0].URL != want {
		t.Errorf("got %v", rows)
	}
	if rows := view.AddRows(p, wire.Self{NoGroups: true}); rows != nil {
		t.Errorf("a button that leads nowhere: %v", rows)
	}
}

// Telegram knows languages by two letters, so that each of ours must have them. Each has its own texts, none too long.
func TestAboutHasEveryLanguage(t *testing.T) {
	t.Parallel()
	code := regexp.MustCompile(`^([a-z]{2})?$`)
	longest := map[string]int{wire.AboutDescription: 512, wire.AboutShort: 120}
	for _, old := range []bool{false, true} {
		found := map[string]int{}
		for _, text := range view.About(old) {
			found[text.What]++
			if !code.MatchString(text.Language) {
				t.Errorf("Telegram knows no language %q", text.Language)
			}
			if n := len(utf16.Encode([]rune(text.Words))); n == 0 || n > longest[text.What] {
				t.Errorf("%s %q has %d characters, at most %d", text.What, text.Language, n, longest[text.What])
			}
			if old && strings.Contains(text.Words, "/report") {
				t.Errorf("%s %q offers /report where everybody sees it", text.What, text.Language)
			}
		}
		for what := range longest {
			if found[what] != len(locale.Languages())+1 {
				t.Errorf("%s in %d languages", what, found[what])
			}
		}
	}
}
