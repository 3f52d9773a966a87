package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

func (c *call) getChatMember() (any, *wire.Error) {
	chat, e := c.roll()
	if e != nil {
		return nil, e
	}
	if chat.kind == Private {
		if id := c.p.Num("user_id"); id == chat.user.id || id == c.bot.id {
			return wire.MemberPlain{Status: wire.Member, User: c.accounts[id].wire}, nil
		}
		return nil, wire.BadRequest("user not found")
	}
	m, e := c.target(chat)
	if e != nil {
		return nil, e
	}
	return m.wireMember(c.bot), nil
}

// punishable finds the member that the call is to ban or restrict, and checks
// the bot's rights and the member's standing.
func (c *call) punishable() (*Chat, *member, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, nil, e
	}
	if !chat.group() && chat.kind != Channel || chat.parent != nil {
		return nil, nil, wire.BadRequest("chat not found")
	}
	me := c.me(chat)
	switch {
	case chat.kind == Group && !me.admin():
		return nil, nil, wire.BadRequest("need to be inviter of a user to kick it from a basic group")
	case chat.kind != Group && !me.can(mayRestrict):
		return nil, nil, wire.BadRequest("not enough rights to restrict/unrestrict chat member")
	}
	m, e := c.target(chat)
	switch {
	case e != nil:
		return nil, nil, e
	case m.id == c.bot.id:
		return nil, nil, wire.BadRequest("can't restrict self")
	case m.status == wire.Creator:
		return nil, nil, wire.BadRequest("can't remove chat owner")
	case m.status == wire.Administrator:
		return nil, nil, wire.BadRequest("user is an administrator of the chat")
	}
	return chat, m, nil
}

func (c *call) banChatMember() (any, *wire.Error) {
	chat, m, e := c.punishable()
	if e != nil {
		return nil, e
	}
	chat.ban(c.bot.account, m.account, c.forever(c.p.Num("until_date")))
	return true, nil
}

func (c *call) unbanChatMember() (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.kind != Supergroup && chat.kind != Channel {
		return nil, wire.BadRequest("method is available for supergroup and channel chats only")
	}
	if c.p.Flag("only_if_banned") {
		m, e := c.target(chat)
		if e != nil {
			return nil, e
		}
		if m.status != wire.Kicked {
			return true, nil
		}
	}
	chat, m, e := c.punishable()
	if e != nil {
		return nil, e
	}
	chat.exit(c.bot.account, m.account, wire.Left, 0)
	chat.logMember(c.bot.account, "unban", m.Name())
	return true, nil
}

func (c *call) restrictChatMember() (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.kind != Supergroup || chat.parent != nil {
		return nil, wire.BadRequest("method is available only for supergroups")
	}
	chat, m, e := c.punishable()
	if e != nil {
		return nil, e
	}
	chat.restrict(c.bot.account, m.account, c.permissions(), c.forever(c.p.Num("until_date")))
	return true, nil
}

// permissions reads ChatPermissions: what is left out is false, but for three
// that follow others; without use_independent_chat_permissions some imply
// others.
func (c *call) permissions() wire.Permissions {
	var p wire.Permissions
	var given map[string]bool
	c.p.Object("permissions", &p)
	c.p.Object("permissions", &given)
	if !c.p.Flag("use_independent_chat_permissions") {
		if p.SendOtherMessages || p.AddWebPreviews {
			p.SendAudios, p.SendDocuments, p.SendPhotos = true, true, true
			p.SendVideos, p.SendVideoNotes, p.SendVoiceNotes = true, true, true
		}
		if p.SendAudios || p.SendDocuments || p.SendPhotos || p.SendVideos || p.SendVideoNotes || p.SendVoiceNotes || p.SendPolls {
			p.SendMessages = true
		}
	}
	follow := func(name string, to *bool, from bool) {
		if _, ok := given[name]; !ok {
			*to = from
		}
	}
	follow("can_react_to_messages", &p.ReactToMessages, p.SendMessages)
	follow("can_edit_tag", &p.EditTag, p.PinMessages)
	follow("can_manage_topics", &p.ManageTopics, p.PinMessages)
	return p
}

// senderChat resolves the channel that the call bans or pardons.
func (c *call) senderChat() (*Chat, int64, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, 0, e
	}
	if chat.kind != Supergroup && chat.kind != Channel {
		return nil, 0, wire.BadRequest("method is available for supergroup and channel chats only")
	}
	if !c.me(chat).can(mayRestrict) {
		return nil, 0, wire.BadRequest("not enough rights to restrict/unrestrict chat member")
	}
	id := c.p.Num("sender_chat_id")
	sender := c.byChatID[id]
	switch {
	case sender == nil:
		return nil, 0, wire.BadRequest("chat not found")
	case sender.kind != Channel:
		return nil, 0, wire.BadRequest("PARTICIPANT_ID_INVALID")
	case sender == chat.linked:
		return nil, 0, wire.BadRequest("can't ban the linked channel")
	}
	return chat, id, nil
}

func (c *call) banChatSenderChat() (any, *wire.Error) {
	chat, id, e := c.senderChat()
	if e != nil {
		return nil, e
	}
	chat.bannedChats[id] = true
	chat.logMember(c.bot.account, "ban", c.byChatID[id].title)
	c.Show()
	return true, nil
}

func (c *call) unbanChatSenderChat() (any, *wire.Error) {
	chat, id, e := c.senderChat()
	if e != nil {
		return nil, e
	}
	delete(chat.bannedChats, id)
	chat.logMember(c.bot.account, "unban", c.byChatID[id].title)
	c.Show()
	return true, nil
}
