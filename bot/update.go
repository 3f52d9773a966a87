package bot

import "time"

// Update is one thing that happened, as Telegram tells it. At most one of the
// pointers is set; none means a kind of update the bot has no use for.
type Update struct {
	ID         int64
	Message    *Message
	Edited     bool        // Message is an earlier message in its new form
	Press      *Press      // a button was pressed
	Membership *Membership // somebody's place in a chat changed
	MyStatus   *Membership // the bot's own place in a chat changed
}

// Chat is the chat the update belongs to; updates of one chat are handled in
// order. A press on an inline message belongs to its presser.
func (u *Update) Chat() int64 {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID
	case u.Press != nil && u.Press.Message != nil:
		return u.Press.Message.Chat.ID
	case u.Press != nil:
		return u.Press.From.ID
	case u.Membership != nil:
		return u.Membership.Chat.ID
	case u.MyStatus != nil:
		return u.MyStatus.Chat.ID
	}
	return 0
}

// Direct reports whether the update comes from the direct messages of a channel, where a moderator has nothing to do.
func (u *Update) Direct() bool {
	switch {
	case u.Message != nil:
		return u.Message.Chat.Direct
	case u.Press != nil:
		return u.Press.Message != nil && u.Press.Message.Chat.Direct
	case u.Membership != nil:
		return u.Membership.Chat.Direct
	case u.MyStatus != nil:
		return u.MyStatus.Chat.Direct
	}
	return false
}

// Person is who wrote or pressed, and so reads what the bot answers; 0 if nobody did.
func (u *Update) Person() int64 {
	switch {
	case u.Press != nil:
		return u.Press.From.ID
	case u.Message != nil && u.Message.From != nil:
		return u.Message.From.ID
	}
	return 0
}

// Kind names the update as Telegram does, for logs and metrics.
func (u *Update) Kind() string {
	switch {
	case u.Message != nil && u.Edited:
		return "edited_message"
	case u.Message != nil:
		return "message"
	case u.Press != nil:
		return "callback_query"
	case u.Membership != nil:
		return "chat_member"
	case u.MyStatus != nil:
		return "my_chat_member"
	}
	return "other"
}

// Service says which service message a message is, if any.
type Service string

// Service messages the bot tells apart.
const (
	ServiceNone         Service = ""
	ServiceJoined       Service = "joined"
	ServiceLeft         Service = "left"
	ServiceTopicCreated Service = "topic_created"
	ServiceMigratedTo   Service = "migrated_to"   // this group is no more, see MigrateTo
	ServiceMigratedFrom Service = "migrated_from" // this group is new, see MigrateFrom
	ServiceOther        Service = "other"
)

// Message is a message in a chat.
type Message struct {
	ID               int64 // 0 for an ephemeral message
	EphemeralID      int64 // not 0: only the sender and the receiver see it; the number may be used again
	Receiver         *User // of an ephemeral message
	Thread           int64
	Topic            bool  // Thread is a forum topic, so answers may be sent into it
	Date             int64 // Unix time; 0 = inaccessible, only Chat and ID are known
	Chat             Chat
	From             *User
	SenderChat       *Chat // in whose name it was written, if not in From's own
	ViaBot           bool
	Caller           *User  // who called the bot that answers here, though it is no member
	CallerChat       *Chat  // in whose name it was called, if not in Caller's own
	Text             string // or the caption
	Entities         []Entity
	ReplyTo          *Message
	Album            string // shared by the items of one album
	AutomaticForward bool   // the linked channel's post
	Plain            bool   // text alone: no media, forward or link, and not by way of an inline bot
	Forward          *Origin
	Media            string // "photo", "sticker", … as Telegram calls it; "" = text or service
	File             MediaFile
	More             []Medium // the other files of a rich message
	Rich             bool     // Text is what a rich message says
	External         *External
	Quote            string // what it quotes of the message that it replies to
	richer           bool   // a rich message with links or buttons, or with more than Text says
	Service          Service
	MigrateTo        int64
	MigrateFrom      int64
	Joined           []User
	Left             *User
}

// Time is when the message was sent.
func (m *Message) Time() time.Time { return time.Unix(m.Date, 0) }

// Inaccessible reports whether only the message's chat and number are known.
func (m *Message) Inaccessible() bool { return m.Date == 0 && m.EphemeralID == 0 }

// AnonymousAdmin reports whether an admin wrote in the group's own name.
func (m *Message) AnonymousAdmin() bool {
	return m.SenderChat != nil && m.SenderChat.ID == m.Chat.ID
}

// Called reports whether a bot wrote it that is no member, since somebody called it: they answer for it.
func (m *Message) Called() bool {
	return m.From != nil && m.From.Bot && (m.Caller != nil || m.CallerChat != nil)
}

// Writer is who answers for a message: the chat in whose name it was written, or else a person or bot. Whoever called a
// bot that is no member is the writer of its answer. Both are nil if Telegram does not say.
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

// Chat is a group, a channel or a private conversation.
type Chat struct {
	ID       int64
	Type     string // private, group, supergroup, channel
	Title    string
	Username string
	Forum    bool
	Direct   bool  // the direct messages of a channel, which come as a supergroup
	Linked   int64 // known only in the answer to GetChat
}

// Private reports whether this is a conversation with one person.
func (c *Chat) Private() bool { return c.Type == "private" }

// Group reports whether this is a group, basic or super. What people write to a channel in private is none, though it
// comes as one.
func (c *Chat) Group() bool { return (c.Type == "group" || c.Type == "supergroup") && !c.Direct }

// User is a person or a bot.
type User struct {
	ID        int64
	Bot       bool
	FirstName string
	LastName  string
	Username  string
	Language  string
	ReadsAll  bool // known only of the bot itself
}

// Entity marks part of a text; offsets and lengths count UTF-16 units.
type Entity struct {
	Type        string
	Offset      int
	Length      int
	URL         string
	Language    string // of a block of code
	User        int64  // who is meant by words that are no @username
	CustomEmoji string // its id
	Time        int64  // that the words tell, unix seconds; only in what the bot sends
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

// MediaFile names a file that Telegram keeps.
type MediaFile struct {
	ID     string // sends it again, see [SendMedia]
	Unique string // tells files apart, for every bot alike
	Name   string // as its sender called it; most kinds have none
	Size   int64  // bytes; 0 = not said
}

// Medium is a file with what Telegram calls its kind.
type Medium struct {
	Media string
	MediaFile
}

// External is a message in another chat or topic that a message replies to.
type External struct {
	Chat      int64  // 0 = Telegram does not say which
	MessageID int64  // in that chat
	Origin    Origin // who wrote it
	Media     string
}

// Press is a button that was pressed. Data is free input: an app may send what
// no button holds.
type Press struct {
	ID      string
	From    User
	Message *Message // may be inaccessible; nil if it was sent in inline mode
	Data    string
}

// Membership is a change of somebody's place in a chat.
type Membership struct {
	Chat Chat
	By   User // who did it
	User User // whom it concerns
	Old  Member
	New  Member
	Date int64
}

// Member is somebody's place in a chat. The rights are those of an admin; the
// owner has them all.
type Member struct {
	Status      string // creator, administrator, member, restricted, left, kicked
	User        User
	Until       int64    // end of a restriction or ban, Unix time; 0 = none
	IsMember    bool     // tells whether one who is restricted is in the chat
	CanSend     bool     // text messages; false only for one who is restricted or not in the chat
	Denied      []string // permissions that one who is restricted does not have, sorted
	Anonymous   bool
	CanDelete   bool
	CanRestrict bool
	CanInvite   bool
	CanPin      bool
	CanPromote  bool
	CanPost     bool // in channels
}

// InChat reports whether they are in the chat.
func (m Member) InChat() bool {
	switch m.Status {
	case "creator", "administrator", "member":
		return true
	case "restricted":
		return m.IsMember
	}
	return false
}

// Admin reports whether they are the owner or an administrator.
func (m Member) Admin() bool { return m.Status == "creator" || m.Status == "administrator" }
