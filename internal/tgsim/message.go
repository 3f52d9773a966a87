package tgsim

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/people"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Message is a message in a chat, public or ephemeral, ordinary or service.
// It is a handle: its methods tell what holds at the time of the call.
type Message struct {
	sim     *Sim
	message *world.Message
}

// message is the handle of a message, or nil.
func (s *Sim) message(m *world.Message) *Message {
	if m == nil {
		return nil
	}
	if h, ok := m.Handle.(*Message); ok {
		return h
	}
	h := &Message{sim: s, message: m}
	m.Handle = h
	return h
}

// ID is the message_id; 0 for ephemeral messages.
func (m *Message) ID() int { return m.message.ID }

// EphemeralID is the ephemeral_message_id; 0 for other messages.
func (m *Message) EphemeralID() int { return m.message.EphemeralID }

// Ephemeral says whether only its sender and its receiver see the message.
func (m *Message) Ephemeral() bool { return m.message.Ephemeral() }

// Receiver is who alone sees an ephemeral message, besides its sender; 0 for other messages.
func (m *Message) Receiver() int64 {
	if m.message.Receiver == nil {
		return 0
	}
	return m.message.Receiver.ID
}

// Chat is the chat that the message is in.
func (m *Message) Chat() *Chat {
	m.sim.lock()
	defer m.sim.unlock()
	return m.sim.chat(m.message.Chat)
}

// Link is the message's t.me link.
func (m *Message) Link() string { return m.Chat().MessageLink(m.message.ID) }

// Text is the message's present text or caption.
func (m *Message) Text() string {
	m.sim.lock()
	defer m.sim.unlock()
	return m.message.Text
}

// Deleted says whether the message is gone.
func (m *Message) Deleted() bool {
	m.sim.lock()
	defer m.sim.unlock()
	return m.message.Deleted
}

// Buttons are the message's inline buttons, row by row.
func (m *Message) Buttons() [][]Button {
	m.sim.lock()
	defer m.sim.unlock()
	return m.message.Markup.Buttons()
}

// Upload is what a bot uploaded as the message's photo or document; nil if
// nothing was uploaded.
func (m *Message) Upload() []byte {
	m.sim.lock()
	defer m.sim.unlock()
	return m.message.Upload()
}

// Item is a message as a person sees it.
type Item struct {
	people.Item
	Message *Message
}

func (s *Sim) item(i people.Item) Item { return Item{Item: i, Message: s.message(i.Message)} }

// RecentAction is an entry of a supergroup's "recent actions", which every
// administrator can read for 48 hours.
type RecentAction struct {
	world.RecentAction
	Message *Message // of deletions and edits: the whole message as it was
}

func (s *Sim) recentAction(a world.RecentAction) RecentAction {
	return RecentAction{RecentAction: a, Message: s.message(a.Message)}
}

// Press is a pressed button, waiting for its answer.
type Press struct {
	sim   *Sim
	press *world.Press
}

// press is the handle of a press, or nil.
func (s *Sim) press(p *world.Press) *Press {
	if p == nil {
		return nil
	}
	return &Press{sim: s, press: p}
}

// ID is the callback query's id.
func (p *Press) ID() string { return p.press.ID }

// Toast waits for the bot's answer to the press.
func (p *Press) Toast(ctx context.Context) (Toast, error) {
	if err := p.sim.world.Await(ctx, func() bool { return p.press.Answered }); err != nil {
		return Toast{}, err
	}
	return p.press.Toast, nil
}
