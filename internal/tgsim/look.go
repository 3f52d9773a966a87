package tgsim

import (
	"slices"
)

// Chats lists all chats in order of their creation, private dialogs included.
func (s *Sim) Chats() []*Chat {
	s.Lock()
	defer s.Unlock()
	return slices.Clone(s.chats)
}

// Bots lists all bots in the order in which they were added.
func (s *Sim) Bots() []*Bot {
	s.Lock()
	defer s.Unlock()
	return slices.Clone(s.bots)
}

// Chat returns the group or channel with the id, or nil.
func (s *Sim) Chat(id int64) *Chat {
	s.Lock()
	defer s.Unlock()
	return s.byChatID[id]
}

// User returns the user with the id, or nil.
func (s *Sim) User(id int64) *User {
	s.Lock()
	defer s.Unlock()
	if a := s.accounts[id]; a != nil {
		return a.user
	}
	return nil
}

// Message returns the ordinary message with the id, or nil if there is none
// any more.
func (c *Chat) Message(id int) *Message {
	c.sim.Lock()
	defer c.sim.Unlock()
	return c.history.get(id)
}

// Members lists who is in the chat, in order of their ids.
func (c *Chat) Members() []Account {
	c.sim.Lock()
	defer c.sim.Unlock()
	var in []*account
	for _, m := range c.members {
		if c.member(m.account).in() {
			in = append(in, m.account)
		}
	}
	slices.SortFunc(in, func(a, b *account) int { return int(a.id - b.id) })
	list := make([]Account, len(in))
	for i, a := range in {
		list[i] = a.owner()
	}
	return list
}

// owner is the *User or *Bot of the account.
func (a *account) owner() Account {
	if a.bot != nil {
		return a.bot
	}
	return a.user
}

// CanSee says whether the user can look into the chat now: as a member, or
// because it is public and they are not banned.
func (c *Chat) CanSee(u *User) bool {
	c.sim.Lock()
	defer c.sim.Unlock()
	return c.lookedInBy(u)
}
