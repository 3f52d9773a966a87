package request

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// ByBot reports whether another bot wrote a message in its own name. Other bots are never answered, since that might
// never end.
func ByBot(m *wire.Message) bool { return m.From != nil && m.From.Bot && m.SenderChat == nil }

// GroupID is the chat of a message if it is a group, else 0.
func GroupID(m *wire.Message) int64 {
	if m.Chat.Group() {
		return m.Chat.ID
	}
	return 0
}

// Language is the language of somebody's app; empty if nobody is known.
func Language(u *wire.User) string {
	if u == nil {
		return ""
	}
	return u.Language
}

// KindOf is what sort of group a chat is.
func KindOf(c *wire.Chat) moderation.Kind {
	if c.Type == "group" {
		return moderation.Basic
	}
	return moderation.Supergroup
}

// TopicAt is the topic of a message. An ephemeral command may lack it; then the message that it replies to has it.
func TopicAt(m *wire.Message) int64 {
	switch {
	case m.Topic:
		return m.Thread
	case m.EphemeralID != 0 && m.ReplyTo != nil && m.ReplyTo.Topic:
		return m.ReplyTo.Thread
	}
	return 0 // General
}
