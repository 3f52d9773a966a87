package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/ratelimit"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// People and places of these tests.
const (
	groupID, logID                       = -1001, -1002
	owner, admin, helper, member, author = 1, 2, 3, 4, 5
)

// fixture is a group with one case, and a Telegram that knows who is what there. It is the store of the court.
type fixture struct {
	moderation.Store
	t *testing.T

	docket  moderation.Docket
	ballots []moderation.Ballot
	history []moderation.Offence
	appeal  *moderation.Appeal
	noCase  bool

	effects []moderation.Effect // that were committed
	sent    []wire.Call         // that were made, but for those that only ask
	mu      sync.Mutex
	asked   map[string]int // calls that only ask, by their method
	members string         // what Telegram answers when asked how many there are; empty = nothing, ever
	refuse  int            // the code with which Telegram refuses to write into the log
}

func newFixture(t *testing.T, cs moderation.Case) (*fixture, *handlers.Handlers) {
	t.Helper()
	chat := moderation.Chat{
		ID: groupID, Ref: 7, Kind: moderation.Supergroup, Policy: moderation.DefaultPolicy(), Log: logID,
		Rights: moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}, Since: noon.Add(-time.Hour),
		Size: moderation.Size{Members: 30, Asked: noon},
	}
	d := &fixture{t: t, docket: moderation.Docket{Chat: chat, Case: &cs, CaseView: moderation.CaseView{FreshID: "FR3S"}}, asked: map[string]int{}, members: "30"}
	court := moderation.NewCourt(d, func() time.Time { return noon })
	h := handlers.New(court, storeOf{d: d}, telegramOf{d: d}, func(context.Context, wire.Call) error { return nil }, func() time.Time { return noon }, slog.New(slog.DiscardHandler))
	return d, h
}

// Update decides, and keeps what comes out.
func (d *fixture) Update(_ context.Context, key moderation.Key, decide func(moderation.Docket) (moderation.Outcome, error)) (moderation.Outcome, error) {
	docket := d.docket
	docket.Ballots, docket.History, docket.Appeal = d.ballots, d.history, d.appeal
	if key.Case != docket.Case.ID && key.Message != docket.Case.Message || d.noCase {
		docket.Case, docket.Ballots = nil, nil
	} else {
		cs := *docket.Case
		docket.Case = &cs
	}
	out, err := decide(docket)
	if err != nil {
		return out, err
	}
	if out.Chat != nil {
		d.docket.Chat = *out.Chat
	}
	if out.Case != nil {
		cs := *out.Case
		d.docket.Case = &cs
	}
	d.effects = append(d.effects, out.Effects...)
	return out, nil
}

// topics are what the admins are told, of what was committed.
func (d *fixture) topics() (topics []moderation.Topic) {
	for _, e := range d.effects {
		switch e := e.(type) {
		case moderation.TellAdmins:
			topics = append(topics, e.Entry.Topic())
		case moderation.TellAdmin:
			topics = append(topics, e.Entry.Topic())
		}
	}
	return topics
}

// kinds are the effects that were committed.
func (d *fixture) kinds() (kinds []moderation.EffectKind) {
	for _, e := range d.effects {
		kinds = append(kinds, e.Kind())
	}
	return kinds
}

type storeOf struct {
	handlers.Store
	d *fixture
}

func (m storeOf) Chat(context.Context, int64) (moderation.Chat, error) { return m.d.docket.Chat, nil }

func (m storeOf) ChatByRef(context.Context, int64) (moderation.Chat, error) {
	return m.d.docket.Chat, nil
}

func (m storeOf) Case(_ context.Context, _ int64, id string) (moderation.Case, error) {
	if id != m.d.docket.Case.ID {
		return moderation.Case{}, moderation.ErrNoCase
	}
	return *m.d.docket.Case, nil
}

func (storeOf) Evidence(context.Context, int64, string) (moderation.Evidence, bool, error) {
	return moderation.Evidence{Name: "Mallory", Text: "Cheap followers!", SentAt: noon}, true, nil
}

func (storeOf) Private(context.Context, int64) (bool, error) { return false, nil }

func (storeOf) Checkpoint(context.Context) (string, error) { return "", nil }

func (m storeOf) Appeal(context.Context, int64, string) (moderation.Appeal, bool, error) {
	if m.d.appeal == nil {
		return moderation.Appeal{}, false, nil
	}
	return *m.d.appeal, true, nil
}

type telegramOf struct {
	handlers.Telegram
	d *fixture
}

func (telegramOf) Me() wire.Self {
	return wire.Self{User: wire.User{ID: 99, Username: "OstrakonBot", Bot: true}, Names: []string{"OstrakonBot"}}
}

func (telegramOf) Book(context.Context, wire.Call) (ratelimit.Booking, error) {
	return ratelimit.Booking{OK: true}, nil
}

func (tg telegramOf) Do(ctx context.Context, call wire.Call) (wire.Result, error) {
	d := tg.d
	d.mu.Lock()
	defer d.mu.Unlock()
	if !call.Reading() {
		if d.refuse != 0 && call.Chat == logID {
			return wire.Result{}, &wire.Error{Method: call.Method, Code: d.refuse, Description: "Forbidden: bot is not a member of the channel chat"}
		}
		d.sent = append(d.sent, call)
		return wire.Result{Raw: json.RawMessage(`{"message_id":77}`)}, nil
	}
	d.asked[call.Method]++
	switch call.Method {
	case "getChatMemberCount":
		if d.members == "" {
			d.mu.Unlock()
			<-ctx.Done()
			d.mu.Lock()
			return wire.Result{}, &wire.Error{Method: call.Method}
		}
		return wire.Result{Raw: json.RawMessage(d.members)}, nil
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

// updates gives each update a number of its own.
var updates int64

// command is somebody's command in the group that only the bot sees.
func command(from int64, language, text string) wire.Update {
	updates++
	return wire.Update{ID: updates, Message: &wire.Message{
		EphemeralID: updates, Date: noon.Unix(), Text: text, From: &wire.User{ID: from, FirstName: "M", Language: language}, Chat: groupChat(),
	}}
}

func groupChat() wire.Chat { return wire.Chat{ID: groupID, Type: "supergroup", Title: "Chess club"} }

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
