package deliver_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// People and chats of these tests.
const (
	groupID, logID        = grouptest.ID, grouptest.LogID
	admin, member, author = grouptest.Admin, grouptest.Member, grouptest.Author
)

var noon = grouptest.Noon

// newGroup returns a group with this case, and a deliverer for it.
func newGroup(t *testing.T, cs moderation.Case) (*grouptest.Group, *deliver.Deliverer) {
	t.Helper()
	g := grouptest.New(cs)
	return g, delivererOf(g, databaseOf(g))
}

// delivererOf delivers for a group, and looks things up in this store.
func delivererOf(g *grouptest.Group, store deliver.Store) *deliver.Deliverer {
	return deliver.New(moderation.NewCourt(g, grouptest.Now), store, telegramOf(g), grouptest.Now, slog.New(slog.DiscardHandler))
}

// database answers what package grouptest does, and nothing else.
type database struct {
	grouptest.Database
	unanswered
}

type unanswered struct{ deliver.Store }

func databaseOf(g *grouptest.Group) database { return database{Database: grouptest.Database{Group: g}} }

// groupsTelegram answers what package grouptest does, and nothing else.
type groupsTelegram struct {
	grouptest.Telegram
	uncalled
}

type uncalled struct{ deliver.Telegram }

func telegramOf(g *grouptest.Group) groupsTelegram {
	return groupsTelegram{Telegram: grouptest.Telegram{Group: g}}
}

// english is a text, with nothing filled in but what is given.
func english(key string, args locale.Args) string {
	return locale.Plain(locale.In("en").At(time.UTC).On(noon).Text(key, args))
}
