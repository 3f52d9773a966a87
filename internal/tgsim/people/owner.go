package people

import (
	"errors"
	"maps"
	"slices"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// OpenTopic opens a topic in a forum, in the owner's name.
func OpenTopic(c *world.Chat, name string) *world.Topic {
	if !c.Forum {
		panic("tgsim: topics need a forum")
	}
	t := &world.Topic{Chat: c, Name: name}
	m := c.NewMessage(c.Owner())
	m.Topic = t
	m.Service = &wire.Service{ForumTopicCreated: &wire.Topic{Name: name, IconColor: 7322096}}
	t.Created = m
	c.Topics = append(c.Topics, t)
	c.Post(m)
	return t
}

// DirectMessages is where people write to the channel in private. Bots that
// administer the channel see it as a supergroup with is_direct_messages. Each
// person reads a topic of their own, the channel's administrators all of them.
func DirectMessages(c *world.Chat) *world.Chat {
	if c.Kind != world.Channel {
		panic("tgsim: only channels have direct messages")
	}
	if c.Direct == nil {
		c.Direct = c.World.MakeChat(world.Supergroup, c.Title, nil)
		c.Direct.Parent, c.Direct.Members = c, c.Members
		c.Direct.Wire.IsDirectMessages = true
	}
	return c.Direct
}

// Migrate upgrades a basic group to a supergroup and returns that: members,
// administrators and bots come along, messages do not, and message ids start
// again.
func Migrate(c *world.Chat) *world.Chat {
	s := c.World
	if c.Kind != world.Group || c.MigratedTo != nil {
		panic("tgsim: only a basic group can be upgraded, and only once")
	}
	up := s.MakeChat(world.Supergroup, c.Title, nil)
	up.Perms = c.Perms
	for id, m := range c.Members {
		moved := *m
		up.Members[id] = &moved
	}
	up.Bots = append(up.Bots, c.Bots...)
	maps.Copy(up.Open, c.Open)
	owner := c.Owner()
	c.Service(owner, &wire.Service{MigrateToChatID: up.ID})
	c.MigratedTo = up
	up.Service(owner, &wire.Service{MigrateFromChatID: c.ID})
	return up
}

// Link makes the supergroup the discussion group of the channel: the
// channel's posts are forwarded into it.
func Link(c *world.Chat, channel *world.Chat) {
	if c.Kind != world.Supergroup || channel.Kind != world.Channel {
		panic("tgsim: only a channel can be linked, and only to a supergroup")
	}
	c.Linked, channel.Linked = channel, c
}

// SetChatUsername makes the chat public under a name, or private with "". Nobody
// is told.
func SetChatUsername(c *world.Chat, name string) {
	c.World.MoveUsername(&c.Username, name, c)
	c.Wire.Username = name
	c.World.Show()
}

// DeleteChat has the owner delete the group or channel: nobody sees it any more.
// Bots are not told; their calls fail from then on.
func DeleteChat(c *world.Chat) {
	if c.Kind == world.Private {
		panic("tgsim: only groups and channels can be deleted")
	}
	c.Deleted = true
	c.World.MoveUsername(&c.Username, "", c)
	c.Wire.Username = ""
	if c.Linked != nil {
		c.Linked.Linked, c.Linked = nil, nil
	}
	c.World.Show()
}

// RecentActions is what the administrator reads there, oldest first.
func RecentActions(c *world.Chat, admin *world.User) ([]world.RecentAction, error) {
	switch {
	case c.Kind != world.Supergroup && c.Kind != world.Channel:
		return nil, errors.New("only supergroups and channels have recent actions")
	case !c.Member(admin.Account).Admin():
		return nil, errors.New("CHAT_ADMIN_REQUIRED: only administrators see recent actions")
	}
	return slices.Clone(c.Recent()), nil
}
