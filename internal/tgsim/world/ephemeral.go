package world

import (
	"slices"
)

// ActionWindow is how long, in seconds, a bot may answer an action with an
// ephemeral message without being an administrator.
const ActionWindow = 15

// PostEphemeral gives the message its number and shows it to its two ends.
func (c *Chat) PostEphemeral(m *Message, user *Account, b *Bot) {
	key := boxKey{user.ID, b}
	bx := c.boxes[key]
	if bx == nil {
		bx = &box{}
		c.boxes[key] = bx
	}
	if len(bx.free) > 0 {
		m.EphemeralID, bx.free = bx.free[0], bx.free[1:]
	} else {
		bx.last++
		m.EphemeralID = bx.last
	}
	c.World.lastSeq++
	m.seq = c.World.lastSeq
	c.Ephemerals = append(c.Ephemerals, m)
	if keep := c.World.Opts.KeepMessages; keep > 0 && len(c.Ephemerals) >= 2*keep {
		c.Ephemerals = slices.Clone(c.Ephemerals[len(c.Ephemerals)-keep:])
	}
	c.World.Show()
}

// Ephemeral finds a live ephemeral message between the bot and the user.
func (c *Chat) Ephemeral(b *Bot, user int64, id int) *Message {
	for _, m := range slices.Backward(c.Ephemerals) {
		if m.EphemeralID == id && !m.Deleted && m.between(b, user) {
			return m
		}
	}
	return nil
}

// RemoveEphemeral deletes the message and frees its number. The app of a receiver who is offline never hears of it, and goes on
// showing it.
func (m *Message) RemoveEphemeral() {
	key := boxKey{m.Receiver.ID, m.Author.Bot}
	if m.Author.Bot == nil {
		key = boxKey{m.Author.ID, m.Receiver.Bot}
	}
	m.Deleted = true
	if m.Stays = m.Receiver.User != nil && m.Receiver.User.Offline && !m.Lost; m.Stays {
		bx := m.Chat.boxes[key]
		bx.free = append(bx.free, m.EphemeralID)
		return
	}
	m.Chat.Ephemerals = slices.DeleteFunc(slices.Clone(m.Chat.Ephemerals), func(o *Message) bool { return o == m })
	bx := m.Chat.boxes[key]
	bx.free = append(bx.free, m.EphemeralID)
	m.World.Show()
}
