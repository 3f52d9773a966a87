package tgsim

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

const deletable = 48 * 3600 // seconds that a bot may delete a message for

func (c *call) deleteMessage() (any, *wire.Error) {
	id := int(c.p.Num("message_id"))
	if id == 0 {
		return nil, wire.BadRequest("message identifier is not specified")
	}
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	m := chat.history.get(id)
	if m == nil {
		return nil, wire.BadRequest("message to delete not found")
	}
	if !c.mayDelete(m) {
		return nil, wire.BadRequest("message can't be deleted")
	}
	c.remove(m)
	return true, nil
}

// deleteMessages passes over messages that are not there. One that may not be
// deleted keeps all of them.
func (c *call) deleteMessages() (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	var ids []int
	c.p.Object("message_ids", &ids)
	var found []*Message
	for _, id := range ids {
		m := chat.history.get(id)
		switch {
		case m == nil || slices.Contains(found, m):
			continue
		case !c.mayDelete(m):
			return nil, wire.BadRequest("message can't be deleted") // and then none is
		}
		found = append(found, m)
	}
	for _, m := range found {
		c.remove(m)
	}
	return true, nil
}

// mayDelete says whether Telegram lets the bot delete the message.
func (c *call) mayDelete(m *Message) bool {
	if c.unix()-m.date >= deletable {
		return false
	}
	if s := m.service; s != nil && (s.SupergroupChatCreated || s.ChannelChatCreated || s.ForumTopicCreated != nil) {
		return false
	}
	me, own := c.me(m.chat), m.author == c.bot.account
	switch m.chat.kind {
	case Private:
		return true
	case Channel:
		return me.can(mayDelete) || own && me.can(mayPost)
	case Group:
		return own || me.admin()
	}
	return own || me.can(mayDelete)
}

func (c *call) remove(m *Message) {
	m.remove()
	m.chat.logDeletion(c.bot.account, m)
}
