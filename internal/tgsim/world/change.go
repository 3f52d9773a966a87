package world

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Change changes what the chat knows of an account and tells the bots that
// are told of such things.
func (c *Chat) Change(by, a *Account, f func(*Member)) {
	m := c.own(a)
	old := *m
	f(m)
	if b := a.Bot; b != nil {
		here := slices.Contains(c.Bots, b)
		if m.In() && !here {
			c.Bots = append(c.Bots, b)
			c.came[b], c.Open[b] = c.World.lastSeq, b.ReadsAll
		} else if !m.In() && here {
			c.Bots = slices.DeleteFunc(slices.Clone(c.Bots), func(o *Bot) bool { return o == b })
		}
	}
	c.memberChanged(by, &old, m)
}

// Enter makes the account a member, with the service message that tells.
func (c *Chat) Enter(by, a *Account) {
	c.Change(by, a, func(m *Member) {
		if m.Status == wire.Restricted {
			m.present = true
		} else {
			*m = Member{Account: a, Status: wire.Member}
		}
	})
	c.LogMember(by, "join", a.Name())
	if c.Kind != Channel {
		c.Service(by, &wire.Service{NewChatMembers: []*wire.User{a.Wire}})
	}
}

// Exit makes the account leave, or be put out, with the status given.
func (c *Chat) Exit(by, a *Account, status wire.Status, until int64) {
	was := c.Member(a).In()
	c.Change(by, a, func(m *Member) {
		if by == a && status == wire.Left && m.Status == wire.Restricted {
			m.present = false // who leaves stays restricted
			return
		}
		*m = Member{Account: a, Status: status, Until: until}
	})
	if was && c.Kind != Channel {
		c.Service(by, &wire.Service{LeftChatMember: a.Wire})
	}
}

// Ban puts the account out until a date, 0 for ever. What it wrote stays.
func (c *Chat) Ban(by, a *Account, until int64) {
	if c.Kind == Group {
		until = 0
	}
	c.Exit(by, a, wire.Kicked, until)
	c.LogMember(by, "ban", a.Name())
}

// Restrict limits what the account may do until a date, 0 for ever. With
// every permission it is an ordinary member again.
func (c *Chat) Restrict(by, a *Account, p wire.Permissions, until int64) {
	c.Change(by, a, func(m *Member) {
		present := m.In()
		switch {
		case p != wire.AllPermissions():
			*m = Member{Account: a, Status: wire.Restricted, perms: p, present: present, Until: until}
		case present:
			*m = Member{Account: a, Status: wire.Member}
		default:
			*m = Member{Account: a, Status: wire.Left}
		}
	})
	c.LogMember(by, "restrict", a.Name())
}

// memberChanged tells bots that a member's status changed: the bot concerned
// as my_chat_member, bots that are administrators as chat_member.
func (c *Chat) memberChanged(by *Account, old, now *Member) {
	if old.WireMember(nil) == now.WireMember(nil) {
		return
	}
	c.World.Show()
	update := func(b *Bot) []byte {
		return wire.Encode(wire.MemberUpdated{
			Chat: c.Wire, From: by.Wire, Date: c.World.Unix(), Old: old.WireMember(b), New: now.WireMember(b),
		})
	}
	if b := now.Bot; b != nil {
		b.Enqueue("my_chat_member", update(b), c.ID, DayTTL)
	}
	for _, b := range c.Bots {
		if b != now.Bot && c.Member(b.Account).Admin() && b.Queue.wants("chat_member") {
			b.Enqueue("chat_member", update(b), now.ID, DayTTL)
		}
	}
}
