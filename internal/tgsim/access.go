package tgsim

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/params"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// find resolves the chat_id of the call, as far as the bot can know the chat.
func (c *call) find() (*Chat, *wire.Error) { return c.resolve(c.p.Vals["chat_id"]) }

// resolve finds the chat that an id or an @username means.
func (c *call) resolve(ref any) (*Chat, *wire.Error) {
	if name, ok := ref.(string); ok {
		if _, err := strconv.ParseInt(name, 10, 64); err == nil {
			return c.resolve(json.Number(name))
		}
		chat, ok := c.usernames[strings.ToLower(strings.TrimPrefix(name, "@"))].(*Chat)
		if !ok || !strings.HasPrefix(name, "@") {
			return nil, wire.BadRequest("chat not found")
		}
		return chat, nil
	}
	id := params.Params{Vals: map[string]any{"id": ref}}.Num("id")
	if id > 0 {
		return c.dialogWith(id)
	}
	chat := c.byChatID[id]
	if chat == nil || chat.username == "" && chat.members[c.bot.id] == nil {
		return nil, wire.BadRequest("chat not found")
	}
	switch {
	case chat.deleted:
		return nil, chat.errDeleted()
	case chat.migratedTo != nil:
		return nil, &wire.Error{
			Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: chat.migratedTo.id,
		}
	}
	return chat, nil
}

// dialogWith finds the bot's private chat with the user.
func (c *call) dialogWith(id int64) (*Chat, *wire.Error) {
	if chat := c.bot.privates[id]; chat != nil {
		return chat, nil
	}
	a := c.accounts[id]
	switch {
	case a == nil || !c.bot.knows(a):
		return nil, wire.BadRequest("chat not found")
	case a.isBot:
		return nil, wire.Forbidden("bot can't send messages to bots")
	}
	return nil, wire.Forbidden("bot can't initiate conversation with a user")
}

// inside is find for deeds: the bot must be in the chat, or not blocked.
func (c *call) inside() (*Chat, *wire.Error) {
	chat, e := c.find()
	if e != nil {
		return nil, e
	}
	return c.within(chat)
}

// within refuses a chat that the bot is not in, or whose user blocked it.
func (c *call) within(chat *Chat) (*Chat, *wire.Error) {
	if chat.kind == Private {
		if chat.user.blocked[c.bot] {
			return nil, wire.Forbidden("bot was blocked by the user")
		}
		return chat, nil
	}
	me := chat.member(c.bot.account)
	switch {
	case me.status == wire.Kicked:
		return nil, wire.Forbidden("bot was kicked from the " + chat.kindName())
	case !me.in():
		return nil, wire.Forbidden("bot is not a member of the " + chat.kindName())
	}
	return chat, nil
}

// roll is inside for questions about the members of the chat. Those of a
// channel are shown to its administrators alone.
func (c *call) roll() (*Chat, *wire.Error) {
	chat, e := c.find()
	if e == nil && chat.kind == Channel {
		if me := c.me(chat); !me.admin() && (me.in() || chat.username != "" && me.status != wire.Kicked) {
			return nil, wire.BadRequest("member list is inaccessible")
		}
	}
	return c.inside()
}

// kindName is what error texts call the chat.
func (c *Chat) kindName() string { return fmt.Sprintf("%s chat", c.kind) }

// lookedInBy says whether the user can see the chat now.
func (c *Chat) lookedInBy(u *User) bool {
	switch {
	case c.kind == Private:
		return c.user == u
	case c.parent != nil:
		return c.parent.lookedInBy(u)
	}
	m := c.member(u.account)
	return !c.deleted && (m.in() || c.username != "" && m.status != wire.Kicked)
}

// has says whether the account takes part in the chat.
func (c *Chat) has(a *account) bool {
	return c.kind == Private && c.user.account == a || c.member(a).in()
}

// target resolves user_id for deeds on members of the chat.
func (c *call) target(chat *Chat) (*member, *wire.Error) {
	a := c.accounts[c.p.Num("user_id")]
	if a != nil && (chat.members[a.id] != nil || c.bot.knows(a) || a.bot != nil) {
		return chat.member(a), nil
	}
	if chat.kind == Group {
		return nil, wire.BadRequest("user not found")
	}
	return nil, wire.BadRequest("PARTICIPANT_ID_INVALID")
}

// me is the bot's own membership of the chat.
func (c *call) me(chat *Chat) *member { return chat.member(c.bot.account) }
