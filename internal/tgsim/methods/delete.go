package methods

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

const deletable = 48 * 3600 // seconds that a bot may delete a message for

func deleteMessage(c *Call) (any, *wire.Error) {
	id := int(c.P.Num("message_id"))
	if id == 0 {
		return nil, wire.BadRequest("message identifier is not specified")
	}
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	m := chat.History.Get(id)
	if m == nil {
		return nil, wire.BadRequest("message to delete not found")
	}
	if !mayDelete(c, m) {
		return nil, wire.BadRequest("message can't be deleted")
	}
	remove(c, m)
	return true, nil
}

// deleteMessages passes over messages that are not there. One that may not be
// deleted keeps all of them.
func deleteMessages(c *Call) (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	var ids []int
	c.P.Object("message_ids", &ids)
	var found []*world.Message
	for _, id := range ids {
		m := chat.History.Get(id)
		switch {
		case m == nil || slices.Contains(found, m):
			continue
		case !mayDelete(c, m):
			return nil, wire.BadRequest("message can't be deleted") // and then none is
		}
		found = append(found, m)
	}
	for _, m := range found {
		remove(c, m)
	}
	return true, nil
}

// mayDelete says whether Telegram lets the bot delete the message.
func mayDelete(c *Call, m *world.Message) bool {
	if c.Unix()-m.Date >= deletable {
		return false
	}
	if s := m.Service; s != nil && (s.SupergroupChatCreated || s.ChannelChatCreated || s.ForumTopicCreated != nil) {
		return false
	}
	me, own := c.me(m.Chat), m.Author == c.Bot.Account
	switch m.Chat.Kind {
	case world.Private:
		return true
	case world.Channel:
		return me.Can(world.MayDelete) || own && me.Can(world.MayPost)
	case world.Group:
		return own || me.Admin()
	}
	return own || me.Can(world.MayDelete)
}

func remove(c *Call, m *world.Message) {
	m.Remove()
	m.Chat.LogDeletion(c.Bot.Account, m)
}
