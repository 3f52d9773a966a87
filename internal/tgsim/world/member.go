package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Member returns what the chat knows of the account, after expiry of what
// the clock has ended; never nil.
func (c *Chat) Member(a *Account) *Member {
	m := c.Members[a.ID]
	if m == nil {
		return &Member{Account: a, Status: wire.Left}
	}
	if m.Until != 0 && m.Until <= c.World.Unix() {
		switch {
		case m.Status == wire.Restricted && m.present:
			*m = Member{Account: a, Status: wire.Member}
		case m.Status == wire.Restricted || m.Status == wire.Kicked:
			*m = Member{Account: a, Status: wire.Left}
		}
	}
	return m
}

// own is member for changing: it remembers the account.
func (c *Chat) own(a *Account) *Member {
	m := c.Member(a)
	c.Members[a.ID] = m
	return m
}

// Admin says whether the account is an administrator or the owner.
func (m *Member) Admin() bool { return m.Status == wire.Creator || m.Status == wire.Administrator }

// In says whether the account is in the chat.
func (m *Member) In() bool {
	switch m.Status {
	case wire.Creator, wire.Administrator, wire.Member:
		return true
	case wire.Restricted:
		return m.present
	}
	return false
}

// Can says whether an administrator has the right that pick picks.
func (m *Member) Can(pick func(Rights) bool) bool {
	return m.Status == wire.Creator || m.Status == wire.Administrator && pick(m.Rights)
}

// Allowed is what the member may do at present in the chat.
func (c *Chat) Allowed(m *Member) wire.Permissions {
	switch {
	case m.Admin():
		return wire.AllPermissions()
	case m.Status == wire.Restricted:
		return c.Perms.And(m.perms)
	case m.Status == wire.Kicked:
		return wire.Permissions{}
	}
	return c.Perms
}

// Forever normalizes an until_date: less than 30 s or more than 366 days
// ahead is for ever, that is 0.
func (s *World) Forever(until int64) int64 {
	ahead := until - s.Unix()
	if ahead < 30 || ahead > 366*24*3600 {
		return 0
	}
	return until
}
