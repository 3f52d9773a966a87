package handlers_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Who is in the group of these tests.
const owner, admin, helper, member, author = grouptest.Owner, grouptest.Admin, grouptest.Helper, grouptest.Member, grouptest.Author

// newGroup returns a group with this case, and handlers for it.
func newGroup(t *testing.T, cs moderation.Case) (*grouptest.Group, *handlers.Handlers) {
	t.Helper()
	g := grouptest.New(cs)
	return g, handlersOf(g, moderation.NewCourt(g, grouptest.Now))
}

// handlersOf are those of a group, with this court.
func handlersOf(g *grouptest.Group, court *moderation.Court) *handlers.Handlers {
	later := func(context.Context, wire.Call) error { return nil }
	return handlers.New(court, databaseOf(g), telegramOf(g), later, grouptest.Now, slog.New(slog.DiscardHandler))
}

// database answers what package grouptest does, and nothing else.
type database struct {
	grouptest.Database
	unanswered
}

type unanswered struct{ handlers.Store }

func databaseOf(g *grouptest.Group) database { return database{Database: grouptest.Database{Group: g}} }

// groupsTelegram answers what package grouptest does, and nothing else.
type groupsTelegram struct {
	grouptest.Telegram
	uncalled
}

type uncalled struct{ handlers.Telegram }

func telegramOf(g *grouptest.Group) groupsTelegram {
	return groupsTelegram{Telegram: grouptest.Telegram{Group: g}}
}

// updates gives each update a number of its own.
var updates int64

// command is somebody's command in the group that only the bot sees.
func command(from int64, language, text string) wire.Update {
	updates++
	return wire.Update{ID: updates, Message: &wire.Message{
		EphemeralID: updates, Date: noon.Unix(), Text: text, From: &wire.User{ID: from, FirstName: "M", Language: language}, Chat: groupChat(),
	}}
}

func groupChat() wire.Chat {
	return wire.Chat{ID: grouptest.ID, Type: "supergroup", Title: "Chess club"}
}

// pressed is a tap on a button below a message that only the presser sees.
func pressed(from int64, data string) wire.Update {
	updates++
	m := &wire.Message{EphemeralID: updates, Date: noon.Unix(), Chat: groupChat(), Text: "Case 7KQ2."}
	return wire.Update{ID: updates, Callback: &wire.CallbackQuery{ID: "press", From: wire.User{ID: from, FirstName: "M", Language: "en"}, Message: m, Data: data}}
}

// say gives an update to the bot and returns what it says to that: texts, the toast first.
func say(t *testing.T, h *handlers.Handlers, u wire.Update) (texts []string, calls []wire.Call) {
	t.Helper()
	calls, err := h.Handle(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	for _, call := range calls {
		text, _ := call.Params["text"].(string)
		texts = append(texts, text)
	}
	return texts, calls
}

// said fails unless the bot says just this.
func said(t *testing.T, h *handlers.Handlers, u wire.Update, want string) {
	t.Helper()
	if texts, _ := say(t, h, u); !slices.Equal(texts, []string{want}) {
		t.Errorf("it says %q, want %q", texts, want)
	}
}

// english is a text, with nothing filled in but what is given.
func english(key string, args locale.Args) string {
	return locale.Plain(locale.In("en").At(time.UTC).On(noon).Text(key, args))
}
