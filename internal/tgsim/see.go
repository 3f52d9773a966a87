package tgsim

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Item is a message as a person sees it.
type Item struct {
	Message   *Message
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

// Sees is everything that the user can see in the chat now, in order: its
// messages, and the ephemeral ones that they sent or were sent.
func (u *User) Sees(c *Chat) []Item {
	u.sim.Lock()
	defer u.sim.Unlock()
	return u.sees(c)
}

// Private is what the user sees in the private chat with the bot.
func (u *User) Private(b *Bot) []Item {
	u.sim.Lock()
	defer u.sim.Unlock()
	c := b.privates[u.id]
	if c == nil {
		return nil
	}
	return u.sees(c)
}

func (u *User) sees(c *Chat) []Item {
	if !c.lookedInBy(u) {
		return nil
	}
	var own []*Message
	replaced := map[*Message]bool{}
	for _, m := range c.ephemerals {
		if m.deleted || m.lost || m.author != u.account && m.receiver != u.account {
			continue
		}
		own = append(own, m)
		replaced[m.replaces] = true
	}
	all := own
	for _, m := range c.history.list {
		if !m.deleted && !replaced[m] && !m.hides(u) {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b *Message) int { return a.place() - b.place() })
	items := make([]Item, len(all))
	for i, m := range all {
		items[i] = m.item()
	}
	return items
}

// place is where the message stands on the timeline.
func (m *Message) place() int {
	if m.replaces != nil {
		return m.replaces.seq
	}
	return m.seq
}

func (m *Message) item() Item {
	i := Item{
		Message: m, ID: m.id, Date: time.Unix(m.date, 0), Entities: m.entities, From: m.sender(), Text: m.content(), Buttons: m.markup.buttons(),
		Ephemeral: m.Ephemeral(), Service: m.service != nil, Edited: m.edited != 0 && m.author.bot == nil,
	}
	if m.topic != nil {
		i.Topic = m.topic.name
	}
	if m.media != nil {
		i.Media = string(m.media.kind)
	}
	if m.reply != nil && !m.reply.deleted {
		i.ReplyTo = m.reply.id
	}
	return i
}

// sender is the name that people see on the message.
func (m *Message) sender() string {
	switch {
	case m.senderChat != nil:
		return m.senderChat.title
	case m.from == nil:
		return m.chat.title
	}
	return m.from.Name()
}

// content is the text that people see.
func (m *Message) content() string {
	if s := m.service; s != nil {
		return s.String()
	}
	text := m.text
	if m.blocks != "" {
		text = richtext.Words(m.blocks)
	}
	if m.media != nil && !m.media.kind.captioned() {
		text = m.media.file.name
	}
	if m.origin != nil {
		return forwarded + text
	}
	return text
}

// forwarded stands before what people see of a message that was forwarded.
const forwarded = "(forwarded) "

// Find returns the last message that the user sees in the chat and whose
// text contains part; nil if there is none.
func (u *User) Find(c *Chat, part string) *Message {
	for _, i := range slices.Backward(u.Sees(c)) {
		if strings.Contains(i.Text, part) {
			return i.Message
		}
	}
	return nil
}

// FindPrivate is Find in the private chat with the bot.
func (u *User) FindPrivate(b *Bot, part string) *Message {
	for _, i := range slices.Backward(u.Private(b)) {
		if strings.Contains(i.Text, part) {
			return i.Message
		}
	}
	return nil
}

// WaitFind waits until Find finds a message.
func (u *User) WaitFind(ctx context.Context, c *Chat, part string) (*Message, error) {
	var found *Message
	err := u.sim.Wait(ctx, func() bool {
		found = u.Find(c, part)
		return found != nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s does not see %q in %s: %w", u.Name(), part, c.title, err)
	}
	return found, nil
}
