package tgsim

import (
	"encoding/json"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// A listKey names a command list: scope and language.
type listKey struct {
	scope string
	chat  int64
	user  int64
	lang  string
}

type wireScope struct {
	Type   string `json:"type"`
	ChatID any    `json:"chat_id"`
	UserID int64  `json:"user_id"`
}

// list reads scope and language of the call.
func (c *call) list() (listKey, *wire.Error) {
	scope := wireScope{Type: "default"}
	c.p.Object("scope", &scope)
	key := listKey{scope: scope.Type, user: scope.UserID, lang: c.p.Str("language_code")}
	if scope.ChatID == nil {
		return key, nil
	}
	if n, ok := scope.ChatID.(float64); ok {
		scope.ChatID = json.Number(wire.Encode(int64(n)))
	}
	chat, e := c.resolve(scope.ChatID)
	if e != nil {
		return key, e
	}
	key.chat = chat.id
	return key, nil
}

func (c *call) setMyCommands() (any, *wire.Error) {
	key, e := c.list()
	if e != nil {
		return nil, e
	}
	var list []wire.BotCommand
	c.p.Object("commands", &list)
	if c.opts.NoEphemeralSupport {
		for i := range list {
			list[i].IsEphemeral = false
		}
	}
	if len(list) == 0 {
		delete(c.bot.commands, key)
	} else {
		c.bot.commands[key] = list
	}
	c.Show()
	return true, nil
}

func (c *call) getMyCommands() (any, *wire.Error) {
	key, e := c.list()
	if e != nil {
		return nil, e
	}
	return append([]wire.BotCommand{}, c.bot.commands[key]...), nil
}

func (c *call) deleteMyCommands() (any, *wire.Error) {
	key, e := c.list()
	if e != nil {
		return nil, e
	}
	delete(c.bot.commands, key)
	c.Show()
	return true, nil
}

// commandsFor is the list that applies to the member: the narrowest scope
// that has one, the user's language before none.
func (b *Bot) commandsFor(chat *Chat, a *account) []wire.BotCommand {
	m := chat.member(a)
	scopes := []listKey{{scope: "chat", chat: chat.id}, {scope: "all_private_chats"}, {scope: "default"}}
	if chat.kind != Private {
		scopes = []listKey{{scope: "chat_member", chat: chat.id, user: a.id}}
		if m.admin() {
			scopes = append(scopes, listKey{scope: "chat_administrators", chat: chat.id})
		}
		scopes = append(scopes, listKey{scope: "chat", chat: chat.id})
		if m.admin() {
			scopes = append(scopes, listKey{scope: "all_chat_administrators"})
		}
		scopes = append(scopes, listKey{scope: "all_group_chats"}, listKey{scope: "default"})
	}
	for _, key := range scopes {
		for _, lang := range []string{a.lang, ""} {
			key.lang = lang
			if list := b.commands[key]; list != nil {
				return list
			}
		}
	}
	return nil
}

// Menu is the command list that the user's app shows for the bot in the
// chat.
func (u *User) Menu(chat *Chat, b *Bot) []wire.BotCommand {
	u.sim.Lock()
	defer u.sim.Unlock()
	return slices.Clone(b.commandsFor(chat, u.account))
}
