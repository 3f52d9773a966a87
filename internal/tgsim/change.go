package tgsim

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// change changes what the chat knows of an account and tells the bots that
// are told of such things.
func (c *Chat) change(by, a *account, f func(*member)) {
	m := c.own(a)
	old := *m
	f(m)
	if b := a.bot; b != nil {
		here := slices.Contains(c.bots, b)
		if m.in() && !here {
			c.bots = append(c.bots, b)
			c.came[b], c.open[b] = c.sim.lastSeq, b.readsAll
		} else if !m.in() && here {
			c.bots = slices.DeleteFunc(slices.Clone(c.bots), func(o *Bot) bool { return o == b })
		}
	}
	c.memberChanged(by, &old, m)
}

// enter makes the account a member, with the service message that tells.
func (c *Chat) enter(by, a *account) {
	c.change(by, a, func(m *member) {
		if m.status == wire.Restricted {
			m.present = true
		} else {
			*m = member{account: a, status: wire.Member}
		}
	})
	c.logMember(by, "join", a.Name())
	if c.kind != Channel {
		c.service(by, &wire.Service{NewChatMembers: []*wire.User{a.wire}})
	}
}

// exit makes the account leave, or be put out, with the status given.
func (c *Chat) exit(by, a *account, status wire.Status, until int64) {
	was := c.member(a).in()
	c.change(by, a, func(m *member) {
		if by == a && status == wire.Left && m.status == wire.Restricted {
			m.present = false // who leaves stays restricted
			return
		}
		*m = member{account: a, status: status, until: until}
	})
	if was && c.kind != Channel {
		c.service(by, &wire.Service{LeftChatMember: a.wire})
	}
}

// ban puts the account out until a date, 0 for ever. What it wrote stays.
func (c *Chat) ban(by, a *account, until int64) {
	if c.kind == Group {
		until = 0
	}
	c.exit(by, a, wire.Kicked, until)
	c.logMember(by, "ban", a.Name())
}

// restrict limits what the account may do until a date, 0 for ever. With
// every permission it is an ordinary member again.
func (c *Chat) restrict(by, a *account, p wire.Permissions, until int64) {
	c.change(by, a, func(m *member) {
		present := m.in()
		switch {
		case p != wire.AllPermissions():
			*m = member{account: a, status: wire.Restricted, perms: p, present: present, until: until}
		case present:
			*m = member{account: a, status: wire.Member}
		default:
			*m = member{account: a, status: wire.Left}
		}
	})
	c.logMember(by, "restrict", a.Name())
}
