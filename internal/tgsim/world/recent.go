package world

import (
	"slices"
	"time"
)

const recentSpan = 48 * 3600

// Recent drops what is too old and returns the rest.
func (c *Chat) Recent() []RecentAction {
	oldest := c.World.Opts.Now().Add(-recentSpan * time.Second)
	i := slices.IndexFunc(c.log, func(a RecentAction) bool { return a.Time.After(oldest) })
	if i < 0 {
		i = len(c.log)
	}
	c.log = c.log[i:]
	return c.log
}

// LogDeletion notes who deleted a message.
func (c *Chat) LogDeletion(by *Account, m *Message) {
	c.Note(RecentAction{By: by.Name(), Action: "delete", Message: m, Sender: m.Sender(), Text: m.Content()})
}

// LogMember notes what was done to a member.
func (c *Chat) LogMember(by *Account, action string, who string) {
	c.Note(RecentAction{By: by.Name(), Action: action, Member: who})
}

// Note adds an entry to the recent actions, if the chat has such.
func (c *Chat) Note(a RecentAction) {
	if c.Kind != Supergroup && c.Kind != Channel {
		return
	}
	a.Time = c.World.Opts.Now()
	c.log = append(c.log, a)
	if keep := c.World.Opts.KeepMessages; keep > 0 && len(c.log) >= 2*keep {
		c.log = slices.Clone(c.log[len(c.log)-keep:])
	}
}
