package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Link makes the supergroup the discussion group of the channel: the
// channel's posts are forwarded into it.
func (c *Chat) Link(channel *Chat) {
	c.sim.Lock()
	defer c.sim.Unlock()
	if c.kind != Supergroup || channel.kind != Channel {
		panic("tgsim: only a channel can be linked, and only to a supergroup")
	}
	c.linked, channel.linked = channel, c
}

// SetPermissions sets what all members may do by default.
func (c *Chat) SetPermissions(p wire.Permissions) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.perms = p
}

// SetUsername makes the chat public under a name, or private with "". Nobody
// is told.
func (c *Chat) SetUsername(name string) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.sim.moveUsername(&c.username, name, c)
	c.wire.Username = name
	c.sim.Show()
}

// Delete has the owner delete the group or channel: nobody sees it any more.
// Bots are not told; their calls fail from then on.
func (c *Chat) Delete() {
	c.sim.Lock()
	defer c.sim.Unlock()
	if c.kind == Private {
		panic("tgsim: only groups and channels can be deleted")
	}
	c.deleted = true
	c.sim.moveUsername(&c.username, "", c)
	c.wire.Username = ""
	if c.linked != nil {
		c.linked.linked, c.linked = nil, nil
	}
	c.sim.Show()
}

// errDeleted is what a call about a deleted chat is answered. The server takes
// a supergroup or channel that it may not look into any more for one that the
// bot was removed from.
func (c *Chat) errDeleted() *wire.Error {
	if c.kind == Group {
		return wire.Forbidden("the group chat was deleted")
	}
	return wire.Forbidden("bot was kicked from the " + c.kindName())
}
