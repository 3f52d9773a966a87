package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Post gives the message its id, puts it into the chat and delivers it to
// the chat's bots.
func (c *Chat) Post(m *Message) {
	s := c.World
	if c.Kind == Private || c.Kind == Group {
		s.lastSmallID++
		m.ID = s.lastSmallID
	} else {
		c.lastID++
		m.ID = c.lastID
	}
	s.lastSeq++
	m.seq = s.lastSeq
	if m.Reply != nil && c.Kind == Supergroup && !c.Forum {
		m.ThreadID = m.Reply.ThreadID
		if m.ThreadID == 0 {
			m.ThreadID = m.Reply.ID
		}
	}
	c.History.add(m, s.Opts.KeepMessages)
	if m.Author != nil && m.Author.Bot != nil && m.Service == nil {
		c.lastBot = m.Author.Bot
	}
	s.Show()
	c.Deliver(m)
	if c.Kind == Channel && c.Linked != nil && m.Service == nil {
		c.Linked.autoForward(m)
	}
}

// Service posts a service message.
func (c *Chat) Service(from *Account, what *wire.Service) *Message {
	m := c.NewMessage(from)
	m.Service = what
	c.Post(m)
	return m
}

// autoForward brings a channel's post into its discussion group.
func (c *Chat) autoForward(post *Message) {
	m := c.NewMessage(c.World.Fake(TelegramID))
	m.SenderChat = post.Chat
	m.autoForward = true
	m.Text, m.Entities, m.Media, m.Blocks, m.GroupID = post.Text, post.Entities, post.Media, post.Blocks, post.GroupID
	m.Origin = &wire.Origin{Type: "channel", Date: post.Date, Chat: post.Chat.Wire, MessageID: post.ID}
	c.Post(m)
}

// Remove deletes the message. Telegram sends no update about it.
func (m *Message) Remove() {
	m.Deleted = true
	m.Chat.History.removed()
	m.World.Show()
}
