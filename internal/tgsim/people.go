package tgsim

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Add brings a user or a bot into the chat, in the owner's name.
func (c *Chat) Add(accounts ...Account) {
	c.sim.Lock()
	defer c.sim.Unlock()
	for _, a := range accounts {
		if b := a.acc().bot; b != nil && c.kind != Channel && !b.setting("can_join_groups") {
			continue // apps do not offer it
		}
		if !c.member(a.acc()).in() {
			c.enter(c.owner(), a.acc())
		}
	}
}

// Join has users come in by themselves; banned ones can't.
func (c *Chat) Join(users ...*User) error {
	c.sim.Lock()
	defer c.sim.Unlock()
	for _, u := range users {
		m := c.member(u.account)
		switch {
		case c.deleted:
			return fmt.Errorf("%s was deleted", c.title)
		case m.status == wire.Kicked:
			return fmt.Errorf("%s is banned from %s", u.Name(), c.title)
		case !m.in():
			c.enter(u.account, u.account)
		}
	}
	return nil
}

// Leave has the user go.
func (c *Chat) Leave(u *User) {
	c.sim.Lock()
	defer c.sim.Unlock()
	if c.member(u.account).in() {
		c.exit(u.account, u.account, wire.Left, 0)
	}
}

// Kick has the owner ban the account for ever.
func (c *Chat) Kick(a Account) { c.Ban(a, time.Time{}) }

// Ban has the owner ban the account until a time, zero for ever.
func (c *Chat) Ban(a Account, until time.Time) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.ban(c.owner(), a.acc(), unixOr0(until))
}

// DeleteFrom has the owner delete all that the account wrote in its own name,
// as apps offer to do with a ban. Bots learn nothing of it.
func (c *Chat) DeleteFrom(a Account) {
	c.sim.Lock()
	defer c.sim.Unlock()
	for _, m := range slices.Clone(c.history.list) {
		if m.from == a.acc() && m.service == nil && !m.deleted {
			m.remove()
			c.logDeletion(c.owner(), m)
		}
	}
}

// Unban has the owner lift a ban; the account is not in the chat then.
func (c *Chat) Unban(a Account) {
	c.sim.Lock()
	defer c.sim.Unlock()
	if c.member(a.acc()).status == wire.Kicked {
		c.exit(c.owner(), a.acc(), wire.Left, 0)
		c.logMember(c.owner(), "unban", a.Name())
	}
}

// Restrict has the owner restrict the account until a time, zero for ever;
// AllPermissions lifts it.
func (c *Chat) Restrict(a Account, p wire.Permissions, until time.Time) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.restrict(c.owner(), a.acc(), p, unixOr0(until))
}

// Promote has the owner make the account an administrator.
func (c *Chat) Promote(a Account, r Rights) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.change(c.owner(), a.acc(), func(m *member) {
		if m.status == wire.Creator {
			m.rights = r
			return
		}
		*m = member{account: a.acc(), status: wire.Administrator, rights: r.in(c.kind)}
	})
	c.logMember(c.owner(), "promote", a.Name())
}

// Demote has the owner make an administrator an ordinary member again.
func (c *Chat) Demote(a Account) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.change(c.owner(), a.acc(), func(m *member) { *m = member{account: a.acc(), status: wire.Member} })
	c.logMember(c.owner(), "demote", a.Name())
}

// BanChannel keeps a channel from posting, as the owner. Bots are told nothing of it.
func (c *Chat) BanChannel(channel *Chat) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.bannedChats[channel.id] = true
}

// UnbanChannel lifts a ban of a channel's posts, as the owner.
func (c *Chat) UnbanChannel(channel *Chat) {
	c.sim.Lock()
	defer c.sim.Unlock()
	delete(c.bannedChats, channel.id)
}

// ChannelBanned says whether the channel may not post in the chat.
func (c *Chat) ChannelBanned(channel *Chat) bool {
	c.sim.Lock()
	defer c.sim.Unlock()
	return c.bannedChats[channel.id]
}

func unixOr0(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// Start opens the private chat with the bot, with a start parameter or "".
func (u *User) Start(b *Bot, payload string) (*Message, error) {
	text := "/start"
	if payload != "" {
		text += " " + payload
	}
	u.Unblock(b)
	return u.SendPrivate(b, text)
}

// SendPrivate writes to the bot in private.
func (u *User) SendPrivate(b *Bot, text string, opts ...SendOption) (*Message, error) {
	return u.Send(u.Dialog(b), text, opts...)
}

// Dialog is the user's private chat with the bot. Asking for it opens it.
func (u *User) Dialog(b *Bot) *Chat {
	u.sim.Lock()
	defer u.sim.Unlock()
	return u.sim.dialog(u, b)
}

// Block has the user block the bot.
func (u *User) Block(b *Bot) { u.setBlocked(b, true) }

// Unblock has the user unblock the bot.
func (u *User) Unblock(b *Bot) { u.setBlocked(b, false) }

func (u *User) setBlocked(b *Bot, blocked bool) {
	u.sim.Lock()
	defer u.sim.Unlock()
	if u.blocked[b] == blocked {
		return
	}
	u.blocked[b] = blocked
	statuses := map[bool]any{
		false: wire.MemberPlain{Status: wire.Member, User: b.wire},
		true:  wire.MemberBanned{Status: wire.Kicked, User: b.wire},
	}
	chat := u.sim.dialog(u, b)
	b.enqueue("my_chat_member", wire.Encode(wire.MemberUpdated{
		Chat: chat.wire, From: u.wire, Date: u.sim.unix(), Old: statuses[!blocked], New: statuses[blocked],
	}), chat.id, dayTTL)
}

// Delete has the user delete a message: their own, or anyone's with the
// right to. Bots learn nothing of it.
func (u *User) Delete(m *Message) error {
	s := u.sim
	s.Lock()
	defer s.Unlock()
	me := m.chat.member(u.account)
	switch {
	case m.deleted:
		return errors.New("the message is gone")
	case m.Ephemeral():
		if m.author != u.account && m.receiver != u.account {
			return errors.New("the message is somebody else's")
		}
		m.removeEphemeral()
		return nil
	case m.author != u.account && m.chat.kind != Private && !me.can(mayDelete):
		return fmt.Errorf("%s may not delete it", u.Name())
	}
	m.remove()
	if me.admin() {
		m.chat.logDeletion(u.account, m)
	}
	return nil
}

// Edit has the user change the text of their own message.
func (u *User) Edit(m *Message, text string) error {
	s := u.sim
	s.Lock()
	defer s.Unlock()
	if m.author != u.account || m.deleted || m.Ephemeral() || m.media != nil && !m.media.kind.captioned() {
		return fmt.Errorf("%s can't edit it", u.Name())
	}
	m.chat.note(RecentAction{By: u.Name(), Action: "edit", Message: m, Sender: m.sender(), Text: m.content()})
	m.text, m.entities = text, richtext.EntitiesOf(text)
	m.edited = max(s.unix(), m.date)
	s.Show()
	m.chat.deliver(m)
	return nil
}
