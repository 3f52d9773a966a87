package wire

// Update is one event that Telegram reports. At most one of the
// pointers is set; none means a kind of update that the bot does not use.
type Update struct {
	ID         int64
	Message    *Message
	Edited     bool           // Message is an earlier message in its new form
	Callback   *CallbackQuery // a button was pressed
	Membership *Membership    // the status of a member of a chat changed
	MyStatus   *Membership    // the bot's own status in a chat changed
}

// Chat is the chat that the update belongs to; updates of one chat are handled in
// order. A press on an inline message belongs to the private chat of who pressed.
func (u *Update) Chat() int64 {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID
	case u.Callback != nil && u.Callback.Message != nil:
		return u.Callback.Message.Chat.ID
	case u.Callback != nil:
		return u.Callback.From.ID
	case u.Membership != nil:
		return u.Membership.Chat.ID
	case u.MyStatus != nil:
		return u.MyStatus.Chat.ID
	}
	return 0
}

// Direct reports whether the update comes from the direct messages of a channel, where nothing is moderated.
func (u *Update) Direct() bool {
	switch {
	case u.Message != nil:
		return u.Message.Chat.Direct
	case u.Callback != nil:
		return u.Callback.Message != nil && u.Callback.Message.Chat.Direct
	case u.Membership != nil:
		return u.Membership.Chat.Direct
	case u.MyStatus != nil:
		return u.MyStatus.Chat.Direct
	}
	return false
}

// Person is who wrote or pressed, and so reads what the bot answers; 0 if nobody.
func (u *Update) Person() int64 {
	switch {
	case u.Callback != nil:
		return u.Callback.From.ID
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
	case u.Callback != nil:
		return "callback_query"
	case u.Membership != nil:
		return "chat_member"
	case u.MyStatus != nil:
		return "my_chat_member"
	}
	return "other"
}

// CallbackQuery says that a button was pressed. Data is untrusted: an app may send data
// that no button has.
type CallbackQuery struct {
	ID      string
	From    User
	Message *Message // may be inaccessible; nil if it was sent in inline mode
	Data    string
}

// Membership is a change of a user's status in a chat.
type Membership struct {
	Chat Chat
	By   User // who changed it
	User User // whose status it is
	Old  Member
	New  Member
	Date int64
}
