package faults

import (
	"math/rand/v2"
	"time"
)

// CallTime is how long a call takes on its way to Telegram and back, getUpdates included: at random, but never less
// than Least and never more than Most. The same seed and the same order of calls give the same times. The zero value is no
// time at all.
type CallTime struct {
	Least, Most time.Duration
	Seed        uint64
}

// SetCallTime changes how long calls take from now on.
func (s *Set) SetCallTime(t CallTime) {
	s.callTime, s.random = t, rand.New(rand.NewPCG(t.Seed, 2))
}

// CallTime draws how long the next call takes.
func (s *Set) CallTime() time.Duration {
	t := s.callTime
	if t.Most <= t.Least {
		return t.Least
	}
	return t.Least + time.Duration(s.random.Int64N(int64(t.Most-t.Least)+1))
}
