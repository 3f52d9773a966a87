package methods

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

func getChat(c *Call) (any, *wire.Error) {
	chat, e := c.find()
	if e != nil {
		return nil, e
	}
	w := wire.FullChat{Chat: chat.Wire, MaxReactionCount: 11}
	if chat.Username != "" {
		w.ActiveUsernames = []string{chat.Username}
	} else if chat.Kind != world.Private {
		if chat, e = c.inside(); e != nil {
			return nil, e
		}
	}
	if chat.Group() {
		w.Permissions = &chat.Perms
		w.HasVisibleHistory = chat.Kind == world.Supergroup
	}
	if chat.Linked != nil {
		w.LinkedChatID = chat.Linked.ID
	}
	return w, nil
}

func getChatAdministrators(c *Call) (any, *wire.Error) {
	chat, e := c.roll()
	if e != nil {
		return nil, e
	}
	if chat.Kind == world.Private {
		return nil, wire.BadRequest("there are no administrators in the private chat")
	}
	var admins []*world.Member
	for _, m := range chat.Members {
		if m.Admin() && (!m.IsBot || m.ID == c.Bot.ID || c.P.Flag("return_bots")) {
			admins = append(admins, m)
		}
	}
	slices.SortFunc(admins, func(a, b *world.Member) int { return int(a.ID - b.ID) })
	list := make([]any, len(admins))
	for i, m := range admins {
		list[i] = m.WireMember(c.Bot)
	}
	return list, nil
}

func getChatMemberCount(c *Call) (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.Kind == world.Private {
		return 2, nil
	}
	n := 0
	for _, m := range chat.Members {
		if chat.Member(m.Account).In() {
			n++
		}
	}
	return n, nil
}

func leaveChat(c *Call) (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.Kind == world.Private {
		return nil, wire.BadRequest("chat member status can't be changed in private chats")
	}
	chat.Exit(c.Bot.Account, c.Bot.Account, wire.Left, 0)
	return true, nil
}
