package handlers_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

func alerts(refuse int) (*grouptest.Group, *handlers.Handlers) {
	d := grouptest.New(moderation.Case{})
	d.Refuse = refuse
	return d, handlersOf(d, nil)
}

// Telegram refuses answers to a press of more than 200 characters: whatever names, ids and times stand in a text, and
// whatever else comes with it, none goes out.
func TestNoAlertIsTooLong(t *testing.T) {
	t.Parallel()
	pieces := []string{"a", "ж", "漢", "👨‍👩‍👧", "🚩", " ", locale.In("en").On(noon).Time(noon.Add(time.Hour))}
	source := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var text strings.Builder
		for range source.IntN(260) {
			text.WriteString(pieces[source.IntN(len(pieces))])
		}
		place := []wire.Chat{groupChat(), {ID: grouptest.LogID, Type: "channel"}, {ID: admin, Type: "private"}}[source.IntN(3)]
		d, h := alerts([]int{0, 403}[source.IntN(2)])
		press := &wire.CallbackQuery{ID: "press", From: wire.User{ID: admin}, Message: &wire.Message{ID: 9, Chat: place}}
		calls := view.AllDated(handlers.Fitted(h, t.Context(), press, []wire.Call{wire.AnswerCallback("press", text.String(), true)}))
		said, _ := calls[0].Toast()
		whole := locale.Plain(text.String())
		switch n := len(utf16.Encode([]rune(said))); {
		case n > 200:
			t.Fatalf("an alert of %d characters: %q", n, said)
		case len(utf16.Encode([]rune(whole))) <= 200 && said != whole:
			t.Fatalf("%q was shown as %q", whole, said)
		case len(d.Sent) == 1 && (said != "" || d.Sent[0].Params["text"] != whole):
			t.Fatalf("%q was shown as %q and as %v", whole, said, d.Sent[0].Params)
		case len(d.Sent) == 0 && !strings.HasPrefix(whole, strings.TrimSuffix(said, "…")):
			t.Fatalf("%q was cut to %q", whole, said)
		}
	}
}

// What is too long for an alert is shown to the presser alone.
func TestLongAlertsAreMessages(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", 50)
	for name, c := range map[string]struct {
		message *wire.Message
		chat    any
		alone   map[string]any
	}{
		"in a group":   {&wire.Message{ID: 9, Chat: groupChat()}, int64(grouptest.ID), map[string]any{"receiver_user_id": int64(admin), "callback_query_id": "press"}},
		"in a channel": {&wire.Message{ID: 9, Chat: wire.Chat{ID: grouptest.LogID, Type: "channel"}}, nil, map[string]any{"callback_query_id": "press"}},
		"nobody says":  {nil, nil, map[string]any{"callback_query_id": "press"}},
		"in private":   {&wire.Message{ID: 9, Chat: wire.Chat{ID: admin, Type: "private"}}, int64(admin), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, h := alerts(0)
			press := &wire.CallbackQuery{ID: "press", From: wire.User{ID: admin}, Message: c.message}
			calls := handlers.Fitted(h, t.Context(), press, []wire.Call{wire.AnswerCallback("press", long, true)})
			if text, is := calls[0].Toast(); !is || text != "" {
				t.Errorf("the press is answered by %+v", calls)
			}
			if len(d.Sent) != 1 || d.Sent[0].Params["chat_id"] != c.chat {
				t.Fatalf("sent %+v", d.Sent)
			}
			got, _ := d.Sent[0].Params["ephemeral_message_parameters"].(map[string]any)
			if len(got) != len(c.alone) || got["callback_query_id"] != c.alone["callback_query_id"] || got["receiver_user_id"] != c.alone["receiver_user_id"] {
				t.Errorf("it is addressed to %v, want %v", got, c.alone)
			}
		})
	}
}
