package tgsim_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// A world is a small group with a bot that administers it.
type world struct {
	*tgsim.Sim
	t                      *testing.T
	srv                    *tgsim.Server
	clock                  *tgsim.Clock
	bot                    *tgsim.Bot
	owner, anna, ben, carl *tgsim.User
	group                  *tgsim.Chat
}

func newWorld(t *testing.T, opts tgsim.Options) *world {
	t.Helper()
	w := &world{t: t, clock: tgsim.NewClock(time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC))}
	opts.Now = w.clock.Now
	opts.CheckUpdates = true
	w.Sim = tgsim.New(opts)
	w.srv = w.Serve()
	w.bot = w.AddBot("OstrakonBot", "Ostrakon")
	w.owner = w.AddUser("Olga", tgsim.Username("olga"))
	w.anna = w.AddUser("Anna", tgsim.Username("anna"))
	w.ben = w.AddUser("Ben", tgsim.Lang("ru"))
	w.carl = w.AddUser("Carl")
	w.group = w.NewSupergroup("Chess club", w.owner)
	w.group.Add(w.anna, w.ben, w.bot)
	w.group.Promote(w.bot, tgsim.AllRights())
	t.Cleanup(w.srv.Close)
	t.Cleanup(func() {
		for _, v := range w.Violations() {
			t.Errorf("violation: %s", v)
		}
	})
	w.updates()
	return w
}

type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	ErrorCode   int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		MigrateToChatID int64 `json:"migrate_to_chat_id"`
		RetryAfter      int64 `json:"retry_after"`
	} `json:"parameters"`
}

// try makes a call with a JSON body.
func (w *world) try(method string, args map[string]any) answer {
	w.t.Helper()
	body, err := json.Marshal(args)
	if err != nil {
		w.t.Fatal(err)
	}
	res, err := http.Post(w.srv.URL+"/bot"+w.bot.Token()+"/"+method, "application/json", bytes.NewReader(body))
	if err != nil {
		w.t.Fatalf("%s: %v", method, err)
	}
	return w.read(method, res)
}

// form makes a call with a form.
func (w *world) form(method string, args url.Values) answer {
	w.t.Helper()
	res, err := http.PostForm(w.srv.URL+"/bot"+w.bot.Token()+"/"+method, args)
	if err != nil {
		w.t.Fatalf("%s: %v", method, err)
	}
	return w.read(method, res)
}

func (w *world) read(method string, res *http.Response) answer {
	w.t.Helper()
	defer res.Body.Close()
	var a answer
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		w.t.Fatalf("%s: %v", method, err)
	}
	return a
}

// do makes a call that must succeed.
func (w *world) do(method string, args map[string]any) json.RawMessage {
	w.t.Helper()
	a := w.try(method, args)
	if !a.OK {
		w.t.Fatalf("%s: %d %s", method, a.ErrorCode, a.Description)
	}
	return a.Result
}

// refused makes a call that must fail with the description.
func (w *world) refused(method string, args map[string]any, want string) answer {
	w.t.Helper()
	a := w.try(method, args)
	if a.OK || a.Description != want {
		w.t.Errorf("%s: got %q, want %q", method, a.Description, want)
	}
	return a
}

type object = map[string]any

// updates fetches and confirms all pending updates.
func (w *world) updates() []object {
	w.t.Helper()
	var all []object
	var offset any = 0
	for {
		var batch []object
		if err := json.Unmarshal(w.do("getUpdates", object{"offset": offset}), &batch); err != nil {
			w.t.Fatal(err)
		}
		if len(batch) == 0 {
			return all
		}
		all = append(all, batch...)
		offset = batch[len(batch)-1]["update_id"].(float64) + 1
	}
}

// update fetches the one pending update and returns its content of the kind.
func (w *world) update(kind string) object {
	w.t.Helper()
	all := w.updates()
	if len(all) != 1 || all[0][kind] == nil {
		w.t.Fatalf("got updates %v, want one %s", all, kind)
	}
	return all[0][kind].(object)
}

// send has the user send a message that must pass.
func (w *world) send(u *tgsim.User, text string, opts ...tgsim.SendOption) *tgsim.Message {
	w.t.Helper()
	m, err := u.Send(w.group, text, opts...)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// join has the user join the group.
func (w *world) join(u *tgsim.User) {
	w.t.Helper()
	if err := w.group.Join(u); err != nil {
		w.t.Fatal(err)
	}
}

// must is for deeds that can't fail in the test's world.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func decode(raw []byte, into any) {
	if err := json.Unmarshal(raw, into); err != nil {
		panic(err)
	}
}

func (w *world) ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	w.t.Cleanup(cancel)
	return ctx
}

func id(v any) int64 { return int64(v.(float64)) }

func TestMessageReachesBotAndAnswerReachesPeople(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	m := w.send(w.anna, "hello /help@OstrakonBot 👋 @ben1")
	u := w.update("message")
	if id(u["message_id"]) != int64(m.ID()) || u["text"] != "hello /help@OstrakonBot 👋 @ben1" {
		t.Errorf("got %v", u)
	}
	w.do("sendMessage", object{
		"chat_id": w.group.ID(), "text": "hi", "reply_parameters": object{"message_id": m.ID()},
		"reply_markup": object{"inline_keyboard": []any{[]any{object{"text": "🚩 Bad", "callback_data": "x"}}}},
	})
	card := w.ben.Find(w.group, "hi")
	press, err := w.ben.Press(card, "🚩")
	if err != nil {
		t.Fatal(err)
	}
	q := w.update("callback_query")
	w.do("answerCallbackQuery", object{"callback_query_id": q["id"], "text": "counted"})
	toast, err := press.Toast(w.ctx())
	if err != nil || toast.Text != "counted" {
		t.Errorf("got %v, %v", toast, err)
	}
	if len(w.Calls()) != 2 {
		t.Errorf("got %d calls", len(w.Calls()))
	}
}

func TestCommandIsEphemeral(t *testing.T) {
	w := newWorld(t, tgsim.Options{})
	w.do("setMyCommands", object{"commands": []any{object{"command": "report", "description": "Report", "is_ephemeral": true}}})
	bad := w.send(w.ben, "buy now")
	w.updates()
	m, err := w.anna.Command(w.group, "/report scam", tgsim.ReplyTo(bad))
	if err != nil || !m.Ephemeral() {
		t.Fatalf("got %v, %v", m, err)
	}
	u := w.update("message")
	if id(u["message_id"]) != 0 || id(u["ephemeral_message_id"]) != 1 || u["reply_to_message"] == nil {
		t.Errorf("got %v", u)
	}
	others := w.VisibleTo(w.EveryoneBut(w.anna)...)
	w.do("sendMessage", object{
		"chat_id": w.group.ID(), "text": "Reported.",
		"ephemeral_message_parameters": object{"receiver_user_id": w.anna.ID()},
	})
	if got := w.VisibleTo(w.EveryoneBut(w.anna)...); got != others {
		t.Errorf("others see a difference:\n%s", got)
	}
	if w.anna.Find(w.group, "Reported.") == nil {
		t.Error("Anna does not see the answer")
	}
}
