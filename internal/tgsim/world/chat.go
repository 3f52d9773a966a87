package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Chat is a group, a channel or somebody's private dialog with a bot.
type Chat struct {
	World    *World
	ID       int64
	Kind     Kind
	Title    string
	Username string
	Forum    bool
	User     *User // of a private chat
	Bot      *Bot  // of a private chat

	Perms       wire.Permissions
	Members     map[int64]*Member
	Bots        []*Bot        // present ones, in order of arrival
	came        map[*Bot]int  // when they came last, in the order of everything
	Open        map[*Bot]bool // whether privacy mode was off when they came
	lastBot     *Bot          // the bot that spoke last, for privacy mode
	BannedChats map[int64]bool
	Linked      *Chat // discussion group of a channel, channel of a group
	Direct      *Chat // where people write to the channel
	Parent      *Chat // the channel that people write to here
	MigratedTo  *Chat
	Deleted     bool // by its owner
	Topics      []*Topic

	generalClosed bool // the topic without a number

	lastID     int
	History    history
	Ephemerals []*Message
	boxes      map[boxKey]*box
	log        []RecentAction
	Sent       map[int64]*RateWindow
	Wire       *wire.Chat

	Handle any // what a user of the package keeps with it
}

// Topic is a topic of a forum.
type Topic struct {
	Chat    *Chat
	Name    string
	Created *Message
	closed  bool
}

// ID is the topic's message_thread_id.
func (t *Topic) ID() int { return t.Created.ID }

// An Invite is a link that lets people into a chat, until it has run out.
type Invite struct {
	Chat    *Chat
	Link    string
	Asks    bool  // whoever follows it only asks to be let in
	Expires int64 // 0 is never
	Limit   int64 // how many it lets in; 0 is any number
	Used    int64
}

// A Member is what a chat knows of an account, present or gone.
type Member struct {
	*Account
	Status  wire.Status
	Rights  Rights           // of an administrator; the creator uses only Anonymous
	perms   wire.Permissions // of a restricted member
	present bool             // of a restricted member: is_member
	Until   int64            // of a restricted or kicked member; 0 is for ever
	byBot   *Bot             // the bot that promoted an administrator
}

// A box numbers the ephemeral messages between a bot and a member of a chat.
// Numbers of deleted messages are used again, as Telegram warns.
type box struct {
	last int
	free []int
}

type boxKey struct {
	user int64
	bot  *Bot
}
