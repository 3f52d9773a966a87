package methods

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

type ephemeralParams struct {
	ReceiverUserID  int64  `json:"receiver_user_id"`
	CallbackQueryID string `json:"callback_query_id"`
	Replace         bool   `json:"replace_callback_query_message"`
}

// destination is where the call sends to: what chat_id says, or the chat of
// the press that an ephemeral message answers.
func (c *Call) destination() (*world.Chat, *wire.Error) {
	q := c.answered()
	switch {
	case c.P.Has("chat_id"):
		return c.inside()
	case c.Opts.Before103():
		return nil, wire.BadRequest("chat_id is empty")
	case q == nil:
		return nil, errOldQuery
	}
	return c.within(q.Message.Chat)
}

// ChatID is the chat_id that the call names, or that of the press it answers.
func (c *Call) ChatID() int64 {
	if id := c.P.Num("chat_id"); id != 0 {
		return id
	}
	if q := c.answered(); q != nil {
		return q.Message.Chat.ID
	}
	return 0
}

// answered is the press of one of the bot's buttons that an ephemeral message
// names, or nil.
func (c *Call) answered() *world.Press {
	var par ephemeralParams
	c.P.Object("ephemeral_message_parameters", &par)
	q := c.Queries[par.CallbackQueryID]
	if q == nil || q.Bot != c.Bot {
		return nil
	}
	return q
}

// sendEphemeral is the end of send for ephemeral messages. An answer to a press
// may go to any chat and needs no receiver.
func sendEphemeral(c *Call, chat *world.Chat, m *world.Message) (any, *wire.Error) {
	var par ephemeralParams
	c.P.Object("ephemeral_message_parameters", &par)
	if par.CallbackQueryID == "" && !chat.Group() {
		return nil, wire.BadRequest("ephemeral messages can be sent only to groups and supergroups")
	}
	if chat.Parent != nil {
		return nil, wire.BadRequest("ephemeral messages can't be sent to channel direct messages")
	}
	if q := c.answered(); q != nil && par.ReceiverUserID == 0 {
		par.ReceiverUserID = q.User.ID
	}
	receiver := c.Accounts[par.ReceiverUserID]
	switch {
	case receiver == nil && par.CallbackQueryID != "":
		return nil, errOldQuery
	case receiver == nil:
		return nil, wire.BadRequest("user not found")
	case receiver.IsBot:
		return nil, wire.BadRequest("ephemeral messages can't be sent to bots")
	case !chat.Has(receiver):
		return nil, wire.BadRequest("USER_NOT_PARTICIPANT")
	}
	acted, e := answersPress(c, chat, m, receiver, par)
	if e != nil {
		return nil, e
	}
	replied, e := ephemeralReply(c, chat, m, receiver)
	if e != nil {
		return nil, e
	}
	if !acted && !replied && !c.me(chat).Admin() {
		return nil, wire.BadRequest("not enough rights to send ephemeral messages without an action of the user")
	}
	if m.Markup.LogsIn() {
		return nil, wire.BadRequest("BUTTON_TYPE_INVALID")
	}
	m.Receiver = receiver
	m.Lost = receiver.User.Offline
	chat.PostEphemeral(m, receiver, c.Bot)
	return m.Wire(), nil
}

// answersPress says whether the message answers a press of the receiver that
// is recent enough.
func answersPress(c *Call, chat *world.Chat, m *world.Message, receiver *world.Account, par ephemeralParams) (bool, *wire.Error) {
	if par.CallbackQueryID == "" {
		if par.Replace {
			return false, wire.BadRequest("replace_callback_query_message needs callback_query_id")
		}
		return false, nil
	}
	q := c.answered()
	if q == nil || q.User.Account != receiver || q.Message.Chat != chat || c.Unix()-q.At > world.ActionWindow {
		return false, errOldQuery
	}
	if par.Replace {
		if q.Message.Ephemeral() {
			return false, wire.BadRequest("callback query message is ephemeral and can't be replaced")
		}
		m.Replaces = q.Message
	}
	return true, nil
}

// ephemeralReply finds what the message replies to, and says whether that is
// an ephemeral message.
func ephemeralReply(c *Call, chat *world.Chat, m *world.Message, receiver *world.Account) (bool, *wire.Error) {
	var r replyParams
	if !c.P.Object("reply_parameters", &r) {
		return false, nil
	}
	if r.EphemeralMessageID == 0 {
		if m.Reply = chat.History.Get(r.MessageID); m.Reply == nil {
			return false, wire.BadRequest("message to be replied not found")
		}
		return false, nil
	}
	m.Reply = chat.Ephemeral(c.Bot, receiver.ID, r.EphemeralMessageID)
	if m.Reply == nil || c.Unix()-m.Reply.Date > world.ActionWindow {
		return false, wire.BadRequest("message to be replied not found")
	}
	return m.Reply.Author == receiver, nil
}

// sentEphemeral finds the bot's own ephemeral message that the call names.
func sentEphemeral(c *Call) (*world.Message, *wire.Error) {
	chat, e := c.inside()
	if e != nil {
		return nil, e
	}
	m := chat.Ephemeral(c.Bot, c.P.Num("receiver_user_id"), int(c.P.Num("ephemeral_message_id")))
	if m == nil {
		return nil, wire.BadRequest("message to edit not found")
	}
	return m, nil
}

func editEphemeralText(c *Call) (any, *wire.Error) {
	return editEphemeral(c, func(m *world.Message) *wire.Error {
		if m.Media != nil {
			return wire.BadRequest("there is no text in the message to edit")
		}
		return setText(c, m, "text", "entities", 4096)
	})
}

func editEphemeralCaption(c *Call) (any, *wire.Error) {
	return editEphemeral(c, func(m *world.Message) *wire.Error {
		if m.Media == nil {
			return wire.BadRequest("there is no caption in the message to edit")
		}
		return setText(c, m, "caption", "caption_entities", 1024)
	})
}

func editEphemeralMarkup(c *Call) (any, *wire.Error) { return editEphemeral(c, c.setMarkup) }

func editEphemeral(c *Call, change func(*world.Message) *wire.Error) (any, *wire.Error) {
	m, e := sentEphemeral(c)
	if e != nil {
		return nil, e
	}
	if m.Author != c.Bot.Account {
		return nil, wire.BadRequest("message can't be edited")
	}
	if e := change(m); e != nil {
		return nil, e
	}
	return true, nil
}

func deleteEphemeral(c *Call) (any, *wire.Error) {
	m, e := sentEphemeral(c)
	switch {
	case e != nil && e.MigrateTo != 0:
		return nil, e
	case e != nil:
		return nil, wire.BadRequest("message to delete not found")
	}
	m.RemoveEphemeral()
	return true, nil
}
