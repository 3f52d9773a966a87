package world

import (
	"fmt"
)

// InlineID is what bots call the message by in presses that come without it.
func (m *Message) InlineID() string {
	id := fmt.Sprintf("AQ%d", m.seq)
	m.World.Inlines[id] = m
	return id
}

// ForgetQueries keeps the memory of presses small in long runs.
func (s *World) ForgetQueries() {
	if len(s.Queries) < s.manyQueries {
		return
	}
	for id, p := range s.Queries {
		age := s.Unix() - p.At
		if age > CallbackTTL || p.Answered && age > ActionWindow {
			delete(s.Queries, id)
		}
	}
	s.manyQueries = max(10_000, 2*len(s.Queries))
}
