package view_test

import (
	"math"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
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
