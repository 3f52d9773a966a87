package tgsim

import (
	"errors"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// ReplyElsewhere makes the message a reply to one of another chat that the
// sender sees. Bots get it as external_reply, and no reply_to_message.
func ReplyElsewhere(m *Message) SendOption { return func(o *sending) { o.elsewhere = m } }

// Quoting marks words of what is replied to.
func Quoting(words string) SendOption { return func(o *sending) { o.quote = words } }

// answers sets what the message replies to. A reply into another topic of a
// forum is one to another place.
func (m *Message) answers(u *User, o sending) error {
	switch {
	case o.elsewhere != nil:
		if o.elsewhere.deleted || !o.elsewhere.chat.lookedInBy(u) {
			return errors.New("the message to reply to is not to be seen")
		}
		m.external = o.elsewhere
	case o.reply == nil:
	case o.reply.chat != m.chat || o.reply.deleted:
		return errors.New("the message to reply to is not in this chat")
	case o.topic != nil && o.reply.topic != o.topic:
		m.external = o.reply
	default:
		m.reply, m.topic = o.reply, o.reply.topic
	}
	m.quote = o.quote
	if o.topic != nil {
		m.topic = o.topic
	}
	return nil
}

// fillExternal shows what is replied to elsewhere.
func (m *Message) fillExternal(w *wire.Message) {
	if to := m.external; to != nil {
		w.ExternalReply = &wire.ExternalReply{Origin: to.originForForward()}
		if to.chat.kind == Supergroup || to.chat.kind == Channel {
			w.ExternalReply.Chat, w.ExternalReply.MessageID = to.chat.wire, to.id
		}
		if to.media != nil {
			w.ExternalReply.Media = to.media.wire()
		}
	}
	if m.quote != "" {
		w.Quote = &wire.Quote{Text: m.quote, IsManual: true}
	}
}
