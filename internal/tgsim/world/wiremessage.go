package world

import (
	"encoding/json"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// fillExternal shows what is replied to elsewhere.
func (m *Message) fillExternal(w *wire.Message) {
	if to := m.External; to != nil {
		w.ExternalReply = &wire.ExternalReply{Origin: to.OriginForForward()}
		if to.Chat.Kind == Supergroup || to.Chat.Kind == Channel {
			w.ExternalReply.Chat, w.ExternalReply.MessageID = to.Chat.Wire, to.ID
		}
		if to.Media != nil {
			w.ExternalReply.Media = to.Media.wire()
		}
	}
	if m.Quote != "" {
		w.Quote = &wire.Quote{Text: m.Quote, IsManual: true}
	}
}

// Wire is the message as bots see it.
func (m *Message) Wire() *wire.Message {
	w := m.wireFlat()
	switch {
	case m.External != nil:
		m.fillExternal(w)
	case m.Reply != nil && !m.Reply.Deleted:
		w.ReplyToMessage = m.Reply.wireFlat()
		m.fillExternal(w)
	case m.Reply == nil && m.Topic != nil && m.Topic.Created != nil && m.Topic.Created != m:
		w.ReplyToMessage = m.Topic.Created.wireFlat()
	}
	return w
}

// wireFlat is the message without what it replies to.
func (m *Message) wireFlat() *wire.Message {
	w := &wire.Message{
		MessageID: m.ID, MessageThreadID: m.ThreadID, EphemeralMessageID: m.EphemeralID, Date: m.Date, EditDate: m.Edited,
		Chat: m.Chat.Wire, ForwardOrigin: m.Origin, IsAutomaticForward: m.autoForward, MediaGroupID: m.GroupID, Service: m.Service,
	}
	if m.From != nil && (m.Chat.Kind != Channel || m.Ephemeral()) {
		w.From = m.From.Wire
	}
	if m.SenderChat != nil {
		w.SenderChat = m.SenderChat.Wire
	}
	if m.Caller != nil {
		w.GuestBotCallerUser = m.Caller.Wire
	}
	if m.CallerChat != nil {
		w.GuestBotCallerChat = m.CallerChat.Wire
	}
	if m.Asker != nil {
		w.DirectTopic = &wire.DirectTopic{TopicID: m.Asker.ID, User: m.Asker.Wire}
	}
	if m.Receiver != nil {
		w.ReceiverUser = m.Receiver.Wire
	}
	if m.Topic != nil {
		w.IsTopicMessage = true
		w.MessageThreadID = m.ID
		if m.Topic.Created != nil {
			w.MessageThreadID = m.Topic.Created.ID
		}
	}
	if m.Media != nil {
		// What has no caption has no text either.
		w.Caption, w.CaptionEntities = m.Text, m.Entities
		m.Media.fill(&w.Media)
	} else {
		w.Text, w.Entities = m.Text, m.Entities
	}
	if m.Blocks != "" {
		w.RichMessage = &wire.RichMessage{Blocks: json.RawMessage(m.Blocks)}
	}
	if m.Markup != nil {
		w.ReplyMarkup = m.Markup.Raw
	}
	return w
}

// OriginForForward says where a forward of the message comes from.
func (m *Message) OriginForForward() *wire.Origin {
	switch {
	case m.Origin != nil:
		return m.Origin
	case m.Chat.Kind == Channel:
		return &wire.Origin{Type: "channel", Date: m.Date, Chat: m.Chat.Wire, MessageID: m.ID}
	case m.SenderChat != nil: // a group in whose name an administrator wrote, or a channel that wrote there
		return &wire.Origin{Type: "chat", Date: m.Date, SenderChat: m.SenderChat.Wire}
	case m.Author.HideNames:
		return &wire.Origin{Type: "hidden_user", Date: m.Date, SenderUserName: m.Author.Name()}
	}
	return &wire.Origin{Type: "user", Date: m.Date, SenderUser: m.Author.Wire}
}
