package deliver_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/deliver"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// People and chats of these tests.
const (
	groupID, logID        = -1001, -1002
	admin, member, author = 2, 4, 5
)

var noon = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// group is a group with one case: the court's store, and what the fakes for the database and for Telegram answer from.
type group struct {
	moderation.Store

	docket moderation.Docket
	appeal *moderation.Appeal

	effects []moderation.Effect // that were committed
	sent    []wire.Call         // that were made, but for those that only ask
	refuse  int                 // the code with which Telegram refuses to write into the log
}

// newGroup returns a group with this case, and a deliverer for it.
func newGroup(t *testing.T, cs moderation.Case) (*group, *deliver.Deliverer) {
	t.Helper()
	chat := moderation.Chat{
		ID: groupID, Ref: 7, Kind: moderation.Supergroup, Policy: moderation.DefaultPolicy(), Log: logID,
		Rights: moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}, Since: noon.Add(-time.Hour),
		Size: moderation.Size{Members: 30, Asked: noon},
	}
	g := &group{docket: moderation.Docket{Chat: chat, Case: &cs, CaseView: moderation.CaseView{FreshID: "FR3S"}}}
	now := func() time.Time { return noon }
	return g, deliver.New(moderation.NewCourt(g, now), database{g: g}, telegram{g: g}, now, slog.New(slog.DiscardHandler))
}

// Update decides, and keeps what comes out.
func (g *group) Update(_ context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	docket := g.docket
	docket.Appeal = g.appeal
	if cs := *docket.Case; key.Case == cs.ID || key.Message == cs.Message {
		docket.Case = &cs
	} else {
		docket.Case = nil
	}
	out, err := decide(docket)
	if err != nil {
		return out, err
	}
	if out.Chat != nil {
		g.docket.Chat = *out.Chat
	}
	if out.Case != nil {
		cs := *out.Case
		g.docket.Case = &cs
	}
	g.effects = append(g.effects, out.Effects...)
	return out, nil
}

// database is where deliveries look things up.
type database struct {
	deliver.Store
	g *group
}

func (db database) Chat(context.Context, int64) (moderation.Chat, error) {
	return db.g.docket.Chat, nil
}

func (db database) Case(_ context.Context, _ int64, id string) (moderation.Case, error) {
	if id != db.g.docket.Case.ID {
		return moderation.Case{}, moderation.ErrNoCase
	}
	return *db.g.docket.Case, nil
}

func (database) Evidence(context.Context, int64, string) (moderation.Evidence, bool, error) {
	return moderation.Evidence{Name: "Mallory", Text: "Cheap followers!", SentAt: noon}, true, nil
}

func (database) Private(context.Context, int64) (bool, error) { return false, nil }

func (database) Checkpoint(context.Context) (string, error) { return "", nil }

func (db database) Appeal(context.Context, int64, string) (moderation.Appeal, bool, error) {
	if db.g.appeal == nil {
		return moderation.Appeal{}, false, nil
	}
	return *db.g.appeal, true, nil
}

// telegram answers calls, and keeps those that do more than ask.
type telegram struct {
	deliver.Telegram
	g *group
}

func (telegram) Me() wire.Self {
	return wire.Self{User: wire.User{ID: 99, Username: "OstrakonBot", Bot: true}, Names: []string{"OstrakonBot"}}
}

func (telegram) Book(context.Context, wire.Call) (ratelimit.Booking, error) {
	return ratelimit.Booking{OK: true}, nil
}

func (tg telegram) Do(_ context.Context, call wire.Call) (wire.Result, error) {
	if !call.Reading() {
		if tg.g.refuse != 0 && call.Chat == logID {
			return wire.Result{}, &wire.Error{Method: call.Method, Code: tg.g.refuse, Description: "Forbidden: bot is not a member of the channel chat"}
		}
		tg.g.sent = append(tg.g.sent, call)
		return wire.Result{Raw: json.RawMessage(`{"message_id":77}`)}, nil
	}
	switch call.Method {
	case "getChatMember":
		return wire.Result{Raw: json.RawMessage(memberJSON(fmt.Sprint(call.Params["user_id"])))}, nil
	case "getChatAdministrators":
		return wire.Result{Raw: json.RawMessage("[" + memberJSON("1") + "," + memberJSON("2") + "," + memberJSON("3") + "]")}, nil
	default:
		return wire.Result{Raw: json.RawMessage(fmt.Sprintf(`{"id":%d,"type":"supergroup","title":"Chess club"}`, call.Chat))}, nil
	}
}

// memberJSON is what Telegram says of somebody: 1 owns the group, 2 is an admin with all rights, 3 one with none, and the
// bot itself is an admin.
func memberJSON(id string) string {
	user := `"user":{"id":` + id + `,"first_name":"M` + id + `"}`
	switch id {
	case "1":
		return `{"status":"creator",` + user + `,"is_anonymous":false}`
	case "2", "99":
		return `{"status":"administrator",` + user + `,"can_restrict_members":true,"can_delete_messages":true,"can_post_messages":true}`
	case "3":
		return `{"status":"administrator",` + user + `,"can_restrict_members":false,"can_delete_messages":false}`
	default:
		return `{"status":"member",` + user + `}`
	}
}

// story is a case with this verdict, changed as the test needs it.
func story(v moderation.Verdict, change func(*moderation.Case)) moderation.Case {
	c := moderation.Case{
		ID: "7KQ2", Chat: groupID, CaseMessage: moderation.CaseMessage{Message: 41, Author: moderation.Author{ID: author}},
		CaseCard: moderation.CaseCard{CardWanted: true}, Verdict: v, Opened: noon, Deadline: noon.Add(24 * time.Hour), Decided: noon,
	}
	if v == moderation.Upheld {
		c.Rule, c.Penalty, c.Until = rulebook.Spam, ladder.Step{Kind: ladder.Mute, For: time.Hour}, noon.Add(time.Hour)
	}
	change(&c)
	return c
}

// byJury makes a case one that members drawn by lot decided, since it was dismissed before.
func byJury(c *moderation.Case) { c.Votes, c.Breaks, c.CardWanted, c.Reopens = 2, 2, false, "M4XD" }

// english is a text, with nothing filled in but what is given.
func english(key string, args locale.Args) string {
	return locale.Plain(locale.In("en").At(time.UTC).On(noon).Text(key, args))
}
