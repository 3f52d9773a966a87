package tgsim

import (
	"bytes"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// deliver sends the message to the bots of the chat that may read it.
func (c *Chat) deliver(m *Message) {
	kind := "message"
	if c.kind == Channel {
		kind = "channel_post"
	}
	if m.edited != 0 {
		kind = "edited_" + kind
	}
	var body []byte
	for _, b := range c.hearers() {
		if !c.reads(b, m) || m.edited != 0 && (m.date < c.sim.unix()-dayTTL || m.seq <= c.came[b]) {
			continue // what is older than a day or than the bot's stay is told of no more
		}
		if body == nil {
			body = wire.Encode(m.wire())
		}
		b.enqueue(kind, body, c.id, dayTTL)
	}
}

// reads says whether the bot gets an update about the message.
func (c *Chat) reads(b *Bot, m *Message) bool {
	switch {
	case m.service != nil:
		return m.author != b.account || m.service.LeftChatMember != nil
	case m.author != nil && m.author.isBot:
		// Its own, or another bot's.
		return m.author != b.account && b.hearsBots && c.readsIn(b)
	case c.readsIn(b):
		return true
	}
	return c.meant(b, m)
}

// readsIn says whether the bot reads all of the chat: it is an administrator,
// or privacy mode was off when it came.
func (c *Chat) readsIn(b *Bot) bool {
	return c.kind == Private || c.open[b] || c.member(b.account).admin()
}

// meant says whether privacy mode lets the bot have the message: commands for
// it, general commands if no other bot spoke last, replies to it.
func (c *Chat) meant(b *Bot, m *Message) bool {
	if m.reply != nil && m.reply.author == b.account {
		return true
	}
	name, to, ok := richtext.Command(m.text)
	if !ok || name == "" {
		return false
	}
	if to != "" {
		return b.called(to)
	}
	return c.lastBot == nil || c.lastBot == b
}

// memberChanged tells bots that a member's status changed: the bot concerned
// as my_chat_member, bots that are administrators as chat_member.
func (c *Chat) memberChanged(by *account, old, now *member) {
	if bytes.Equal(wire.Encode(old.wireMember(nil)), wire.Encode(now.wireMember(nil))) {
		return
	}
	c.sim.Show()
	update := func(b *Bot) []byte {
		return wire.Encode(wire.MemberUpdated{
			Chat: c.wire, From: by.wire, Date: c.sim.unix(), Old: old.wireMember(b), New: now.wireMember(b),
		})
	}
	if b := now.bot; b != nil {
		b.enqueue("my_chat_member", update(b), c.id, dayTTL)
	}
	for _, b := range c.bots {
		if b != now.bot && c.member(b.account).admin() && b.queue.wants("chat_member") {
			b.enqueue("chat_member", update(b), now.id, dayTTL)
		}
	}
}
