package tgsim

// A flood makes updates only when the bot is about to fetch them, so that
// millions of them need no memory.
type flood struct {
	made, total int
	make        func(i int)
}

// Flood promises the bot n rounds of events. make(i) is called, in order and
// without locks, whenever the bot's queue runs low; it should send one
// message or press one button. Memory stays flat together with
// Options.KeepMessages.
func (s *lines) flood(b *Bot, n int, make func(i int)) {
	s.Lock()
	defer s.Unlock()
	l := s.of(b)
	l.floods = append(l.floods, &flood{total: n, make: make})
	s.Touch()
}

// Chatter is a function for Flood: ordinary messages, going round the groups
// and the users. A message that Telegram would refuse is left out.
func Chatter(groups []*Chat, users []*User, text string) func(i int) {
	return func(i int) {
		users[i%len(users)].Send(groups[i/len(users)%len(groups)], text) //nolint:errcheck // refusals are part of chatter
	}
}

// runFloods makes events until the bot has enough updates. It releases the
// lock around each call of make.
func (s *lines) runFloods(b *Bot, enough int) {
	q, l := &b.queue, s.of(b)
	for len(q.pending) < enough && len(l.floods) > 0 {
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
