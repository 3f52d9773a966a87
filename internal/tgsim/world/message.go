package world

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Message is a message in a chat, public or ephemeral, ordinary or service.
type Message struct {
	Handle any // what a user of the package keeps with it

	World  *World
	Chat   *Chat
	ID     int // 0 for ephemeral messages
	seq    int
	Author *Account // who really wrote it
	From   *Account // who is shown to bots; a stand-in for masked senders
	Date   int64
	Edited int64

	SenderChat  *Chat
	Caller      *Account // who called the guest bot that answers here
	CallerChat  *Chat    // in whose name
	autoForward bool
	Origin      *wire.Origin
	Topic       *Topic
	ThreadID    int // of a reply thread outside topics
	Reply       *Message
	External    *Message // replied to, in another chat or topic
	Quote       string   // words of what is replied to
	GroupID     string
	Asker       *Account // whose topic of a channel's direct messages it is in

	Text     string
	Entities []wire.Entity
	Media    *Media // text is then the caption, if it can have one
	Blocks   string // of a rich message, which has no text
	Service  *wire.Service
	Markup   *Markup
	Deleted  bool

	// Of ephemeral messages.
	EphemeralID int
	Receiver    *Account
	Lost        bool     // the receiver was offline
	Stays       bool     // it was deleted while the receiver was offline
	Replaces    *Message // shown to the receiver instead of this one
}

// between says whether the ephemeral message is one of the bot with the user.
func (m *Message) between(b *Bot, user int64) bool {
	return m.Author == b.Account && m.Receiver.ID == user || m.Author.ID == user && m.Receiver == b.Account
}

// Ephemeral says whether only its sender and its receiver see the message.
func (m *Message) Ephemeral() bool { return m.EphemeralID != 0 }

// Upload is the file of the message's medium, or nil.
func (m *Message) Upload() []byte {
	if m.Media == nil {
		return nil
	}
	return m.Media.File.data
}

// Toast is a bot's answer to a pressed button.
type Toast struct {
	Text  string
	Alert bool   // shown as an alert, to be clicked away
	URL   string // a link that the app opens; see [User.Open]
}

// Press is a pressed button, waiting for its answer.
type Press struct {
	ID       string
	Bot      *Bot
	User     *User
	Message  *Message
	At       int64
	Answered bool
	Toast    Toast
}

// RecentAction is an entry of a supergroup's "recent actions", which every
// administrator can read for 48 hours.
type RecentAction struct {
	Time   time.Time
	By     string // who did it
	Action string // "delete", "edit", "ban", "unban", "restrict", "promote" and so on

	// Of deletions and edits: the whole message as it was.
	Message *Message
	Sender  string
	Text    string

	// Of changes of members.
	Member string
}

// String is the entry on one line, without its date.
func (a RecentAction) String() string {
	if a.Message != nil {
		return fmt.Sprintf("recent action: %s did %s %s: %s", a.By, a.Action, a.Sender, strings.ReplaceAll(a.Text, "\n", `\n`))
	}
	return fmt.Sprintf("recent action: %s did %s %s", a.By, a.Action, a.Member)
}

// A history is a chat's messages in order of their ids. Deleted messages
// stay as gaps until there are many of them.
type history struct {
	List []*Message
	gone int
}

func (h *history) add(m *Message, keep int) {
	h.List = append(h.List, m)
	if keep > 0 && len(h.List) >= 2*keep {
		// Copying lets the old ones go and keeps appending cheap.
		h.List = append(make([]*Message, 0, 2*keep), h.List[len(h.List)-keep:]...)
	}
}

// Get returns the message with the id, or nil if there is none any more.
func (h *history) Get(id int) *Message {
	i, ok := slices.BinarySearchFunc(h.List, id, func(m *Message, id int) int { return m.ID - id })
	if !ok || h.List[i].Deleted {
		return nil
	}
	return h.List[i]
}

// removed notes that a message was marked as deleted.
func (h *history) removed() {
	h.gone++
	if h.gone > 64 && h.gone > len(h.List)/2 {
		h.List = slices.DeleteFunc(h.List, func(m *Message) bool { return m.Deleted })
		h.gone = 0
	}
}

// NewMessage prepares a message in the chat; post gives it its id.
func (c *Chat) NewMessage(from *Account) *Message {
	return &Message{World: c.World, Chat: c, Author: from, From: from, Date: c.World.Unix()}
}
