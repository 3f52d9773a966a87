package wire

import (
	"time"
)

// MaxDeleted is how many messages one call deletes at most.
const MaxDeleted = 100

// DeleteMessages deletes 1 to [MaxDeleted] messages of a chat in one call. Telegram deletes none if there is one among them that it
// does not let go.
func DeleteMessages(chat int64, ids []int64) Call {
	if len(ids) == 1 {
		return Call{Method: "deleteMessage", Chat: chat, Params: map[string]any{"chat_id": chat, "message_id": ids[0]}}
	}
	return Call{Method: "deleteMessages", Chat: chat, Params: map[string]any{"chat_id": chat, "message_ids": ids}}
}

// Ban removes a member and keeps them out until then; the zero time means for ever.
func Ban(chat, user int64, until time.Time) Call {
	return aimed("banChatMember", chat, user).until(until)
}

// Unban lets a banned member come back; it does nothing to a member who is present.
func Unban(chat, user int64) Call {
	return aimed("unbanChatMember", chat, user).with("only_if_banned", true)
}

// RestrictTo gives a member exactly these permissions; those that are not named are
// removed, whatever the others are.
func RestrictTo(chat, user int64, until time.Time, allowed map[string]bool) Call {
	return aimed("restrictChatMember", chat, user).
		with("permissions", allowed).
		with("use_independent_chat_permissions", true).
		until(until)
}

// BanSenderChat keeps a channel from posting in the group.
func BanSenderChat(chat, channel int64) Call {
	return Call{Method: "banChatSenderChat", Chat: chat, Params: map[string]any{"chat_id": chat, "sender_chat_id": channel}}
}

// UnbanSenderChat lets a channel post in the group again.
func UnbanSenderChat(chat, channel int64) Call {
	return Call{Method: "unbanChatSenderChat", Chat: chat, Params: map[string]any{"chat_id": chat, "sender_chat_id": channel}}
}

// InviteLink makes a link that admits one person and then expires.
func InviteLink(chat int64, until time.Time) Call {
	c := Call{Method: "createChatInviteLink", Chat: chat, Params: map[string]any{"chat_id": chat, "member_limit": int64(1)}}
	if !until.IsZero() {
		c.Params["expire_date"] = until.Unix()
	}
	return c
}

// Leave makes the bot leave a group.
func Leave(chat int64) Call {
	return Call{Method: "leaveChat", Chat: chat, Params: map[string]any{"chat_id": chat}}
}

// aimed builds a call about one member of a chat.
func aimed(method string, chat, user int64) Call {
	return Call{Method: method, Chat: chat, Params: map[string]any{"chat_id": chat, "user_id": user}}
}

// until limits a ban or restriction in time; the zero time leaves it unlimited.
func (c Call) until(end time.Time) Call {
	if end.IsZero() {
		return c
	}
	return c.with("until_date", end.Unix())
}
