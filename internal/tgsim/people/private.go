package people

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Start opens the private chat with the bot, with a start parameter or "".
func Start(u *world.User, b *world.Bot, payload string) (*world.Message, error) {
	text := "/start"
	if payload != "" {
		text += " " + payload
	}
	Unblock(u, b)
	return SendPrivate(u, b, text)
}

// SendPrivate writes to the bot in private.
func SendPrivate(u *world.User, b *world.Bot, text string, opts ...SendOption) (*world.Message, error) {
	return Send(u, Dialog(u, b), text, opts...)
}

// Dialog is the user's private chat with the bot. Asking for it opens it.
func Dialog(u *world.User, b *world.Bot) *world.Chat {
	return u.World.Dialog(u, b)
}

// Block has the user block the bot.
func Block(u *world.User, b *world.Bot) { setBlocked(u, b, true) }

// Unblock has the user unblock the bot.
func Unblock(u *world.User, b *world.Bot) { setBlocked(u, b, false) }

func setBlocked(u *world.User, b *world.Bot, blocked bool) {
	if u.Blocked[b] == blocked {
		return
	}
	u.Blocked[b] = blocked
	statuses := map[bool]any{
		false: wire.MemberPlain{Status: wire.Member, User: b.Wire},
		true:  wire.MemberBanned{Status: wire.Kicked, User: b.Wire},
	}
	chat := u.World.Dialog(u, b)
	b.Enqueue("my_chat_member", wire.Encode(wire.MemberUpdated{
		Chat: chat.Wire, From: u.Wire, Date: u.World.Unix(), Old: statuses[!blocked], New: statuses[blocked],
	}), chat.ID, world.DayTTL)
}
