package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// KindName is what error texts call the chat.
func (c *Chat) KindName() string { return fmt.Sprintf("%s chat", c.Kind) }

// LookedInBy says whether the user can see the chat now.
func (c *Chat) LookedInBy(u *User) bool {
	switch {
	case c.Kind == Private:
		return c.User == u
	case c.Parent != nil:
		return c.Parent.LookedInBy(u)
	}
	m := c.Member(u.Account)
	return !c.Deleted && (m.In() || c.Username != "" && m.Status != wire.Kicked)
}

// Has says whether the account takes part in the chat.
func (c *Chat) Has(a *Account) bool {
	return c.Kind == Private && c.User.Account == a || c.Member(a).In()
}

// Knows says whether the bot has ever met the account.
func (b *Bot) Knows(a *Account) bool {
	if b.Met[a.ID] || b.Privates[a.ID] != nil {
		return true
	}
	return slices.ContainsFunc(b.World.Chats, func(c *Chat) bool {
		return c.Members[a.ID] != nil && c.Members[b.ID] != nil
	})
}

// Group says whether the chat is a basic group or a supergroup.
func (c *Chat) Group() bool { return c.Kind == Group || c.Kind == Supergroup }

// Topic is the topic with the message_thread_id, or nil.
func (c *Chat) Topic(id int) *Topic {
	i := slices.IndexFunc(c.Topics, func(t *Topic) bool { return t.Created.ID == id })
	if i < 0 {
		return nil
	}
	return c.Topics[i]
}

// Owner is the account that owns the chat.
func (c *Chat) Owner() *Account {
	for _, m := range c.Members {
		if m.Status == wire.Creator {
			return m.Account
		}
	}
	return nil
}

// MessageLink is the t.me link of a message of the chat.
func (c *Chat) MessageLink(id int) string {
	if name := c.Username; name != "" {
		return fmt.Sprintf("https://t.me/%s/%d", name, id)
	}
	return fmt.Sprintf("https://t.me/c/%s/%d", strings.TrimPrefix(fmt.Sprint(c.ID), "-100"), id)
}

// hearers are the bots that may get what is written in the chat.
func (c *Chat) hearers() []*Bot {
	if c.Parent != nil {
		return c.Parent.Bots
	}
	return c.Bots
}
