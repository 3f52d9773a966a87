package tgsim

import (
	"strings"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

type wireReply struct {
	MessageID                int    `json:"message_id"`
	ChatID                   any    `json:"chat_id"`
	EphemeralMessageID       int    `json:"ephemeral_message_id"`
	AllowSendingWithoutReply bool   `json:"allow_sending_without_reply"`
	Quote                    string `json:"quote"`
}

func (c *call) sendMessage() (any, *wire.Error) {
	return c.send(func(m *Message) *wire.Error {
		text, entities, e := c.formatted("text", "entities")
		switch {
		case e != nil:
			return e
		case strings.TrimSpace(text) == "":
			return wire.BadRequest("message text is empty")
		case utf8.RuneCountInString(text) > 4096:
			return wire.BadRequest("message is too long")
		}
		m.text, m.entities = text, entities
		return nil
	})
}

// sendMedia makes a method that sends one file with a caption.
func sendMedia(kind mediaKind) methodFunc {
	return func(c *call) (any, *wire.Error) {
		return c.send(func(m *Message) *wire.Error {
			caption, entities, e := c.formatted("caption", "caption_entities")
			if e != nil {
				return e
			}
			if utf8.RuneCountInString(caption) > 1024 {
				return wire.BadRequest("message caption is too long")
			}
			md, e := c.fileParam(c.p, string(kind), kind)
			m.text, m.entities, m.media = caption, entities, md
			return e
		})
	}
}

// send is what all sending methods share: where, as what, in reply to what.
func (c *call) send(fill func(*Message) *wire.Error) (any, *wire.Error) {
	chat, e := c.destination()
	if e != nil {
		return nil, e
	}
	m := chat.newMessage(c.bot.account)
	if e := fill(m); e != nil {
		return nil, e
	}
	if e := c.mayWrite(chat, m); e != nil {
		return nil, e
	}
	if m.markup, e = readMarkup(c.p); e != nil {
		return nil, e
	}
	if e := c.thread(chat, m); e != nil {
		return nil, e
	}
	if c.p.Has("ephemeral_message_parameters") && !c.opts.NoEphemeralSupport {
		if chat.closedTo(c.me(chat), m.topic) {
			return nil, wire.BadRequest("TOPIC_CLOSED")
		}
		return c.sendEphemeral(chat, m)
	}
	if e := c.topicOf(chat, m); e != nil {
		return nil, e
	}
	if chat.kind == Channel {
		m.senderChat = chat
	}
	if e := c.replyTo(chat, m); e != nil {
		return nil, e
	}
	if chat.closedTo(c.me(chat), m.topic) {
		return nil, wire.BadRequest("TOPIC_CLOSED")
	}
	if e := c.limited(chat); e != nil {
		return nil, e
	}
	chat.post(m)
	return m.wire(), nil
}

// mayWrite says whether the bot may post such a message in the chat.
func (c *call) mayWrite(chat *Chat, m *Message) *wire.Error {
	if chat.kind == Private {
		return nil
	}
	me := c.me(chat)
	if chat.kind == Channel {
		if !me.can(mayPost) {
			return wire.BadRequest("need administrator rights in the channel chat")
		}
		return nil
	}
	if !sends(chat.allowed(me), m) {
		return wire.BadRequest("not enough rights to send " + m.kindName() + " to the chat")
	}
	return nil
}

// thread puts the message into the topic that the call names.
func (c *call) thread(chat *Chat, m *Message) *wire.Error {
	id := int(c.p.Num("message_thread_id"))
	if id == 0 {
		return nil
	}
	if m.topic = chat.topic(id); m.topic == nil {
		return wire.BadRequest("message thread not found")
	}
	return nil
}

// replyTo finds what an ordinary message replies to.
func (c *call) replyTo(chat *Chat, m *Message) *wire.Error {
	var r wireReply
	if !c.p.Object("reply_parameters", &r) {
		return nil
	}
	if r.EphemeralMessageID != 0 && !c.opts.NoEphemeralSupport {
		return wire.BadRequest("a reply to an ephemeral message must be ephemeral")
	}
	target := chat.history.get(r.MessageID)
	if target == nil {
		if r.AllowSendingWithoutReply {
			return nil
		}
		return wire.BadRequest("message to be replied not found")
	}
	m.reply = target
	if m.topic == nil {
		m.topic = target.topic
	}
	return nil
}

// limited applies the sending limits to a public message, or to its edit.
func (c *call) limited(chat *Chat) *wire.Error {
	if !c.opts.Limits {
		return nil
	}
	now := c.opts.Now()
	if wait := c.bot.sent.wait(now, second, 30); wait > 0 {
		return wire.TooMany(wait)
	}
	if chat.kind != Private {
		w := chat.sent[c.bot.id]
		if w == nil {
			w = &rateWindow{}
			chat.sent[c.bot.id] = w
		}
		if wait := w.wait(now, minute, 20); wait > 0 {
			return wire.TooMany(wait)
		}
		w.add(now)
	}
	c.bot.sent.add(now)
	return nil
}

func (c *call) sendChatAction() (any, *wire.Error) {
	if _, e := c.inside(); e != nil {
		return nil, e
	}
	return true, nil
}
