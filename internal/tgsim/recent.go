package tgsim

import (
	"errors"
	"slices"
	"time"
)

const recentSpan = 48 * 3600

// RecentAction is an entry of a supergroup's "recent actions", which every
// administrator can read for 48 hours.
type RecentAction struct {
	Time   time.Time
	By     string // who did it
	Action string // "delete", "edit", "ban", "unban", "restrict", "promote" and so on

	// Of deletions and edits: the whole message as it was.
	Message *Message
	Sender  string
	Text    string

	// Of changes of members.
	Member string
}

// RecentActions is what the administrator reads there, oldest first.
func (c *Chat) RecentActions(admin *User) ([]RecentAction, error) {
	c.sim.Lock()
	defer c.sim.Unlock()
	switch {
	case c.kind != Supergroup && c.kind != Channel:
		return nil, errors.New("only supergroups and channels have recent actions")
	case !c.member(admin.account).admin():
		return nil, errors.New("CHAT_ADMIN_REQUIRED: only administrators see recent actions")
	}
	return slices.Clone(c.recent()), nil
}

// recent drops what is too old and returns the rest.
func (c *Chat) recent() []RecentAction {
	oldest := c.sim.opts.Now().Add(-recentSpan * time.Second)
	i := slices.IndexFunc(c.log, func(a RecentAction) bool { return a.Time.After(oldest) })
	if i < 0 {
		i = len(c.log)
	}
	c.log = c.log[i:]
	return c.log
}

func (c *Chat) logDeletion(by *account, m *Message) {
	c.note(RecentAction{By: by.Name(), Action: "delete", Message: m, Sender: m.sender(), Text: m.content()})
}

func (c *Chat) logMember(by *account, action string, who string) {
	c.note(RecentAction{By: by.Name(), Action: action, Member: who})
}

func (c *Chat) note(a RecentAction) {
	if c.kind != Supergroup && c.kind != Channel {
		return
	}
	a.Time = c.sim.opts.Now()
	c.log = append(c.log, a)
	if keep := c.sim.opts.KeepMessages; keep > 0 && len(c.log) >= 2*keep {
		c.log = slices.Clone(c.log[len(c.log)-keep:])
	}
}
