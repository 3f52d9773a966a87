package updates

import (
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/world"
)

// A flood makes updates only when the bot is about to fetch them, so that
// millions of them need no memory.
type flood struct {
	made, total int
	make        func(i int)
}

// Flood promises the bot n rounds of events. Whenever the bot's queue runs low, make(i) is called, in order and without
// locks. It should send one message or press one button. Memory stays flat together with Options.KeepMessages.
func (s *Lines) Flood(b *world.Bot, n int, make func(i int)) {
	s.Lock()
	defer s.Unlock()
	l := s.of(b)
	l.floods = append(l.floods, &flood{total: n, make: make})
	s.Touch()
}

// runFloods makes events until the bot has enough updates. It releases the
// lock around each call of make.
func (s *Lines) runFloods(b *world.Bot, enough int) {
	q, l := &b.Queue, s.of(b)
	for len(q.Pending) < enough && len(l.floods) > 0 {
		f := l.floods[0]
		if f.made == f.total {
			l.floods = l.floods[1:]
			s.Touch()
			continue
		}
		i := f.made
		f.made++
		s.Unlock()
		f.make(i)
		s.Lock()
	}
}
