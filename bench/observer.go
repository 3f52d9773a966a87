package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
)

// observer notes at Telegram when updates were first handed out, and when calls had reached it and were done. A call that
// takes time is done at the end of that time. Both are found by a name: what an update is, and what a call does to whom.
type observer struct {
	mu     sync.Mutex
	handed map[string]handing
	done   map[string]time.Time
	said   map[int64]int       // public messages of the bot, by group
	asked  map[string][]string // commands that have no answer yet, oldest first, by who is waiting
	next   chan struct{}       // closed when the next call is done
}

func newObserver() *observer {
	return &observer{handed: map[string]handing{}, done: map[string]time.Time{}, said: map[int64]int{}, asked: map[string][]string{}, next: make(chan struct{})}
}

// The names of updates, and of what calls do.
func nameOfMessage(m *tgsim.Message) string { return messageName(m.Chat().ID(), int64(m.ID())) }
func messageName(chat, id int64) string     { return fmt.Sprintf("message %d/%d", chat, id) }
func ephemeralName(chat, user, id int64) string {
	return fmt.Sprintf("ephemeral %d/%d/%d", chat, user, id)
}
func pressName(id string) string         { return "press " + id }
func mutedName(chat, user int64) string  { return fmt.Sprintf("mute %d/%d", chat, user) }
func bannedName(chat, user int64) string { return fmt.Sprintf("ban %d/%d", chat, user) }
func saidName(chat int64, n int) string  { return fmt.Sprintf("said %d/%d", chat, n) }

// observe wraps what a call is answered with.
func (o *observer) observe(method string, w http.ResponseWriter, r *http.Request) http.ResponseWriter {
	if method == "getUpdates" {
		return &polled{w, o}
	}
	if r.ParseForm() != nil { // what is uploaded is not timed
		return w
	}
	return &doing{ResponseWriter: w, observer: o, method: method, form: r.Form}
}

// handing is when an update was first handed out.
type handing struct {
	update int64
	at     time.Time
}

// polled is the answer to a poll.
type polled struct {
	http.ResponseWriter

	observer *observer
}

func (h *polled) Write(body []byte) (int, error) {
	h.observer.handOut(body, time.Now())
	return h.ResponseWriter.Write(body)
}

func (o *observer) handOut(body []byte, now time.Time) {
	type update struct {
		ID      int64 `json:"update_id"`
		Message struct {
			ID          int64 `json:"message_id"`
			Chat, From  struct{ ID int64 }
			EphemeralID int64 `json:"ephemeral_message_id"`
		}
		Press struct{ ID string } `json:"callback_query"`
	}
	var a struct{ Result []update }
	if err := json.Unmarshal(body, &a); err != nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, u := range a.Result {
		name := messageName(u.Message.Chat.ID, u.Message.ID)
		switch {
		case u.Press.ID != "":
			name = pressName(u.Press.ID)
		case u.Message.EphemeralID != 0:
			name = ephemeralName(u.Message.Chat.ID, u.Message.From.ID, u.Message.EphemeralID)
		}
		if o.handed[name].update != u.ID { // what is not confirmed is handed out again
			o.handed[name] = handing{u.ID, now}
		}
	}
}

// doing is the answer to a call that may do something.
type doing struct {
	http.ResponseWriter

	observer *observer
	method   string
	form     url.Values
	refused  bool
}

func (d *doing) WriteHeader(code int) {
	d.refused = code != http.StatusOK
	d.ResponseWriter.WriteHeader(code)
}

func (d *doing) Write(body []byte) (int, error) {
	if !d.refused {
		d.observer.note(d.method, d.form, time.Now())
	}
	return d.ResponseWriter.Write(body)
}

// note notes what a call did.
func (o *observer) note(method string, form url.Values, now time.Time) {
	chat, user := number(form.Get("chat_id")), number(form.Get("user_id"))
	o.mu.Lock()
	defer o.mu.Unlock()
	var names []string
	switch method {
	case "sendMessage":
		names = o.answered(chat, form)
	case "answerCallbackQuery":
		names = []string{pressName(form.Get("callback_query_id"))}
	case "deleteMessage", "deleteMessages":
		for id := range strings.SplitSeq(form.Get("message_id")+strings.Trim(form.Get("message_ids"), "[]"), ",") {
			names = append(names, messageName(chat, number(id)))
		}
	case "restrictChatMember":
		names = []string{mutedName(chat, user)}
	case "banChatMember":
		names = []string{bannedName(chat, user)}
	}
	for _, name := range names {
		if o.done[name].IsZero() {
			o.done[name] = now
		}
	}
	if len(names) > 0 {
		close(o.next)
		o.next = make(chan struct{})
	}
}

// answered names the command that a message answers, or which public message it is. mu is held.
func (o *observer) answered(chat int64, form url.Values) []string {
	var whom struct {
		ID int64 `json:"receiver_user_id"`
	}
	if json.Unmarshal([]byte(form.Get("ephemeral_message_parameters")), &whom) != nil {
		o.said[chat]++
		return []string{saidName(chat, o.said[chat])}
	}
	var to struct {
		ID int64 `json:"ephemeral_message_id"`
	}
	who := waiting(chat, whom.ID)
	name := ""
	if json.Unmarshal([]byte(form.Get("reply_parameters")), &to) == nil && to.ID != 0 {
		name = ephemeralName(chat, whom.ID, to.ID)
	} else if len(o.asked[who]) > 0 {
		name = o.asked[who][0] // a late answer names no command
	}
	o.asked[who] = slices.DeleteFunc(o.asked[who], func(n string) bool { return n == name })
	return []string{name}
}

func waiting(chat, user int64) string { return fmt.Sprintf("%d/%d", chat, user) }

// number reads a number of Telegram's; 0 if it is none.
func number(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// await names a command that only the bot sees, which was given after a time. Numbers of ephemeral messages are used again, so
// that one of before may have the same name.
func (o *observer) await(chat, user, id int64, after time.Time) (name string) {
	name = ephemeralName(chat, user, id)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.done[name].Before(after) {
		delete(o.done, name)
		o.asked[waiting(chat, user)] = append(o.asked[waiting(chat, user)], name)
	}
	return name
}

// nextSaid names the next public message of the bot in a group.
func (o *observer) nextSaid(chat int64) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return saidName(chat, o.said[chat]+1)
}

// wait waits until all that is named was done.
func (o *observer) wait(ctx context.Context, names ...string) error {
	for {
		o.mu.Lock()
		next, missing := o.next, ""
		for len(names) > 0 && missing == "" {
			if o.done[names[0]].IsZero() {
				missing = names[0]
			} else {
				names = names[1:]
			}
		}
		o.mu.Unlock()
		if missing == "" {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return fmt.Errorf("wait for what answers %s: %w", missing, ctx.Err())
		}
	}
}

// handedAt is when an update was first handed out, and doneAt when what is named was first done.
func (o *observer) handedAt(name string) time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.handed[name].at
}

func (o *observer) doneAt(name string) time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.done[name]
}
