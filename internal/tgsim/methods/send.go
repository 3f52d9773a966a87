package methods

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

type replyParams struct {
	MessageID                int    `json:"message_id"`
	ChatID                   any    `json:"chat_id"`
	EphemeralMessageID       int    `json:"ephemeral_message_id"`
	AllowSendingWithoutReply bool   `json:"allow_sending_without_reply"`
	Quote                    string `json:"quote"`
}

func sendMessage(c *Call) (any, *wire.Error) {
	return c.send(func(m *world.Message) *wire.Error {
		text, entities, e := c.formatted("text", "entities")
		switch {
		case e != nil:
			return e
		case strings.TrimSpace(text) == "":
			return wire.BadRequest("message text is empty")
		case utf8.RuneCountInString(text) > 4096:
			return wire.BadRequest("message is too long")
		}
		m.Text, m.Entities = text, entities
		return nil
	})
}

// sendMedia makes a method that sends one file with a caption.
func sendMedia(kind world.MediaKind) Func {
	return func(c *Call) (any, *wire.Error) {
		return c.send(func(m *world.Message) *wire.Error {
			caption, entities, e := c.formatted("caption", "caption_entities")
			if e != nil {
				return e
			}
			if utf8.RuneCountInString(caption) > 1024 {
				return wire.BadRequest("message caption is too long")
			}
			md, e := fileParam(c.World, c.P, string(kind), kind)
			m.Text, m.Entities, m.Media = caption, entities, md
			return e
		})
	}
}

// send is what all sending methods share: where, as what, in reply to what.
func (c *Call) send(fill func(*world.Message) *wire.Error) (any, *wire.Error) {
	chat, e := c.destination()
	if e != nil {
		return nil, e
	}
	m := chat.NewMessage(c.Bot.Account)
	if e := fill(m); e != nil {
		return nil, e
	}
	if e := mayWrite(c, chat, m); e != nil {
		return nil, e
	}
	if m.Markup, e = readMarkup(c.P); e != nil {
		return nil, e
	}
	if e := thread(c, chat, m); e != nil {
		return nil, e
	}
	if c.P.Has("ephemeral_message_parameters") && !c.Opts.Before103() {
		if chat.ClosedTo(c.me(chat), m.Topic) {
			return nil, wire.BadRequest("TOPIC_CLOSED")
		}
		return sendEphemeral(c, chat, m)
	}
	if e := topicOf(c, chat, m); e != nil {
		return nil, e
	}
	if chat.Kind == world.Channel {
		m.SenderChat = chat
	}
	if e := replyTo(c, chat, m); e != nil {
		return nil, e
	}
	if chat.ClosedTo(c.me(chat), m.Topic) {
		return nil, wire.BadRequest("TOPIC_CLOSED")
	}
	if e := limited(c, chat); e != nil {
		return nil, e
	}
	chat.Post(m)
	return m.Wire(), nil
}

// mayWrite says whether the bot may post such a message in the chat.
func mayWrite(c *Call, chat *world.Chat, m *world.Message) *wire.Error {
	if chat.Kind == world.Private {
		return nil
	}
	me := c.me(chat)
	if chat.Kind == world.Channel {
		if !me.Can(world.MayPost) {
			return wire.BadRequest("need administrator rights in the channel chat")
		}
		return nil
	}
	if !world.Sends(chat.Allowed(me), m) {
		return wire.BadRequest("not enough rights to send " + m.KindName() + " to the chat")
	}
	return nil
}

// thread puts the message into the topic that the call names.
func thread(c *Call, chat *world.Chat, m *world.Message) *wire.Error {
	id := int(c.P.Num("message_thread_id"))
	if id == 0 {
		return nil
	}
	if m.Topic = chat.Topic(id); m.Topic == nil {
		return wire.BadRequest("message thread not found")
	}
	return nil
}

// replyTo finds what an ordinary message replies to.
func replyTo(c *Call, chat *world.Chat, m *world.Message) *wire.Error {
	var r replyParams
	if !c.P.Object("reply_parameters", &r) {
		return nil
	}
	if r.EphemeralMessageID != 0 && !c.Opts.NoEphemeralSupport {
		return wire.BadRequest("a reply to an ephemeral message must be ephemeral")
	}
	target := chat.History.Get(r.MessageID)
	if target == nil {
		if r.AllowSendingWithoutReply {
			return nil
		}
		return wire.BadRequest("message to be replied not found")
	}
	m.Reply = target
	if m.Topic == nil {
		m.Topic = target.Topic
	}
	return nil
}

// limited applies the sending limits to a public message, or to its edit.
func limited(c *Call, chat *world.Chat) *wire.Error {
	if !c.Opts.Limits {
		return nil
	}
	now := c.Opts.Now()
	if wait := c.Bot.Sent.Wait(now, time.Second, 30); wait > 0 {
		return wire.TooMany(wait)
	}
	if chat.Kind != world.Private {
		w := chat.Sent[c.Bot.ID]
		if w == nil {
			w = &world.RateWindow{}
			chat.Sent[c.Bot.ID] = w
		}
		if wait := w.Wait(now, time.Minute, 20); wait > 0 {
			return wire.TooMany(wait)
		}
		w.Add(now)
	}
	c.Bot.Sent.Add(now)
	return nil
}

func sendChatAction(c *Call) (any, *wire.Error) {
	if _, e := c.inside(); e != nil {
		return nil, e
	}
	return true, nil
}
