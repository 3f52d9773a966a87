package deliver

import (
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
)

// seenFor is how long what Telegram said of a member is as good as new. A ban follows its notice, before which Telegram was
// asked, and need not wait for the same question again.
const seenFor = time.Second

// seenMembers is what Telegram said a moment ago of those who are about to be put out. Each answer is used once.
type seenMembers struct {
	mu      sync.Mutex
	members map[memberOf]seenMember
}

type memberOf struct{ chat, person int64 }

type seenMember struct {
	wire.Member
	at time.Time
}

// keep notes what Telegram said of a member.
func (s *seenMembers) keep(chat, person int64, m wire.Member, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for who, seen := range s.members {
		if seen.old(now) {
			delete(s.members, who)
		}
	}
	if s.members == nil {
		s.members = map[memberOf]seenMember{}
	}
	s.members[memberOf{chat, person}] = seenMember{m, now}
}

// take returns what Telegram said of a member within [seenFor], if nobody took it.
func (s *seenMembers) take(chat, person int64, now time.Time) (m wire.Member, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	who := memberOf{chat, person}
	seen, found := s.members[who]
	delete(s.members, who)
	return seen.Member, found && !seen.old(now)
}

func (s seenMember) old(now time.Time) bool { return now.Sub(s.at) > seenFor || now.Before(s.at) }
