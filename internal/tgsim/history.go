package tgsim

import (
	"slices"
)

// A history is a chat's messages in order of their ids. Deleted messages
// stay as gaps until there are many of them.
type history struct {
	list []*Message
	gone int
}

func (h *history) add(m *Message, keep int) {
	h.list = append(h.list, m)
	if keep > 0 && len(h.list) >= 2*keep {
		// Copying lets the old ones go and keeps appending cheap.
		h.list = append(make([]*Message, 0, 2*keep), h.list[len(h.list)-keep:]...)
	}
}

// get returns the message with the id, or nil if there is none any more.
func (h *history) get(id int) *Message {
	i, ok := slices.BinarySearchFunc(h.list, id, func(m *Message, id int) int { return m.id - id })
	if !ok || h.list[i].deleted {
		return nil
	}
	return h.list[i]
}

// removed notes that a message was marked as deleted.
func (h *history) removed() {
	h.gone++
	if h.gone > 64 && h.gone > len(h.list)/2 {
		h.list = slices.DeleteFunc(h.list, func(m *Message) bool { return m.deleted })
		h.gone = 0
	}
}
