package tgsim

import (
	"maps"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Migrate upgrades a basic group to a supergroup and returns that: members,
// administrators and bots come along, messages do not, and message ids start
// again.
func (c *Chat) Migrate() *Chat {
	s := c.sim
	s.Lock()
	defer s.Unlock()
	if c.kind != Group || c.migratedTo != nil {
		panic("tgsim: only a basic group can be upgraded, and only once")
	}
	up := s.makeChat(Supergroup, c.title, nil)
	up.perms = c.perms
	for id, m := range c.members {
		moved := *m
		up.members[id] = &moved
	}
	up.bots = append(up.bots, c.bots...)
	maps.Copy(up.open, c.open)
	owner := c.owner()
	c.service(owner, &wire.Service{MigrateToChatID: up.id})
	c.migratedTo = up
	up.service(owner, &wire.Service{MigrateFromChatID: c.id})
	return up
}
