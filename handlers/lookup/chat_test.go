package lookup_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

const chess = `{"id":-1001,"type":"supergroup","title":"Chess club"}`

// An answer to a member says "?" rather than wait. A delivery waits, unless Telegram will never say.
func TestTitleAndName(t *testing.T) {
	t.Parallel()
	p := locale.In("en")
	for name, test := range map[string]struct {
		says  string
		err   error
		title string
		waits bool
	}{
		"a title":   {chess, nil, "Chess club", false},
		"no answer": {"", noAnswer, view.Untitled, true},
		"busy":      {"", busy, view.Untitled, true},
		"no chat":   {"", noChat, view.Untitled, false},
		"kicked":    {"", kicked, view.Untitled, false},
	} {
		l := about(test.says, test.err)
		if got := l.Title(t.Context(), groupID); got != test.title {
			t.Errorf("%s: the title is %q, want %q", name, got, test.title)
		}
		got, err := l.Name(t.Context(), groupID)
		if (err != nil) != test.waits || !test.waits && got != test.title {
			t.Errorf("%s: the name is %q, %v; want %q, an error: %v", name, got, err, test.title, test.waits)
		}
		text, err := l.InGroup(t.Context(), p, groupID, "What happened.")
		if (err != nil) != test.waits || !test.waits && text != test.title+"\nWhat happened." {
			t.Errorf("%s: in private it says %q, %v", name, text, err)
		}
	}
}

// A chat can be read by all if it has a public name, or the one that it is linked to has, or if nobody says of that one.
func TestReadable(t *testing.T) {
	t.Parallel()
	const linked = `{"id":-1001,"type":"supergroup","title":"Chess club","linked_chat_id":-1002}`
	for name, test := range map[string]struct {
		group   string
		channel answer
		open    bool
		err     error
	}{
		"private":                      {chess, answer{}, false, nil},
		"public":                       {`{"id":-1001,"type":"supergroup","username":"chess"}`, answer{}, true, nil},
		"of a private channel":         {linked, answer{json: `{"id":-1002,"type":"channel"}`}, false, nil},
		"of a public channel":          {linked, answer{json: `{"id":-1002,"type":"channel","username":"news"}`}, true, nil},
		"of one without the bot":       {linked, answer{err: kicked}, true, nil},
		"of one that is not told":      {linked, answer{err: noAnswer}, false, noAnswer},
		"of one of which to ask later": {linked, answer{err: busy}, false, busy},
	} {
		l := lookup.New(telegram{groupID: {json: test.group}, channelID: test.channel})
		found, open, err := l.Readable(t.Context(), groupID)
		if open != test.open || !errors.Is(err, test.err) || found.ID != groupID {
			t.Errorf("%s: %+v, open: %v, %v", name, found, open, err)
		}
	}
	if _, open, err := about("", kicked).Readable(t.Context(), groupID); open || !errors.Is(err, kicked) {
		t.Errorf("open: %v, %v", open, err)
	}
}

// The notice in private names the group, and comes later if Telegram does not.
func TestPrivateNotice(t *testing.T) {
	t.Parallel()
	chat := moderation.Chat{ID: groupID, Policy: moderation.DefaultPolicy()}
	cs := moderation.Case{ID: "7KQ2", Chat: groupID, Verdict: moderation.Upheld}
	for name, test := range map[string]struct {
		says  string
		err   error
		names string
		waits bool
	}{
		"a title":   {chess, nil, "Chess club", false},
		"kicked":    {"", kicked, view.Untitled, false},
		"no answer": {"", noAnswer, "", true},
	} {
		text, err := about(test.says, test.err).PrivateNotice(t.Context(), locale.In("en"), chat, cs, nil)
		if (err != nil) != test.waits || !strings.Contains(text, test.names) || test.waits && text != "" {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}
