package world

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// SetClosed closes or reopens the topic, in the owner's name.
func (t *Topic) SetClosed(closed bool) {
	t.closed = closed
	t.Chat.tellClosed(t, closed)
}

// SetGeneralClosed closes or reopens the topic of a forum that has no number.
func (c *Chat) SetGeneralClosed(closed bool) {
	c.generalClosed = closed
	c.tellClosed(nil, closed)
}

// tellClosed posts the service message about a topic, nil for General.
func (c *Chat) tellClosed(t *Topic, closed bool) {
	m := c.NewMessage(c.Owner())
	m.Topic = t
	m.Service = &wire.Service{ForumTopicReopened: &struct{}{}}
	if closed {
		m.Service = &wire.Service{ForumTopicClosed: &struct{}{}}
	}
	c.Post(m)
}

// ClosedTo says whether the member may not write in the topic, nil for General,
// because it is closed.
func (c *Chat) ClosedTo(me *Member, t *Topic) bool {
	closed := c.generalClosed
	if t != nil {
		closed = t.closed
	}
	return closed && !me.Can(mayManageTopics)
}
