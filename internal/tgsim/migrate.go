package tgsim

import "maps"

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
	c.service(owner, &service{MigrateToChatID: up.id})
	c.migratedTo = up
	up.service(owner, &service{MigrateFromChatID: c.id})
	return up
}
