package tgsim

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// actionWindow is how long, in seconds, a bot may answer an action with an
// ephemeral message without being an administrator.
const actionWindow = 15

// A box numbers the ephemeral messages between a bot and a member of a chat.
// Numbers of deleted messages are used again, as Telegram warns.
type box struct {
	last int
	free []int
}

type boxKey struct {
	user int64
	bot  *Bot
}

// postEphemeral gives the message its number and shows it to its two ends.
func (c *Chat) postEphemeral(m *Message, user *account, b *Bot) {
	key := boxKey{user.id, b}
	bx := c.boxes[key]
	if bx == nil {
		bx = &box{}
		c.boxes[key] = bx
	}
	if len(bx.free) > 0 {
		m.ephemeralID, bx.free = bx.free[0], bx.free[1:]
	} else {
		bx.last++
		m.ephemeralID = bx.last
	}
	c.sim.lastSeq++
	m.seq = c.sim.lastSeq
	c.ephemerals = append(c.ephemerals, m)
	if keep := c.sim.opts.KeepMessages; keep > 0 && len(c.ephemerals) >= 2*keep {
		c.ephemerals = slices.Clone(c.ephemerals[len(c.ephemerals)-keep:])
	}
	c.sim.Show()
}

// ephemeral finds a live ephemeral message between the bot and the user.
func (c *Chat) ephemeral(b *Bot, user int64, id int) *Message {
	for _, m := range slices.Backward(c.ephemerals) {
		if m.ephemeralID == id && !m.deleted && m.between(b, user) {
			return m
		}
	}
	return nil
}

// between says whether the ephemeral message is one of the bot with the user.
func (m *Message) between(b *Bot, user int64) bool {
	return m.author == b.account && m.receiver.id == user || m.author.id == user && m.receiver == b.account
}

type wireEphemeral struct {
	ReceiverUserID  int64  `json:"receiver_user_id"`
	CallbackQueryID string `json:"callback_query_id"`
	Replace         bool   `json:"replace_callback_query_message"`
}

// destination is where the call sends to: what chat_id says, or the chat of
// the press that an ephemeral message answers.
func (c *call) destination() (*Chat, *wire.Error) {
	q := c.answered()
	switch {
	case c.p.Has("chat_id"):
		return c.inside()
	case c.opts.NoEphemeralSupport:
		return nil, wire.BadRequest("chat_id is empty")
	case q == nil:
		return nil, errOldQuery
	}
	return c.within(q.message.chat)
}

// answered is the press of one of the bot's buttons that an ephemeral message
// names, or nil.
func (c *call) answered() *Press {
	var par wireEphemeral
	c.p.Object("ephemeral_message_parameters", &par)
	q := c.queries[par.CallbackQueryID]
	if q == nil || q.bot != c.bot {
		return nil
	}
	return q
}

// sendEphemeral is the end of send for ephemeral messages. An answer to a press
// may go to any chat and needs no receiver.
func (c *call) sendEphemeral(chat *Chat, m *Message) (any, *wire.Error) {
	var par wireEphemeral
	c.p.Object("ephemeral_message_parameters", &par)
	if par.CallbackQueryID == "" && !chat.group() {
		return nil, wire.BadRequest("ephemeral messages can be sent only to groups and supergroups")
	}
	if chat.parent != nil {
		return nil, wire.BadRequest("ephemeral messages can't be sent to channel direct messages")
	}
	if q := c.answered(); q != nil && par.ReceiverUserID == 0 {
		par.ReceiverUserID = q.user.id
	}
	receiver := c.accounts[par.ReceiverUserID]
	switch {
	case receiver == nil && par.CallbackQueryID != "":
		return nil, errOldQuery
	case receiver == nil:
		return nil, wire.BadRequest("user not found")
	case receiver.isBot:
		return nil, wire.BadRequest("ephemeral messages can't be sent to bots")
	case !chat.has(receiver):
		return nil, wire.BadRequest("USER_NOT_PARTICIPANT")
	}
	acted, e := c.answersPress(chat, m, receiver, par)
	if e != nil {
		return nil, e
	}
	replied, e := c.ephemeralReply(chat, m, receiver)
	if e != nil {
		return nil, e
	}
	if !acted && !replied && !c.me(chat).admin() {
		return nil, wire.BadRequest("not enough rights to send ephemeral messages without an action of the user")
	}
	if m.markup.logsIn() {
		return nil, wire.BadRequest("BUTTON_TYPE_INVALID")
	}
	m.receiver = receiver
	m.lost = receiver.user.offline
	chat.postEphemeral(m, receiver, c.bot)
	return m.wire(), nil
}

// answersPress says whether the message answers a press of the receiver that
// is recent enough.
func (c *call) answersPress(chat *Chat, m *Message, receiver *account, par wireEphemeral) (bool, *wire.Error) {
	if par.CallbackQueryID == "" {
		if par.Replace {
			return false, wire.BadRequest("replace_callback_query_message needs callback_query_id")
		}
		return false, nil
	}
	q := c.answered()
	if q == nil || q.user.account != receiver || q.message.chat != chat || c.unix()-q.at > actionWindow {
		return false, errOldQuery
	}
	if par.Replace {
		if q.message.Ephemeral() {
			return false, wire.BadRequest("callback query message is ephemeral and can't be replaced")
		}
		m.replaces = q.message
	}
	return true, nil
}

// ephemeralReply finds what the message replies to, and says whether that is
// an ephemeral message.
func (c *call) ephemeralReply(chat *Chat, m *Message, receiver *account) (bool, *wire.Error) {
	var r wireReply
	if !c.p.Object("reply_parameters", &r) {
		return false, nil
	}
	if r.EphemeralMessageID == 0 {
		if m.reply = chat.history.get(r.MessageID); m.reply == nil {
			return false, wire.BadRequest("message to be replied not found")
		}
		return false, nil
	}
	m.reply = chat.ephemeral(c.bot, receiver.id, r.EphemeralMessageID)
	if m.reply == nil || c.unix()-m.reply.date > actionWindow {
		return false, wire.BadRequest("message to be replied not found")
	}
	return m.reply.author == receiver, nil
}

// sentEphemeral finds the bot's own ephemeral message that the call names.
func (c *call) sentEphemeral() (*Message, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	m := chat.ephemeral(c.bot, c.p.Num("receiver_user_id"), int(c.p.Num("ephemeral_message_id")))
	if m == nil {
		return nil, wire.BadRequest("message to edit not found")
	}
	return m, nil
}

func (c *call) editEphemeralText() (any, *wire.Error) {
	return c.editEphemeral(func(m *Message) *wire.Error {
		if m.media != nil {
			return wire.BadRequest("there is no text in the message to edit")
		}
		return c.setText(m, "text", "entities", 4096)
	})
}

func (c *call) editEphemeralCaption() (any, *wire.Error) {
	return c.editEphemeral(func(m *Message) *wire.Error {
		if m.media == nil {
			return wire.BadRequest("there is no caption in the message to edit")
		}
		return c.setText(m, "caption", "caption_entities", 1024)
	})
}

func (c *call) editEphemeralMarkup() (any, *wire.Error) { return c.editEphemeral(c.setMarkup) }

func (c *call) editEphemeral(change func(*Message) *wire.Error) (any, *wire.Error) {
	m, e := c.sentEphemeral()
	if e != nil {
		return nil, e
	}
	if m.author != c.bot.account {
		return nil, wire.BadRequest("message can't be edited")
	}
	if e := change(m); e != nil {
		return nil, e
	}
	return true, nil
}

func (c *call) deleteEphemeral() (any, *wire.Error) {
	m, e := c.sentEphemeral()
	if e != nil {
		return nil, wire.BadRequest("message to delete not found")
	}
	m.removeEphemeral()
	return true, nil
}

// removeEphemeral deletes the message and frees its number.
func (m *Message) removeEphemeral() {
	key := boxKey{m.receiver.id, m.author.bot}
	if m.author.bot == nil {
		key = boxKey{m.author.id, m.receiver.bot}
	}
	m.deleted = true
	m.chat.ephemerals = slices.DeleteFunc(slices.Clone(m.chat.ephemerals), func(o *Message) bool { return o == m })
	bx := m.chat.boxes[key]
	bx.free = append(bx.free, m.ephemeralID)
	m.sim.Show()
}
