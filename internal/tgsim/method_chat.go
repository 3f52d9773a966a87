package tgsim

import "slices"

type wireFullChat struct {
	*wireChat
	AccentColorID     int          `json:"accent_color_id"`
	MaxReactionCount  int          `json:"max_reaction_count"`
	ActiveUsernames   []string     `json:"active_usernames,omitempty"`
	Permissions       *Permissions `json:"permissions,omitempty"`
	InviteLink        string       `json:"invite_link,omitempty"`
	LinkedChatID      int64        `json:"linked_chat_id,omitempty"`
	HasVisibleHistory bool         `json:"has_visible_history,omitempty"`
	Gifts             wireGifts    `json:"accepted_gift_types"`
}

type wireGifts struct {
	Unlimited bool `json:"unlimited_gifts"`
	Limited   bool `json:"limited_gifts"`
	Unique    bool `json:"unique_gifts"`
	Premium   bool `json:"premium_subscription"`
	Channels  bool `json:"gifts_from_channels"`
}

func (c *call) getChat() (any, *apiError) {
	chat, e := c.find()
	if e != nil {
		return nil, e
	}
	w := wireFullChat{wireChat: chat.wire, MaxReactionCount: 11}
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

func (c *call) getChatAdministrators() (any, *apiError) {
	chat, e := c.roll()
	if e != nil {
		return nil, e
	}
	if chat.kind == Private {
		return nil, badRequest("there are no administrators in the private chat")
	}
	var admins []*member
	for _, m := range chat.members {
		if m.admin() && (!m.isBot || m.id == c.bot.id || c.p.flag("return_bots")) {
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

func (c *call) getChatMemberCount() (any, *apiError) {
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

func (c *call) leaveChat() (any, *apiError) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.kind == Private {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	chat.exit(c.bot.account, c.bot.account, Left, 0)
	return true, nil
}
