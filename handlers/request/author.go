package request

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// author is who wrote a message, and what the message itself shows of their role. Whoever speaks
// through a channel or as the group is known by that alone: the user that Telegram gives is a
// stand-in that all of them share. What a bot answers that is no member, whoever called it has written.
func author(m *wire.Message) (moderation.Author, moderation.Role) {
	user, chat := m.Writer()
	switch {
	case chat != nil && m.AutomaticForward:
		return moderation.Author{ID: chat.ID, Channel: true}, moderation.RoleLinked
	case chat != nil && chat.ID == m.Chat.ID: // an anonymous admin
		return moderation.Author{ID: chat.ID, Channel: true}, moderation.RoleAdmin
	case chat != nil:
		return moderation.Author{ID: chat.ID, Channel: true}, moderation.RoleMember
	case user != nil:
		return moderation.Author{ID: user.ID, Bot: user.Bot, Language: user.Language}, moderation.RoleMember
	default:
		return moderation.Author{}, moderation.RoleService
	}
}
