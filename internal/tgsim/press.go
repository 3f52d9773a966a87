package tgsim

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

var errOldQuery = wire.BadRequest("query is too old and response timeout expired or query ID is invalid")

// Toast is a bot's answer to a pressed button.
type Toast struct {
	Text  string
	Alert bool   // shown as an alert, to be clicked away
	URL   string // a link that the app opens; see [User.Open]
}

// Press is a pressed button, waiting for its answer.
type Press struct {
	id       string
	bot      *Bot
	user     *User
	message  *Message
	at       int64
	answered bool
	toast    Toast
}

// ID is the callback query's id.
func (p *Press) ID() string { return p.id }

// Toast waits for the bot's answer to the press.
func (p *Press) Toast(ctx context.Context) (Toast, error) {
	if err := p.user.sim.Await(ctx, func() bool { return p.answered }); err != nil {
		return Toast{}, err
	}
	return p.toast, nil
}

// PressOption changes how a press reaches the bot.
type PressOption func(*pressOptions)

type pressOptions struct {
	inaccessible bool
}

// Inaccessible has the callback query carry an InaccessibleMessage, as it
// does when the message is old or deleted.
func Inaccessible() PressOption { return func(o *pressOptions) { o.inaccessible = true } }

// Press presses the first button of the message whose label begins with the
// given text. A button that links to a bot's start parameter opens it.
func (u *User) Press(m *Message, label string, opts ...PressOption) (*Press, error) {
	u.sim.Lock()
	b, ok := m.markup.find(label)
	u.sim.Unlock()
	switch {
	case !ok:
		return nil, fmt.Errorf("no button %q on %q", label, m.Text())
	case b.Data != "":
		return u.press(m, b.Data, opts)
	case b.URL != "":
		return nil, u.Open(b.URL)
	}
	return nil, fmt.Errorf("button %q does nothing that is simulated", label)
}

// PressRaw sends callback data that need not be on any button, as a forged
// client can.
func (u *User) PressRaw(m *Message, data string, opts ...PressOption) (*Press, error) {
	return u.press(m, data, opts)
}

func (u *User) press(m *Message, data string, opts []PressOption) (*Press, error) {
	var o pressOptions
	for _, opt := range opts {
		opt(&o)
	}
	s := u.sim
	s.Lock()
	defer s.Unlock()
	b := m.author.bot
	switch {
	case b == nil:
		return nil, errors.New("only messages of bots have buttons")
	case m.deleted && !o.inaccessible:
		return nil, errors.New("MESSAGE_ID_INVALID: the message is gone")
	case m.chat.migratedTo != nil:
		return nil, errors.New("PEER_ID_INVALID: the group was upgraded to a supergroup")
	case m.Ephemeral() && m.receiver != u.account:
		return nil, errors.New("MESSAGE_ID_INVALID: the message is somebody else's")
	case !m.chat.lookedInBy(u):
		return nil, errors.New("CHANNEL_PRIVATE: the chat is closed to " + u.Name())
	}
	s.lastQuery++
	p := &Press{id: strconv.FormatInt(4_300_000_000_000+s.lastQuery, 10), bot: b, user: u, message: m, at: s.unix()}
	s.queries[p.id] = p
	s.forgetQueries()
	b.met[u.id] = true
	w := wire.CallbackQuery{ID: p.id, From: u.wire, ChatInstance: strconv.FormatInt(-m.chat.id*7919+b.id, 10), Data: data, Message: m.wire()}
	if m.Ephemeral() {
		w.ChatInstance = "0"
	}
	if o.inaccessible {
		w.Message = wire.InaccessibleMessage{Chat: m.chat.wire, MessageID: m.id}
	}
	if mode := b.callbackMode(); mode == "inline" || mode == "auto" && o.inaccessible {
		w.Message, w.InlineMessageID = nil, m.inlineID()
	}
	b.enqueue("callback_query", wire.Encode(w), u.id, callbackTTL)
	s.Touch()
	return p, nil
}

// inlineID is what bots call the message by in presses that come without it.
func (m *Message) inlineID() string {
	id := fmt.Sprintf("AQ%d", m.seq)
	m.sim.inlines[id] = m
	return id
}

// forgetQueries keeps the memory of presses small in long runs.
func (s *Sim) forgetQueries() {
	if len(s.queries) < s.manyQueries {
		return
	}
	for id, p := range s.queries {
		age := s.unix() - p.at
		if age > callbackTTL || p.answered && age > actionWindow {
			delete(s.queries, id)
		}
	}
	s.manyQueries = max(10_000, 2*len(s.queries))
}

func (c *call) answerCallbackQuery() (any, *wire.Error) {
	q := c.queries[c.p.Str("callback_query_id")]
	if q == nil || q.bot != c.bot || c.unix()-q.at > callbackTTL {
		return nil, errOldQuery
	}
	if link := c.p.Str("url"); link != "" {
		if name, _, ok := startLink(link); !ok || !c.bot.called(name) {
			return nil, wire.BadRequest("URL_INVALID") // others are for games
		}
	}
	if q.answered {
		return true, nil
	}
	q.answered = true
	q.toast = Toast{Text: c.p.Str("text"), Alert: c.p.Flag("show_alert"), URL: c.p.Str("url")}
	if q.toast.Text != "" {
		q.user.toasts = append(q.user.toasts, q.toast)
		if keep := c.opts.KeepMessages; keep > 0 && len(q.user.toasts) >= 2*keep {
			q.user.toasts = append([]Toast(nil), q.user.toasts[keep:]...)
		}
	}
	c.Show()
	return true, nil
}

// Toasts are all toasts and alerts that the user was shown.
func (u *User) Toasts() []Toast {
	u.sim.Lock()
	defer u.sim.Unlock()
	return append([]Toast(nil), u.toasts...)
}
