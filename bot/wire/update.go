package wire

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
