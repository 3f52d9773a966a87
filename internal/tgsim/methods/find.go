package methods

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// find resolves the chat_id of the call, as far as the bot can know the chat.
func (c *Call) find() (*world.Chat, *wire.Error) { return c.resolve(c.P.Vals["chat_id"]) }

// resolve finds the chat that an id or an @username means.
func (c *Call) resolve(ref any) (*world.Chat, *wire.Error) {
	if name, ok := ref.(string); ok {
		if _, err := strconv.ParseInt(name, 10, 64); err == nil {
			return c.resolve(json.Number(name))
		}
		chat, ok := c.Usernames[strings.ToLower(strings.TrimPrefix(name, "@"))].(*world.Chat)
		if !ok || !strings.HasPrefix(name, "@") {
			return nil, wire.BadRequest("chat not found")
		}
		return chat, nil
	}
	id := params.Params{Vals: map[string]any{"id": ref}}.Num("id")
	if id > 0 {
		return c.dialogWith(id)
	}
	chat := c.ByChatID[id]
	if chat == nil || chat.Username == "" && chat.Members[c.Bot.ID] == nil {
		return nil, wire.BadRequest("chat not found")
	}
	switch {
	case chat.Deleted:
		return nil, errDeleted(chat)
	case chat.MigratedTo != nil:
		return nil, &wire.Error{
			Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: chat.MigratedTo.ID,
		}
	}
	return chat, nil
}

// dialogWith finds the bot's private chat with the user.
func (c *Call) dialogWith(id int64) (*world.Chat, *wire.Error) {
	if chat := c.Bot.Privates[id]; chat != nil {
		return chat, nil
	}
	a := c.Accounts[id]
	switch {
	case a == nil || !c.Bot.Knows(a):
		return nil, wire.BadRequest("chat not found")
	case a.IsBot:
		return nil, wire.Forbidden("bot can't send messages to bots")
	}
	return nil, wire.Forbidden("bot can't initiate conversation with a user")
}

// inside is find for what changes something: the bot must be in the chat, or not blocked.
func (c *Call) inside() (*world.Chat, *wire.Error) {
	chat, e := c.find()
	if e != nil {
		return nil, e
	}
	return c.within(chat)
}

// within refuses a chat that the bot is not in, or whose user blocked it.
func (c *Call) within(chat *world.Chat) (*world.Chat, *wire.Error) {
	if chat.Kind == world.Private {
		if chat.User.Blocked[c.Bot] {
			return nil, wire.Forbidden("bot was blocked by the user")
		}
		return chat, nil
	}
	me := chat.Member(c.Bot.Account)
	switch {
	case me.Status == wire.Kicked:
		return nil, wire.Forbidden("bot was kicked from the " + chat.KindName())
	case !me.In():
		return nil, wire.Forbidden("bot is not a member of the " + chat.KindName())
	}
	return chat, nil
}

// roll is inside for questions about the members of the chat. Those of a
// channel are shown to its administrators alone.
func (c *Call) roll() (*world.Chat, *wire.Error) {
	chat, e := c.find()
	if e == nil && chat.Kind == world.Channel {
		if me := c.me(chat); !me.Admin() && (me.In() || chat.Username != "" && me.Status != wire.Kicked) {
			return nil, wire.BadRequest("member list is inaccessible")
		}
	}
	return c.inside()
}

// target resolves user_id of a call that concerns a member of the chat.
func (c *Call) target(chat *world.Chat) (*world.Member, *wire.Error) {
	a := c.Accounts[c.P.Num("user_id")]
	if a != nil && (chat.Members[a.ID] != nil || c.Bot.Knows(a) || a.Bot != nil) {
		return chat.Member(a), nil
	}
	if chat.Kind == world.Group {
		return nil, wire.BadRequest("user not found")
	}
	return nil, wire.BadRequest("PARTICIPANT_ID_INVALID")
}

// me is the bot's own membership of the chat.
func (c *Call) me(chat *world.Chat) *world.Member { return chat.Member(c.Bot.Account) }
