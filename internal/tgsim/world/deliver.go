package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Deliver sends the message to the bots of the chat that may read it.
func (c *Chat) Deliver(m *Message) {
	kind := "message"
	if c.Kind == Channel {
		kind = "channel_post"
	}
	if m.Edited != 0 {
		kind = "edited_" + kind
	}
	var body []byte
	for _, b := range c.hearers() {
		if !c.reads(b, m) || m.Edited != 0 && (m.Date < c.World.Unix()-DayTTL || m.seq <= c.came[b]) {
			continue // what is older than a day or than the bot's stay is told of no more
		}
		if body == nil {
			body = wire.Encode(m.Wire())
		}
		b.Enqueue(kind, body, c.ID, DayTTL)
	}
}

// reads says whether the bot gets an update about the message.
func (c *Chat) reads(b *Bot, m *Message) bool {
	switch {
	case m.Service != nil:
		return m.Author != b.Account || m.Service.LeftChatMember != nil
	case m.Author != nil && m.Author.IsBot:
		// Its own, or another bot's.
		return m.Author != b.Account && b.HearsBots && c.ReadsIn(b)
	case c.ReadsIn(b):
		return true
	}
	return c.meant(b, m)
}

// ReadsIn says whether the bot reads all of the chat: it is an administrator,
// or privacy mode was off when it came.
func (c *Chat) ReadsIn(b *Bot) bool {
	return c.Kind == Private || c.Open[b] || c.Member(b.Account).Admin()
}

// meant says whether privacy mode lets the bot have the message: commands for
// it, general commands if no other bot spoke last, replies to it.
func (c *Chat) meant(b *Bot, m *Message) bool {
	if m.Reply != nil && m.Reply.Author == b.Account {
		return true
	}
	name, to, ok := richtext.Command(m.Text)
	if !ok || name == "" {
		return false
	}
	if to != "" {
		return b.Called(to)
	}
	return c.lastBot == nil || c.lastBot == b
}
