package tgsim

import "slices"

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
		if m.status == Restricted {
			m.present = true
		} else {
			*m = member{account: a, status: Member}
		}
	})
	c.logMember(by, "join", a.Name())
	if c.kind != Channel {
		c.service(by, &service{NewChatMembers: []*wireUser{a.wire}})
	}
}

// exit makes the account leave, or be put out, with the status given.
func (c *Chat) exit(by, a *account, status Status, until int64) {
	was := c.member(a).in()
	c.change(by, a, func(m *member) {
		if by == a && status == Left && m.status == Restricted {
			m.present = false // who leaves stays restricted
			return
		}
		*m = member{account: a, status: status, until: until}
	})
	if was && c.kind != Channel {
		c.service(by, &service{LeftChatMember: a.wire})
	}
}

// ban puts the account out until a date, 0 for ever. What it wrote stays.
func (c *Chat) ban(by, a *account, until int64) {
	if c.kind == Group {
		until = 0
	}
	c.exit(by, a, Kicked, until)
	c.logMember(by, "ban", a.Name())
}

// restrict limits what the account may do until a date, 0 for ever. With
// every permission it is an ordinary member again.
func (c *Chat) restrict(by, a *account, p Permissions, until int64) {
	c.change(by, a, func(m *member) {
		present := m.in()
		switch {
		case p != AllPermissions():
			*m = member{account: a, status: Restricted, perms: p, present: present, until: until}
		case present:
			*m = member{account: a, status: Member}
		default:
			*m = member{account: a, status: Left}
		}
	})
	c.logMember(by, "restrict", a.Name())
}
