package people

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// Timed are the words of a message that tell a time, which apps show by the reader's clock.
type Timed struct {
	Words string
	Time  time.Time
}

// Item is a message as a person sees it.
type Item struct {
	Message   *world.Message
	ID        int // 0 for ephemeral messages
	Date      time.Time
	From      string // display name of the sender
	Text      string // text, caption or what a service message says
	Entities  []wire.Entity
	Topic     string // name of the forum topic, or ""
	Media     string // "photo" and the like, or ""
	Buttons   [][]wire.Button
	ReplyTo   int // id of the ordinary message replied to
	Ephemeral bool
	Service   bool
	Edited    bool
}

// Times are all times that the item tells, in order.
func (i Item) Times() []Timed {
	var all []Timed
	units := utf16.Encode([]rune(strings.TrimPrefix(i.Text, world.Forwarded)))
	for _, e := range i.Entities {
		if e.Type == "date_time" {
			words := string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
			all = append(all, Timed{Words: words, Time: time.Unix(e.UnixTime, 0).UTC()})
		}
	}
	return all
}

// String is the item on one line, without dates.
func (i Item) String() string {
	var b strings.Builder
	switch {
	case i.Ephemeral:
		b.WriteString("[ephemeral]")
	default:
		fmt.Fprintf(&b, "[%d]", i.ID)
	}
	if i.ReplyTo != 0 {
		fmt.Fprintf(&b, " (re %d)", i.ReplyTo)
	}
	fmt.Fprintf(&b, " %s:", i.From)
	if i.Media != "" {
		fmt.Fprintf(&b, " <%s>", i.Media)
	}
	fmt.Fprintf(&b, " %s", strings.ReplaceAll(i.Text, "\n", `\n`))
	if i.Edited {
		b.WriteString(" (edited)")
	}
	for _, row := range i.Buttons {
		for _, button := range row {
			fmt.Fprintf(&b, " [%s]", button.Label)
		}
	}
	return b.String()
}

// hides says whether the message stands in somebody else's topic.
func hides(m *world.Message, u *world.User) bool {
	return m.Chat.Parent != nil && m.Asker != u.Account && !m.Chat.Member(u.Account).Admin()
}

// Private is what the user sees in the private chat with the bot.
func Private(u *world.User, b *world.Bot) []Item {
	c := b.Privates[u.ID]
	if c == nil {
		return nil
	}
	return Sees(u, c)
}

// Sees is everything that the user can see in the chat now, in order: its
// messages, and the ephemeral ones that they sent or were sent.
func Sees(u *world.User, c *world.Chat) []Item {
	seen := seenBy(u, c)
	if seen == nil {
		return nil
	}
	items := make([]Item, len(seen))
	for i, m := range seen {
		items[i] = item(m)
	}
	return items
}

// seenBy is the messages that the user can see in the chat, in order.
func seenBy(u *world.User, c *world.Chat) []*world.Message {
	if !c.LookedInBy(u) {
		return nil
	}
	all := make([]*world.Message, 0, len(c.History.List)+8)
	var replaced []*world.Message
	for _, m := range c.Ephemerals {
		if m.Deleted && !m.Stays || m.Lost || m.Author != u.Account && m.Receiver != u.Account {
			continue
		}
		all = append(all, m)
		if m.Replaces != nil {
			replaced = append(replaced, m.Replaces)
		}
	}
	for _, m := range c.History.List {
		if !m.Deleted && !slices.Contains(replaced, m) && !hides(m, u) {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b *world.Message) int { return a.Place() - b.Place() })
	return all
}

func item(m *world.Message) Item {
	i := Item{
		Message: m, ID: m.ID, Date: time.Unix(m.Date, 0), Entities: m.Entities, From: m.Sender(), Text: m.Content(), Buttons: m.Markup.Buttons(),
		Ephemeral: m.Ephemeral(), Service: m.Service != nil, Edited: m.Edited != 0 && m.Author.Bot == nil,
	}
	if m.Topic != nil {
		i.Topic = m.Topic.Name
	}
	if m.Media != nil {
		i.Media = string(m.Media.Kind)
	}
	if m.Reply != nil && !m.Reply.Deleted {
		i.ReplyTo = m.Reply.ID
	}
	return i
}

// Find returns the last message that the user sees in the chat and whose
// text contains part; nil if there is none.
func Find(u *world.User, c *world.Chat, part string) *world.Message {
	for _, m := range slices.Backward(seenBy(u, c)) {
		if strings.Contains(m.Content(), part) {
			return m
		}
	}
	return nil
}

// FindPrivate is Find in the private chat with the bot.
func FindPrivate(u *world.User, b *world.Bot, part string) *world.Message {
	if c := b.Privates[u.ID]; c != nil {
		return Find(u, c, part)
	}
	return nil
}
