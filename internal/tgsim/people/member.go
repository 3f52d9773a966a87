package people

import (
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// MemberInfo is what Telegram holds of a member.
type MemberInfo struct {
	Status      wire.Status
	In          bool      // is in the chat
	Until       time.Time // end of a restriction or a ban; zero if none or for ever
	CanSend     bool      // may send text messages now
	Permissions wire.Permissions
	Rights      world.Rights
}

// Members lists who is in the chat, in order of their ids.
func Members(c *world.Chat) []*world.Account {
	var in []*world.Account
	for _, m := range c.Members {
		if c.Member(m.Account).In() {
			in = append(in, m.Account)
		}
	}
	slices.SortFunc(in, func(a, b *world.Account) int { return int(a.ID - b.ID) })
	return in
}

// Status is the account's status in the chat at this moment.
func Status(c *world.Chat, a *world.Account) MemberInfo {
	m := c.Member(a)
	info := MemberInfo{Status: m.Status, In: m.In(), Permissions: c.Allowed(m), Rights: m.Rights}
	if m.Until != 0 {
		info.Until = time.Unix(m.Until, 0)
	}
	info.CanSend = m.In() && info.Permissions.SendMessages
	return info
}

// Add brings a user or a bot into the chat, in the owner's name.
func Add(c *world.Chat, accounts ...*world.Account) {
	for _, a := range accounts {
		if b := a.Bot; b != nil && c.Kind != world.Channel && !b.Setting("can_join_groups") {
			continue // apps do not offer it
		}
		if !c.Member(a).In() {
			c.Enter(c.Owner(), a)
		}
	}
}

// Join has users come in by themselves; banned ones can't.
func Join(c *world.Chat, users ...*world.User) error {
	for _, u := range users {
		m := c.Member(u.Account)
		switch {
		case c.Deleted:
			return fmt.Errorf("%s was deleted", c.Title)
		case m.Status == wire.Kicked:
			return fmt.Errorf("%s is banned from %s", u.Name(), c.Title)
		case !m.In():
			c.Enter(u.Account, u.Account)
		}
	}
	return nil
}

// Leave has the user go.
func Leave(c *world.Chat, u *world.User) {
	if c.Member(u.Account).In() {
		c.Exit(u.Account, u.Account, wire.Left, 0)
	}
}

// Ban has the owner ban the account until a time, zero for ever.
func Ban(c *world.Chat, a *world.Account, until time.Time) {
	c.Ban(c.Owner(), a, unixOr0(until))
}

// DeleteFrom has the owner delete all that the account wrote in its own name,
// as apps offer to do with a ban. Bots learn nothing of it.
func DeleteFrom(c *world.Chat, a *world.Account) {
	for _, m := range slices.Clone(c.History.List) {
		if m.From == a && m.Service == nil && !m.Deleted {
			m.Remove()
			c.LogDeletion(c.Owner(), m)
		}
	}
}

// Unban has the owner lift a ban; the account is not in the chat then.
func Unban(c *world.Chat, a *world.Account) {
	if c.Member(a).Status == wire.Kicked {
		c.Exit(c.Owner(), a, wire.Left, 0)
		c.LogMember(c.Owner(), "unban", a.Name())
	}
}

// Restrict has the owner restrict the account until a time, zero for ever;
// AllPermissions lifts it.
func Restrict(c *world.Chat, a *world.Account, p wire.Permissions, until time.Time) {
	c.Restrict(c.Owner(), a, p, unixOr0(until))
}

// Promote has the owner make the account an administrator.
func Promote(c *world.Chat, a *world.Account, r world.Rights) {
	c.Change(c.Owner(), a, func(m *world.Member) {
		if m.Status == wire.Creator {
			m.Rights = r
			return
		}
		*m = world.Member{Account: a, Status: wire.Administrator, Rights: r.In(c.Kind)}
	})
	c.LogMember(c.Owner(), "promote", a.Name())
}

// Give has the owner make another member the owner. They stay as an administrator with all rights.
func Give(c *world.Chat, to *world.Account) {
	from := c.Owner()
	c.Change(from, to, func(m *world.Member) { *m = world.Member{Account: to, Status: wire.Creator} })
	c.Change(from, from, func(m *world.Member) {
		*m = world.Member{Account: from, Status: wire.Administrator, Rights: world.AllRights().In(c.Kind)}
	})
	c.LogMember(from, "transfer", to.Name())
}

// Demote has the owner make an administrator an ordinary member again.
func Demote(c *world.Chat, a *world.Account) {
	c.Change(c.Owner(), a, func(m *world.Member) { *m = world.Member{Account: a, Status: wire.Member} })
	c.LogMember(c.Owner(), "demote", a.Name())
}

func unixOr0(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
