package tgsim

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

func (c *call) getChat() (any, *wire.Error) {
	chat, e := c.find()
	if e != nil {
		return nil, e
	}
	w := wire.FullChat{Chat: chat.wire, MaxReactionCount: 11}
	if chat.username != "" {
		w.ActiveUsernames = []string{chat.username}
	} else if chat.kind != Private {
		if chat, e = c.inside(); e != nil {
			return nil, e
		}
	}
	if chat.group() {
		w.Permissions = &chat.perms
		w.HasVisibleHistory = chat.kind == Supergroup
	}
	if chat.linked != nil {
		w.LinkedChatID = chat.linked.id
	}
	return w, nil
}

func (c *call) getChatAdministrators() (any, *wire.Error) {
	chat, e := c.roll()
	if e != nil {
		return nil, e
	}
	if chat.kind == Private {
		return nil, wire.BadRequest("there are no administrators in the private chat")
	}
	var admins []*member
	for _, m := range chat.members {
		if m.admin() && (!m.isBot || m.id == c.bot.id || c.p.Flag("return_bots")) {
			admins = append(admins, m)
		}
	}
	slices.SortFunc(admins, func(a, b *member) int { return int(a.id - b.id) })
	list := make([]any, len(admins))
	for i, m := range admins {
		list[i] = m.wireMember(c.bot)
	}
	return list, nil
}

func (c *call) getChatMemberCount() (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.kind == Private {
		return 2, nil
	}
	n := 0
	for _, m := range chat.members {
		if chat.member(m.account).in() {
			n++
		}
	}
	return n, nil
}

func (c *call) leaveChat() (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.kind == Private {
		return nil, wire.BadRequest("chat member status can't be changed in private chats")
	}
	chat.exit(c.bot.account, c.bot.account, wire.Left, 0)
	return true, nil
}
