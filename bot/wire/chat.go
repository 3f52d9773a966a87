package wire

// Chat is a group, a channel or a private conversation.
type Chat struct {
	ID       int64
	Type     string // private, group, supergroup, channel
	Title    string
	Username string
	Forum    bool
	Direct   bool  // the direct messages of a channel, which Telegram calls a supergroup
	Linked   int64 // known only in the answer to GetChat
}

// Private reports whether this is a conversation with one person.
func (c *Chat) Private() bool { return c.Type == "private" }

// Group reports whether this is a group, basic or super. The direct messages of a channel are not a group, although
// Telegram calls them a supergroup.
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

func (r *reader) chat() (c Chat) {
	r.object(func(key []byte) {
		switch string(key) {
		case "id":
			c.ID = r.whole()
		case "type":
			c.Type = r.word()
		case "title":
			c.Title = r.text()
		case "username":
			c.Username = r.text()
		case "is_forum":
			c.Forum = r.flag()
		case "is_direct_messages":
			c.Direct = r.flag()
		case "linked_chat_id":
			c.Linked = r.whole()
		default:
			r.skip()
		}
	})
	return c
}

func (r *reader) user() (u User) {
	r.object(func(key []byte) { r.userField(&u, key) })
	return u
}

func (r *reader) userField(u *User, key []byte) {
	switch string(key) {
	case "id":
		u.ID = r.whole()
	case "is_bot":
		u.Bot = r.flag()
	case "first_name":
		u.FirstName = r.text()
	case "last_name":
		u.LastName = r.text()
	case "username":
		u.Username = r.text()
	case "language_code":
		u.Language = r.word()
	case "can_read_all_group_messages":
		u.ReadsAll = r.flag()
	default:
		r.skip()
	}
}
