package storage

import "sync"

// username is an @username in a group, in small letters.
type username struct {
	chat int64
	name string
}

// owner is whom a username meant, on a day.
type owner struct{ person, day int64 }

// seenHandles remembers what was written of late, so that it is not written again. It holds two
// generations: when the younger is full the older is dropped.
type seenHandles struct {
	mu         sync.Mutex
	young, old map[username]owner
}

// seenAtMost is how many are in one generation: some 10 MB for both.
const seenAtMost = 50_000

func (s *seenHandles) of(name username) owner {
	s.mu.Lock()
	defer s.mu.Unlock()
	if who, ok := s.young[name]; ok {
		return who
	}
	return s.old[name]
}

func (s *seenHandles) add(seen map[username]owner) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, who := range seen {
		if len(s.young) >= seenAtMost || s.young == nil {
			s.old, s.young = s.young, make(map[username]owner)
		}
		s.young[name] = who
	}
}
