package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jonboulle/clockwork"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// world is a strict simulated Telegram with a group, an owner, Anna, and our bot
// as an admin.
type world struct {
	*tgsim.Sim
	t      *testing.T
	us     *tgsim.Bot
	group  *tgsim.Chat
	owner  *tgsim.User
	anna   *tgsim.User
	boris  *tgsim.User
	client *bot.Client
	next   int64 // update to ask for
}

func newWorld(t *testing.T, clock clockwork.Clock) *world {
	sim := tgsim.New(tgsim.Options{})
	server := sim.Serve()
	t.Cleanup(server.Close)
	w := &world{
		Sim: sim, t: t, us: sim.AddBot("OstrakonBot", "Ostrakon"),
		owner: sim.AddUser("Olga"), anna: sim.AddUser("Anna"), boris: sim.AddUser("Boris"),
	}
	w.group = sim.NewSupergroup("Chess club", w.owner)
	if err := w.group.Join(w.anna, w.boris); err != nil {
		t.Fatal(err)
	}
	w.group.Add(w.us)
	w.group.Promote(w.us, tgsim.AllRights())
	var err error
	w.client, err = bot.Dial(t.Context(), bot.Options{
		Token: w.us.Token(), URL: server.URL, Clock: clock, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err == nil {
		err = w.client.LearnServer(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) do(call wire.Call) wire.Result {
	w.t.Helper()
	result, err := w.client.Do(w.t.Context(), call)
	if err != nil {
		w.t.Errorf("%s: %v", call.Method, err)
	}
	return result
}

func (w *world) sent(call wire.Call) wire.Sent {
	w.t.Helper()
	sent, err := w.do(call).Sent()
	if err != nil {
		w.t.Errorf("%s: %v", call.Method, err)
	}
	return sent
}

func (w *world) strict() {
	w.t.Helper()
	for _, violation := range w.Violations() {
		w.t.Errorf("against the Bot API's schema: %s", violation)
	}
}

// picture is the smallest of pictures.
func picture(t *testing.T) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 20, 20))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Every call the package can build is one that Telegram understands.
func TestEveryCallIsUnderstood(t *testing.T) {
	w := newWorld(t, nil)
	chat, anna, boris := w.group.ID(), w.anna.ID(), w.boris.ID()
	channel := w.NewChannel("News", w.owner)
	spam, err := w.boris.Send(w.group, "buy", tgsim.WithPhoto())
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]wire.Button{{{Text: "🚩", Data: "v1"}, {Text: "👌", Data: "v2"}}, {{Text: "Open", URL: "https://t.me/OstrakonBot"}}}

	card := w.sent(wire.SendMessage(chat, "vote").ReplyTo(int64(spam.ID())).Quiet().NoPreview().Keyboard(rows))
	w.do(wire.EditMessageText(chat, card.MessageID, "decided").Keyboard(nil))
	note := w.sent(wire.SendMessage(chat, "for Anna").Ephemeral(anna, "", 0).Keyboard(rows))
	if note.MessageID != 0 || note.EphemeralID == 0 {
		t.Errorf("sent %+v", note)
	}
	w.do(wire.EditEphemeralText(wire.EphemeralRef{Chat: chat, Receiver: anna, ID: note.EphemeralID}, "for Anna still"))
	w.sent(wire.SendPhoto(chat, "week.png", picture(t), "The week"))
	w.sent(wire.SendDocument(chat, "cases.csv", []byte("id"), "").Ephemeral(anna, "", 0))
	w.sent(wire.SendMessage(chat, "say why").Ephemeral(anna, "", 0).ForceReply(nil))
	w.do(wire.DeleteMessages(chat, []int64{int64(spam.ID()), card.MessageID}))
	second := w.sent(wire.SendMessage(chat, "x"))
	w.do(wire.DeleteMessages(chat, []int64{second.MessageID}))

	later := time.Now().Add(time.Hour)
	w.do(wire.RestrictTo(chat, boris, later, wire.Permissions(false)))
	w.do(wire.RestrictTo(chat, boris, later, map[string]bool{"can_send_messages": true}))
	w.do(wire.RestrictTo(chat, boris, time.Time{}, wire.PermissionsBut(wire.BeyondWords()...)))
	w.do(wire.RestrictTo(chat, boris, time.Time{}, wire.PermissionsBut()))
	w.do(wire.Ban(chat, boris, later))
	w.do(wire.Unban(chat, boris))
	w.do(wire.BanSenderChat(chat, channel.ID()))
	w.do(wire.UnbanSenderChat(chat, channel.ID()))
	w.do(wire.InviteLink(chat, later))

	member, err := w.do(wire.GetChatMember(chat, anna)).Member()
	if err != nil || !member.InChat() || member.User.ID != anna {
		t.Errorf("%+v %v", member, err)
	}
	admins, err := w.do(wire.GetChatAdministrators(chat)).Members()
	if err != nil || len(admins) != 2 {
		t.Errorf("%+v %v", admins, err)
	}
	info, err := w.do(wire.GetChat(chat)).Chat()
	if err != nil || info.Title != "Chess club" || !info.Group() {
		t.Errorf("%+v %v", info, err)
	}
	w.do(wire.SetWebhook("https://example.org/hook", "secret", 10))
	w.do(wire.DeleteWebhook())
	if err := w.client.DeclareCommands(t.Context(), []wire.CommandList{
		{Scope: wire.ScopeGroups, Commands: []wire.BotCommand{{Name: "report", Description: "Report", Ephemeral: true}}},
		{Scope: wire.ScopePrivate, Language: "ru", Commands: []wire.BotCommand{{Name: "help", Description: "Help"}}},
		{Scope: wire.Scope{Type: "chat", Chat: chat}},
	}); err != nil {
		t.Error(err)
	}
	w.strict()
}

// Of one who may only write words, Telegram refuses what it can, and what it lets
// through is told from words.
func TestPlainTextOnly(t *testing.T) {
	w := newWorld(t, nil)
	joke, err := w.anna.Send(w.group, "a joke")
	if err != nil {
		t.Fatal(err)
	}
	w.do(wire.RestrictTo(w.group.ID(), w.boris.ID(), time.Time{}, wire.PermissionsBut(wire.BeyondWords()...)))
	member, err := w.do(wire.GetChatMember(w.group.ID(), w.boris.ID())).Member()
	if err != nil || !slices.Equal(member.Denied, wire.BeyondWords()) || !member.CanSend || member.Until != 0 {
		t.Errorf("%+v %v", member, err)
	}
	refused := func(opts ...tgsim.SendOption) bool {
		_, err := w.boris.Send(w.group, "look here", opts...)
		return errors.Is(err, tgsim.ErrPermission)
	}
	for i, opt := range []tgsim.SendOption{
		tgsim.WithPhoto(), tgsim.WithVideo(), tgsim.WithDocument("x"), tgsim.WithAudio(), tgsim.WithVoice(),
		tgsim.WithVideoNote(), tgsim.WithAnimation(), tgsim.WithSticker(), tgsim.WithPoll(),
	} {
		if !refused(opt) {
			t.Errorf("kind %d was let through", i)
		}
	}
	w.plain() // what came before
	for name, send := range map[string]func() (*tgsim.Message, error){
		"link":      func() (*tgsim.Message, error) { return w.boris.Send(w.group, "see HTTPS://Example.com") },
		"bare link": func() (*tgsim.Message, error) { return w.boris.Send(w.group, "see example.com") },
		"hidden link": func() (*tgsim.Message, error) {
			return w.boris.Send(w.group, "see", tgsim.WithLink("see", "http://a.org"))
		},
		"contact": func() (*tgsim.Message, error) { return w.boris.Send(w.group, "Pills", tgsim.WithContact()) },
		"forward": func() (*tgsim.Message, error) { return w.boris.Forward(joke, w.group) },
		"words":   func() (*tgsim.Message, error) { return w.boris.Send(w.group, "@anna, write to me@example.com") },
	} {
		if _, err := send(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := w.plain(); !slices.Equal(got, []bool{name == "words"}) {
			t.Errorf("%s: plain %v", name, got)
		}
	}
	w.do(wire.RestrictTo(w.group.ID(), w.boris.ID(), time.Time{}, wire.PermissionsBut()))
	if refused(tgsim.WithPoll()) {
		t.Error("the restriction does not end")
	}
	w.strict()
}

// plain tells of each message that came which is plain.
func (w *world) plain() (all []bool) {
	w.t.Helper()
	var updates []json.RawMessage
	if err := json.Unmarshal(w.do(wire.GetUpdates(wire.UpdatesQuery{Offset: w.next, Limit: 100})).Raw, &updates); err != nil {
		w.t.Fatal(err)
	}
	for _, raw := range updates {
		u, err := wire.DecodeUpdate(raw)
		if err != nil {
			w.t.Fatal(err)
		}
		w.next = u.ID + 1
		if u.Message != nil {
			all = append(all, u.Message.Plain)
		}
	}
	return all
}

// reporter answers each ephemeral command in private and each press with a toast.
type reporter struct {
	mu      sync.Mutex
	bulk    []string
	updates []wire.Update
}

func (r *reporter) Ordinary(u *wire.Update) bool {
	if u.Message == nil || u.Message.Service != wire.ServiceNone {
		return false
	}
	_, command := u.Message.Command("OstrakonBot")
	return !command
}

func (r *reporter) Bulk(_ context.Context, updates []wire.Update) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, u := range updates {
		r.bulk = append(r.bulk, u.Message.Text)
	}
	return nil
}

func (*reporter) Admit(*wire.Update) (bool, []wire.Call) { return true, nil }

func (*reporter) Ahead(context.Context, *wire.Update)  {}
func (*reporter) Unavailable(*wire.Update) []wire.Call { return nil }
func (*reporter) Dropped(*wire.Update) []wire.Call     { return nil }

func (r *reporter) Handle(_ context.Context, u wire.Update) ([]wire.Call, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.updates = append(r.updates, u)
	switch m := u.Message; {
	case m != nil && m.EphemeralID != 0:
		text := "Reported: " + m.ReplyTo.Text
		button := [][]wire.Button{{{Text: "↩️ Undo", Data: "undo"}}}
		return []wire.Call{wire.SendMessage(m.Chat.ID, text).Ephemeral(m.From.ID, "", m.EphemeralID).Keyboard(button)}, nil
	case u.Callback != nil && u.Callback.Message != nil:
		m := u.Callback.Message
		return []wire.Call{
			wire.AnswerCallback(u.Callback.ID, "Undone.", false),
			wire.EditEphemeralText(wire.EphemeralRef{Chat: m.Chat.ID, Receiver: u.Callback.From.ID, ID: m.EphemeralID}, "Undone."),
		}, nil
	}
	return nil, nil
}

func (w *world) poll(handler bot.Handler) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- bot.NewReceiver(w.client, handler, bot.ReceiverOptions{}).Poll(ctx) }()
	w.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			w.t.Error(err)
		}
	})
}

// Anna reports unseen, is answered unseen, and takes it back.
func TestReportUnseen(t *testing.T) {
	w := newWorld(t, nil)
	w.do(wire.SetMyCommands(wire.ScopeDefault, "", []wire.BotCommand{{Name: "report", Description: "Report", Ephemeral: true}}))
	w.poll(new(reporter))
	spam, err := w.boris.Send(w.group, "buy my coins")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.anna.Command(w.group, "/report", tgsim.ReplyTo(spam)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	note, err := w.anna.WaitFind(ctx, w.group, "Reported: buy my coins")
	if err != nil {
		t.Fatal(err)
	}
	if seen := w.VisibleTo(w.EveryoneBut(w.anna)...); strings.Contains(seen, "Reported") || strings.Contains(seen, "/report") {
		t.Errorf("others see it: %s", seen)
	}
	press, err := w.anna.Press(note, "↩️")
	if err != nil {
		t.Fatal(err)
	}
	if toast, err := press.Toast(ctx); err != nil || toast.Text != "Undone." {
		t.Errorf("%+v %v", toast, err)
	}
	if _, err := w.anna.WaitFind(ctx, w.group, "Undone."); err != nil {
		t.Error(err)
	}
	w.strict()
}

// The network fails at random; every message is committed, once and in order.
func TestNothingIsLostInChaos(t *testing.T) {
	clock := clockwork.NewFakeClock()
	w := newWorld(t, clock)
	handler := new(reporter)
	w.SetChaos(&tgsim.Chaos{Seed: 7, Probability: 0.3, Max: 100})
	w.poll(handler)
	running, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		for clock.BlockUntilContext(running, 1) == nil {
			clock.Advance(100 * time.Millisecond)
		}
	}()
	var want []string
	for i := range 1000 {
		text := fmt.Sprint("move ", i)
		if _, err := w.anna.Send(w.group, text); err != nil {
			t.Fatal(err)
		}
		want = append(want, text)
	}
	w.us.Inject("message", tgsim.OddMessage)
	w.us.Inject("callback_query", tgsim.CallbackWithoutMessage)
	w.us.Inject("message", tgsim.MessageWithoutFrom)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	if err := w.WaitConfirmed(ctx); err != nil {
		t.Fatal(err, w.us.Pending())
	}
	handler.mu.Lock()
	defer handler.mu.Unlock()
	if !slices.Equal(handler.bulk, want) {
		t.Errorf("committed %d messages, want %d", len(handler.bulk), len(want))
	}
}
