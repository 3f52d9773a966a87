package tgsim

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// Close closes the topic, in the owner's name: only administrators who may
// manage topics can write there.
func (t *Topic) Close() {
	t.chat.sim.Lock()
	defer t.chat.sim.Unlock()
	t.setClosed(true)
}

// Reopen lets everybody write in the topic again.
func (t *Topic) Reopen() {
	t.chat.sim.Lock()
	defer t.chat.sim.Unlock()
	t.setClosed(false)
}

func (t *Topic) setClosed(closed bool) {
	t.closed = closed
	t.chat.tellClosed(t, closed)
}

// CloseGeneral closes the topic of a forum that has no number.
func (c *Chat) CloseGeneral() { c.setGeneralClosed(true) }

// ReopenGeneral lets everybody write in General again.
func (c *Chat) ReopenGeneral() { c.setGeneralClosed(false) }

func (c *Chat) setGeneralClosed(closed bool) {
	c.sim.Lock()
	defer c.sim.Unlock()
	c.generalClosed = closed
	c.tellClosed(nil, closed)
}

// tellClosed posts the service message about a topic, nil for General.
func (c *Chat) tellClosed(t *Topic, closed bool) {
	m := c.newMessage(c.owner())
	m.topic = t
	m.service = &wire.Service{ForumTopicReopened: &struct{}{}}
	if closed {
		m.service = &wire.Service{ForumTopicClosed: &struct{}{}}
	}
	c.post(m)
}

// closedTo says whether the member may not write in the topic, nil for General,
// because it is closed.
func (c *Chat) closedTo(me *member, t *Topic) bool {
	closed := c.generalClosed
	if t != nil {
		closed = t.closed
	}
	return closed && !me.can(mayManageTopics)
}

func mayManageTopics(r Rights) bool { return r.ManageTopics }
