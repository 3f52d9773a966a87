package methods

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

func getChatMember(c *Call) (any, *wire.Error) {
	chat, e := c.roll()
	if e != nil {
		return nil, e
	}
	if chat.Kind == world.Private {
		if id := c.P.Num("user_id"); id == chat.User.ID || id == c.Bot.ID {
			return wire.MemberPlain{Status: wire.Member, User: c.Accounts[id].Wire}, nil
		}
		return nil, wire.BadRequest("user not found")
	}
	m, e := c.target(chat)
	if e != nil {
		return nil, e
	}
	return m.WireMember(c.Bot), nil
}

// punishable finds the member that the call is to ban or restrict, and checks
// the bot's rights and the member's standing.
func punishable(c *Call) (*world.Chat, *world.Member, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, nil, e
	}
	if !chat.Group() && chat.Kind != world.Channel || chat.Parent != nil {
		return nil, nil, wire.BadRequest("chat not found")
	}
	me := c.me(chat)
	switch {
	case chat.Kind == world.Group && !me.Admin():
		return nil, nil, wire.BadRequest("need to be inviter of a user to kick it from a basic group")
	case chat.Kind != world.Group && !me.Can(world.MayRestrict):
		return nil, nil, wire.BadRequest("not enough rights to restrict/unrestrict chat member")
	}
	m, e := c.target(chat)
	switch {
	case e != nil:
		return nil, nil, e
	case m.ID == c.Bot.ID:
		return nil, nil, wire.BadRequest("can't restrict self")
	case m.Status == wire.Creator:
		return nil, nil, wire.BadRequest("can't remove chat owner")
	case m.Status == wire.Administrator:
		return nil, nil, wire.BadRequest("user is an administrator of the chat")
	}
	return chat, m, nil
}

func banChatMember(c *Call) (any, *wire.Error) {
	chat, m, e := punishable(c)
	if e != nil {
		return nil, e
	}
	chat.Ban(c.Bot.Account, m.Account, c.Forever(c.P.Num("until_date")))
	return true, nil
}

func unbanChatMember(c *Call) (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.Kind != world.Supergroup && chat.Kind != world.Channel {
		return nil, wire.BadRequest("method is available for supergroup and channel chats only")
	}
	if c.P.Flag("only_if_banned") {
		m, e := c.target(chat)
		if e != nil {
			return nil, e
		}
		if m.Status != wire.Kicked {
			return true, nil
		}
	}
	chat, m, e := punishable(c)
	if e != nil {
		return nil, e
	}
	chat.Exit(c.Bot.Account, m.Account, wire.Left, 0)
	chat.LogMember(c.Bot.Account, "unban", m.Name())
	return true, nil
}

func restrictChatMember(c *Call) (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	if chat.Kind != world.Supergroup || chat.Parent != nil {
		return nil, wire.BadRequest("method is available only for supergroups")
	}
	chat, m, e := punishable(c)
	if e != nil {
		return nil, e
	}
	chat.Restrict(c.Bot.Account, m.Account, permissions(c), c.Forever(c.P.Num("until_date")))
	return true, nil
}

// permissions reads ChatPermissions: what is left out is false, but for three
// that follow others; without use_independent_chat_permissions some imply
// others.
func permissions(c *Call) wire.Permissions {
	var p wire.Permissions
	var given map[string]bool
	c.P.Object("permissions", &p)
	c.P.Object("permissions", &given)
	if !c.P.Flag("use_independent_chat_permissions") {
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
func senderChat(c *Call) (*world.Chat, int64, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, 0, e
	}
	if chat.Kind != world.Supergroup && chat.Kind != world.Channel {
		return nil, 0, wire.BadRequest("method is available for supergroup and channel chats only")
	}
	if !c.me(chat).Can(world.MayRestrict) {
		return nil, 0, wire.BadRequest("not enough rights to restrict/unrestrict chat member")
	}
	id := c.P.Num("sender_chat_id")
	sender := c.ByChatID[id]
	switch {
	case sender == nil:
		return nil, 0, wire.BadRequest("chat not found")
	case sender.Kind != world.Channel:
		return nil, 0, wire.BadRequest("PARTICIPANT_ID_INVALID")
	case sender == chat.Linked:
		return nil, 0, wire.BadRequest("can't ban the linked channel")
	}
	return chat, id, nil
}

func banChatSenderChat(c *Call) (any, *wire.Error) {
	chat, id, e := senderChat(c)
	if e != nil {
		return nil, e
	}
	chat.BannedChats[id] = true
	chat.LogMember(c.Bot.Account, "ban", c.ByChatID[id].Title)
	c.Show()
	return true, nil
}

func unbanChatSenderChat(c *Call) (any, *wire.Error) {
	chat, id, e := senderChat(c)
	if e != nil {
		return nil, e
	}
	delete(chat.BannedChats, id)
	chat.LogMember(c.Bot.Account, "unban", c.ByChatID[id].Title)
	c.Show()
	return true, nil
}
