package methods

import (
	"encoding/json"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

type scopeParams struct {
	Type   string `json:"type"`
	ChatID any    `json:"chat_id"`
	UserID int64  `json:"user_id"`
}

// list reads scope and language of the call.
func list(c *Call) (world.ListKey, *wire.Error) {
	scope := scopeParams{Type: "default"}
	c.P.Object("scope", &scope)
	lang, e := language(c)
	if e != nil {
		return world.ListKey{}, e
	}
	key := world.ListKey{Scope: scope.Type, User: scope.UserID, Lang: lang}
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
	key.Chat = chat.ID
	return key, nil
}

func setMyCommands(c *Call) (any, *wire.Error) {
	key, e := list(c)
	if e != nil {
		return nil, e
	}
	var list []wire.BotCommand
	c.P.Object("commands", &list)
	if c.Opts.NoEphemeralSupport {
		for i := range list {
			list[i].IsEphemeral = false
		}
	}
	if len(list) == 0 {
		delete(c.Bot.Commands, key)
	} else {
		c.Bot.Commands[key] = list
	}
	c.Show()
	return true, nil
}

func getMyCommands(c *Call) (any, *wire.Error) {
	key, e := list(c)
	if e != nil {
		return nil, e
	}
	return append([]wire.BotCommand{}, c.Bot.Commands[key]...), nil
}

func deleteMyCommands(c *Call) (any, *wire.Error) {
	key, e := list(c)
	if e != nil {
		return nil, e
	}
	delete(c.Bot.Commands, key)
	c.Show()
	return true, nil
}
