package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// CommandsFor is the list that applies to the member: the narrowest scope
// that has one, the user's language before none.
func (b *Bot) CommandsFor(chat *Chat, a *Account) []wire.BotCommand {
	m := chat.Member(a)
	scopes := []ListKey{{Scope: "chat", Chat: chat.ID}, {Scope: "all_private_chats"}, {Scope: "default"}}
	if chat.Kind != Private {
		scopes = []ListKey{{Scope: "chat_member", Chat: chat.ID, User: a.ID}}
		if m.Admin() {
			scopes = append(scopes, ListKey{Scope: "chat_administrators", Chat: chat.ID})
		}
		scopes = append(scopes, ListKey{Scope: "chat", Chat: chat.ID})
		if m.Admin() {
			scopes = append(scopes, ListKey{Scope: "all_chat_administrators"})
		}
		scopes = append(scopes, ListKey{Scope: "all_group_chats"}, ListKey{Scope: "default"})
	}
	for _, key := range scopes {
		for _, lang := range []string{a.Lang, ""} {
			key.Lang = lang
			if list := b.Commands[key]; list != nil {
				return list
			}
		}
	}
	return nil
}
