package wire

import "time"

// Service says which service message a message is, if any.
type Service string

// Service messages the bot tells apart.
const (
	ServiceNone         Service = ""
	ServiceJoined       Service = "joined"
	ServiceLeft         Service = "left"
	ServiceTopicCreated Service = "topic_created"
	ServiceMigratedTo   Service = "migrated_to"   // the group has a new id, see MigrateTo
	ServiceMigratedFrom Service = "migrated_from" // the group had another id, see MigrateFrom
	ServiceOther        Service = "other"
)

// Message is a message in a chat.
type Message struct {
	ID               int64 // 0 for an ephemeral message
	EphemeralID      int64 // not 0: only sender and receiver see it; Telegram may use the number again
	Receiver         *User // of an ephemeral message
	Thread           int64
	Topic            bool  // Thread is a forum topic, so answers may be sent into it
	Date             int64 // Unix time; 0 = inaccessible, only Chat and ID are known
	Chat             Chat
	From             *User
	SenderChat       *Chat // the chat in whose name it was written, if not From's own
	ViaBot           bool
	Caller           *User  // who called a bot that is not a member, if this is its answer
	CallerChat       *Chat  // the chat in whose name it was called, if not Caller's own
	Text             string // or the caption
	Entities         []Entity
	ReplyTo          *Message
	Album            string // shared by the items of one album
	AutomaticForward bool   // the linked channel's post
	Plain            bool   // only text: no media, forward, link or inline bot
	Forward          *Origin
	Media            string // "photo", "sticker", … as Telegram calls it; "" = text or service
	File             MediaFile
	More             []Medium // the other files of a rich message
	Rich             bool     // Text is that of a rich message
	External         *External
	Buttons          []string // the data of the buttons under it
	Quote            string   // the part that it quotes of the message it replies to
	richer           bool     // a rich message with links or buttons, or with more text than Text
	Service          Service
	MigrateTo        int64
	MigrateFrom      int64
	Joined           []User
	Left             *User
}

// Time is when the message was sent.
func (m *Message) Time() time.Time { return time.Unix(m.Date, 0) }

// Inaccessible reports whether only the chat and the id of the message are known.
func (m *Message) Inaccessible() bool { return m.Date == 0 && m.EphemeralID == 0 }

// AnonymousAdmin reports whether an admin wrote in the name of the group.
func (m *Message) AnonymousAdmin() bool {
	return m.SenderChat != nil && m.SenderChat.ID == m.Chat.ID
}

// Called reports whether a bot wrote it that is not a member, because somebody called it. Its caller is responsible.
func (m *Message) Called() bool {
	return m.From != nil && m.From.Bot && (m.Caller != nil || m.CallerChat != nil)
}

// Writer is who is responsible for a message: the chat in whose name it was written, or else a person or bot. The writer
// of an answer by a bot that is not a member is its caller. Both are nil if Telegram does not say.
func (m *Message) Writer() (*User, *Chat) {
	user, chat := m.From, m.SenderChat
	if m.Called() {
		user, chat = m.Caller, m.CallerChat
	}
	if chat != nil {
		return nil, chat
	}
	return user, nil
}

// Origin is where a forwarded message comes from.
type Origin struct {
	Type      string // user, hidden_user, chat, channel
	Date      int64  // when the original was sent
	User      *User  // type user
	Name      string // type hidden_user
	Chat      *Chat  // types chat and channel
	MessageID int64  // type channel
}

// External is a message in another chat or topic that a message replies to.
type External struct {
	Chat      int64  // 0 = Telegram does not say which
	MessageID int64  // in that chat
	Origin    Origin // who wrote it
	Media     string
}
