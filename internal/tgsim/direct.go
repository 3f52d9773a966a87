package tgsim

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// DirectMessages is where people write to the channel in private. Bots that
// administer the channel see it as a supergroup with is_direct_messages. Each
// person reads a topic of their own, the channel's administrators all of them.
func (c *Chat) DirectMessages() *Chat {
	c.sim.Lock()
	defer c.sim.Unlock()
	if c.kind != Channel {
		panic("tgsim: only channels have direct messages")
	}
	if c.direct == nil {
		c.direct = c.sim.makeChat(Supergroup, c.title, nil)
		c.direct.parent, c.direct.members = c, c.members
		c.direct.wire.IsDirectMessages = true
	}
	return c.direct
}

// hearers are the bots that may get what is written in the chat.
func (c *Chat) hearers() []*Bot {
	if c.parent != nil {
		return c.parent.bots
	}
	return c.bots
}

// maskDirect puts what the user writes to a channel into their topic, or, of an
// administrator, into that of whom they answer.
func (u *User) maskDirect(c *Chat, m *Message) error {
	switch {
	case !c.lookedInBy(u):
		return fmt.Errorf("%s does not see %s", u.Name(), c.title)
	case !c.member(u.account).admin():
		m.asker = u.account
	case m.reply == nil || m.reply.asker == nil:
		return fmt.Errorf("%s has to answer somebody", u.Name())
	default:
		m.asker, m.senderChat = m.reply.asker, c.parent
	}
	return nil
}

// topicOf finds whom in a channel's direct messages the call writes to.
func (c *call) topicOf(chat *Chat, m *Message) *wire.Error {
	if chat.parent == nil {
		return nil
	}
	if m.asker = c.accounts[c.p.Num("direct_messages_topic_id")]; m.asker == nil {
		return wire.BadRequest("direct messages topic must be specified")
	}
	m.senderChat = chat.parent
	return nil
}

// hides says whether the message stands in somebody else's topic.
func (m *Message) hides(u *User) bool {
	return m.chat.parent != nil && m.asker != u.account && !m.chat.member(u.account).admin()
}
