package tgsim

import (
	"encoding/json"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Message is a message in a chat, public or ephemeral, ordinary or service.
// It is a handle: its methods tell what holds at the time of the call.
type Message struct {
	sim    *Sim
	chat   *Chat
	id     int // 0 for ephemeral messages
	seq    int
	author *account // who really wrote it
	from   *account // who is shown to bots; a stand-in for masked senders
	date   int64
	edited int64

	senderChat  *Chat
	caller      *account // who called the guest bot that answers here
	callerChat  *Chat    // in whose name
	autoForward bool
	origin      *wire.Origin
	topic       *Topic
	threadID    int // of a reply thread outside topics
	reply       *Message
	external    *Message // replied to, in another chat or topic
	quote       string   // words of what is replied to
	groupID     string
	asker       *account // whose topic of a channel's direct messages it is in

	text     string
	entities []wire.Entity
	media    *media // text is then the caption, if it can have one
	blocks   string // of a rich message, which has no text
	service  *wire.Service
	markup   *markup
	deleted  bool

	// Of ephemeral messages.
	ephemeralID int
	receiver    *account
	lost        bool     // the receiver was offline
	replaces    *Message // shown to the receiver instead of this one
}

// ID is the message_id; 0 for ephemeral messages.
func (m *Message) ID() int { return m.id }

// EphemeralID is the ephemeral_message_id; 0 for other messages.
func (m *Message) EphemeralID() int { return m.ephemeralID }

// Ephemeral says whether only its sender and its receiver see the message.
func (m *Message) Ephemeral() bool { return m.ephemeralID != 0 }

// Chat is the chat that the message is in.
func (m *Message) Chat() *Chat { return m.chat }

// Link is the message's t.me link.
func (m *Message) Link() string { return m.chat.MessageLink(m.id) }

// Text is the message's present text or caption.
func (m *Message) Text() string {
	m.sim.Lock()
	defer m.sim.Unlock()
	return m.text
}

// Deleted says whether the message is gone.
func (m *Message) Deleted() bool {
	m.sim.Lock()
	defer m.sim.Unlock()
	return m.deleted
}

// Buttons are the message's inline buttons, row by row.
func (m *Message) Buttons() [][]wire.Button {
	m.sim.Lock()
	defer m.sim.Unlock()
	return m.markup.buttons()
}

// Upload is what a bot uploaded as the message's photo or document; nil if
// nothing was uploaded.
func (m *Message) Upload() []byte {
	m.sim.Lock()
	defer m.sim.Unlock()
	if m.media == nil {
		return nil
	}
	return m.media.file.data
}

// newMessage prepares a message in the chat; post gives it its id.
func (c *Chat) newMessage(from *account) *Message {
	return &Message{sim: c.sim, chat: c, author: from, from: from, date: c.sim.unix()}
}

// post gives the message its id, puts it into the chat and delivers it to
// the chat's bots.
func (c *Chat) post(m *Message) {
	s := c.sim
	if c.kind == Private || c.kind == Group {
		s.lastSmallID++
		m.id = s.lastSmallID
	} else {
		c.lastID++
		m.id = c.lastID
	}
	s.lastSeq++
	m.seq = s.lastSeq
	if m.reply != nil && c.kind == Supergroup && !c.forum {
		m.threadID = m.reply.threadID
		if m.threadID == 0 {
			m.threadID = m.reply.id
		}
	}
	c.history.add(m, s.opts.KeepMessages)
	if m.author != nil && m.author.bot != nil && m.service == nil {
		c.lastBot = m.author.bot
	}
	s.Show()
	c.deliver(m)
	if c.kind == Channel && c.linked != nil && m.service == nil {
		c.linked.autoForward(m)
	}
}

// service posts a service message.
func (c *Chat) service(from *account, what *wire.Service) *Message {
	m := c.newMessage(from)
	m.service = what
	c.post(m)
	return m
}

// autoForward brings a channel's post into its discussion group.
func (c *Chat) autoForward(post *Message) {
	m := c.newMessage(c.sim.fake(TelegramID))
	m.senderChat = post.chat
	m.autoForward = true
	m.text, m.entities, m.media, m.blocks, m.groupID = post.text, post.entities, post.media, post.blocks, post.groupID
	m.origin = &wire.Origin{Type: "channel", Date: post.date, Chat: post.chat.wire, MessageID: post.id}
	c.post(m)
}

// remove deletes the message. Telegram sends no update about it.
func (m *Message) remove() {
	m.deleted = true
	m.chat.history.removed()
	m.sim.Show()
}

// wire is the message as bots see it.
func (m *Message) wire() *wire.Message {
	w := m.wireFlat()
	switch {
	case m.external != nil:
		m.fillExternal(w)
	case m.reply != nil && !m.reply.deleted:
		w.ReplyToMessage = m.reply.wireFlat()
		m.fillExternal(w)
	case m.reply == nil && m.topic != nil && m.topic.created != nil && m.topic.created != m:
		w.ReplyToMessage = m.topic.created.wireFlat()
	}
	return w
}

// wireFlat is the message without what it replies to.
func (m *Message) wireFlat() *wire.Message {
	w := &wire.Message{
		MessageID: m.id, MessageThreadID: m.threadID, EphemeralMessageID: m.ephemeralID, Date: m.date, EditDate: m.edited,
		Chat: m.chat.wire, ForwardOrigin: m.origin, IsAutomaticForward: m.autoForward, MediaGroupID: m.groupID, Service: m.service,
	}
	if m.from != nil && (m.chat.kind != Channel || m.Ephemeral()) {
		w.From = m.from.wire
	}
	if m.senderChat != nil {
		w.SenderChat = m.senderChat.wire
	}
	if m.caller != nil {
		w.GuestBotCallerUser = m.caller.wire
	}
	if m.callerChat != nil {
		w.GuestBotCallerChat = m.callerChat.wire
	}
	if m.asker != nil {
		w.DirectTopic = &wire.DirectTopic{TopicID: m.asker.id, User: m.asker.wire}
	}
	if m.receiver != nil {
		w.ReceiverUser = m.receiver.wire
	}
	if m.topic != nil {
		w.IsTopicMessage = true
		w.MessageThreadID = m.id
		if m.topic.created != nil {
			w.MessageThreadID = m.topic.created.id
		}
	}
	if m.media != nil {
		// What has no caption has no text either.
		w.Caption, w.CaptionEntities = m.text, m.entities
		m.media.fill(&w.Media)
	} else {
		w.Text, w.Entities = m.text, m.entities
	}
	if m.blocks != "" {
		w.RichMessage = &wire.RichMessage{Blocks: json.RawMessage(m.blocks)}
	}
	if m.markup != nil {
		w.ReplyMarkup = m.markup.raw
	}
	return w
}
