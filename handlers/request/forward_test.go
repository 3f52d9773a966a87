package request

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// seenAs is what the bot remembers of a message.
func seenAs(t *testing.T, m wire.Message) moderation.SeenMessage {
	t.Helper()
	m.ID, m.Chat = 41, wire.Chat{ID: -1001, Type: "supergroup"}
	s, ok := Seen(&wire.Update{ID: 1, Message: &m})
	if !ok {
		t.Fatalf("nothing is noted of %+v", m)
	}
	return s
}

// A forward is of a message that says the same, and that its author wrote if the forward names one.
func TestIsForwarded(t *testing.T) {
	t.Parallel()
	mallory, trudy := &wire.User{ID: 5, FirstName: "Mallory"}, &wire.User{ID: 6, FirstName: "Trudy"}
	club := &wire.Chat{ID: -1001, Type: "supergroup"}
	photo := wire.MediaFile{ID: "mine", Unique: "same"}
	of := func(o wire.Origin, text string, file wire.MediaFile) *wire.Message {
		m := &wire.Message{ID: 1, Chat: wire.Chat{ID: 7, Type: "private"}, Text: text, File: file, Forward: &o}
		if file.ID != "" {
			m.Media = "photo"
		}
		return m
	}
	for name, test := range map[string]struct {
		forward *wire.Message
		message wire.Message
		want    bool
	}{
		"named":                {of(wire.Origin{User: mallory, Date: 9}, "pills", wire.MediaFile{}), wire.Message{From: mallory, Date: 9, Text: "pills"}, true},
		"of another":           {of(wire.Origin{User: trudy, Date: 9}, "pills", wire.MediaFile{}), wire.Message{From: mallory, Date: 9, Text: "pills"}, false},
		"hidden":               {of(wire.Origin{Name: "Mallory", Date: 9}, "pills", wire.MediaFile{}), wire.Message{From: mallory, Date: 9, Text: "pills"}, true},
		"other words":          {of(wire.Origin{User: mallory, Date: 9}, "pill", wire.MediaFile{}), wire.Message{From: mallory, Date: 9, Text: "pills"}, false},
		"an anonymous admin":   {of(wire.Origin{Chat: club, Date: 9}, "pills", wire.MediaFile{}), wire.Message{From: mallory, SenderChat: club, Date: 9, Text: "pills"}, true},
		"the same file":        {of(wire.Origin{User: mallory}, "", wire.MediaFile{ID: "yours", Unique: "same"}), wire.Message{From: mallory, Media: "photo", File: photo}, true},
		"another file":         {of(wire.Origin{User: mallory}, "", wire.MediaFile{ID: "yours", Unique: "other"}), wire.Message{From: mallory, Media: "photo", File: photo}, false},
		"of a forward":         {of(wire.Origin{User: trudy, Date: 3}, "pills", wire.MediaFile{}), wire.Message{From: mallory, Date: 9, Text: "pills", Forward: &wire.Origin{User: trudy, Date: 3}}, true},
		"words in place of it": {of(wire.Origin{User: mallory}, "photo\x00same", wire.MediaFile{}), wire.Message{From: mallory, Media: "photo", File: photo}, false},
	} {
		ref, ok := Forwarded(test.forward)
		if !ok || IsForwarded(ref, seenAs(t, test.message)) != test.want {
			t.Errorf("%s: %v, want %v", name, !test.want, test.want)
		}
		if ref.At != test.forward.Forward.Date {
			t.Errorf("%s: it was sent at %d", name, ref.At)
		}
	}
	if _, ok := Forwarded(&wire.Message{Text: "pills"}); ok {
		t.Error("a message that is no forward is one")
	}
	if s := seenAs(t, wire.Message{From: mallory, Date: 9, Text: "x", Forward: &wire.Origin{Date: 3}}); !s.Origin.Equal(time.Unix(3, 0)) {
		t.Errorf("the original is of %v", s.Origin)
	}
}
