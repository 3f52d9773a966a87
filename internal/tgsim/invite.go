package tgsim

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// An invite is a link that lets people into a chat, until it has run out.
type invite struct {
	chat    *Chat
	link    string
	asks    bool  // whoever follows it only asks to be let in
	expires int64 // 0 is never
	limit   int64 // how many it lets in; 0 is any number
	used    int64
}

func (c *call) createChatInviteLink() (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	i := &invite{chat: chat, asks: c.p.Flag("creates_join_request"), expires: c.p.Num("expire_date"), limit: c.p.Num("member_limit")}
	me := c.me(chat)
	switch may := me.can(mayInvite) || chat.kind == Group && me.admin(); {
	case chat.kind == Private:
		return nil, wire.BadRequest("can't access the chat")
	case !may:
		return nil, wire.BadRequest("not enough rights to manage chat invite link")
	case i.expires != 0 && i.expires <= c.unix():
		return nil, wire.BadRequest("EXPIRE_DATE_INVALID")
	case i.asks && i.limit != 0:
		return nil, wire.BadRequest("member limit can't be specified for links requiring administrator approval")
	}
	c.lastInvite++
	i.link = fmt.Sprintf("%s+sim%08d", tMe, c.lastInvite)
	c.invites[i.link] = i
	return wire.InviteLink{
		InviteLink: i.link, Creator: c.bot.wire, Name: c.p.Str("name"),
		CreatesJoinRequest: i.asks, ExpireDate: i.expires, MemberLimit: i.limit,
	}, nil
}

// follow has the user come in by an invite link.
func (u *User) follow(i *invite) error {
	c := i.chat
	m := c.member(u.account)
	switch {
	case c.deleted || c.migratedTo != nil:
		return fmt.Errorf("%s is there no more", c.title)
	case m.in():
		return nil // the app opens the chat
	case m.status == wire.Kicked && c.kind != Group: // a basic group only puts people out
		return fmt.Errorf("%s is banned from %s", u.Name(), c.title)
	case i.expires != 0 && i.expires <= u.sim.unix():
		return fmt.Errorf("the link %s has expired", i.link)
	case i.limit != 0 && i.used >= i.limit:
		return fmt.Errorf("the link %s has been used up", i.link)
	case i.asks:
		return fmt.Errorf("the link %s is for requests, which are not simulated", i.link)
	}
	i.used++
	c.enter(u.account, u.account)
	return nil
}
