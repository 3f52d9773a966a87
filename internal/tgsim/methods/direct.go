package methods

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// topicOf finds whom in a channel's direct messages the call writes to.
func topicOf(c *Call, chat *world.Chat, m *world.Message) *wire.Error {
	if chat.Parent == nil {
		return nil
	}
	if m.Asker = c.Accounts[c.P.Num("direct_messages_topic_id")]; m.Asker == nil {
		return wire.BadRequest("direct messages topic must be specified")
	}
	m.SenderChat = chat.Parent
	return nil
}
