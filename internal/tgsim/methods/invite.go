package methods

import (
	"fmt"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

func createChatInviteLink(c *Call) (any, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	i := &world.Invite{Chat: chat, Asks: c.P.Flag("creates_join_request"), Expires: c.P.Num("expire_date"), Limit: c.P.Num("member_limit")}
	me := c.me(chat)
	switch may := me.Can(world.MayInvite) || chat.Kind == world.Group && me.Admin(); {
	case chat.Kind == world.Private:
		return nil, wire.BadRequest("can't access the chat")
	case !may:
		return nil, wire.BadRequest("not enough rights to manage chat invite link")
	case i.Expires != 0 && i.Expires <= c.Unix():
		return nil, wire.BadRequest("EXPIRE_DATE_INVALID")
	case i.Asks && i.Limit != 0:
		return nil, wire.BadRequest("member limit can't be specified for links requiring administrator approval")
	}
	c.LastInvite++
	i.Link = fmt.Sprintf("%s+sim%08d", world.TMe, c.LastInvite)
	c.Invites[i.Link] = i
	return wire.InviteLink{
		InviteLink: i.Link, Creator: c.Bot.Wire, Name: c.P.Str("name"),
		CreatesJoinRequest: i.Asks, ExpireDate: i.Expires, MemberLimit: i.Limit,
	}, nil
}
