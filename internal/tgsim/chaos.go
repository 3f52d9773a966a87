package tgsim

import "math/rand/v2"

// Chaos makes calls fail at random, the same way for the same seed and the
// same order of calls.
type Chaos struct {
	Seed        uint64
	Probability float64     // of each call, getUpdates included
	Kinds       []FaultKind // nil means TooManyRequests, ServerError, Reset and LostAnswer
	Max         int         // stop after so many faults; 0 is never
}

type chaosState struct {
	Chaos
	rand *rand.Rand
	hits int
}

func newChaos(c Chaos) *chaosState {
	if c.Kinds == nil {
		c.Kinds = []FaultKind{TooManyRequests, ServerError, Reset, LostAnswer}
	}
	return &chaosState{Chaos: c, rand: rand.New(rand.NewPCG(c.Seed, 1))}
}

// pick decides about one call.
func (c *chaosState) pick() *Fault {
	if c.Max > 0 && c.hits >= c.Max || c.rand.Float64() >= c.Probability {
		return nil
	}
	c.hits++
	return &Fault{Kind: c.Kinds[c.rand.IntN(len(c.Kinds))], RetryAfter: 1}
}

// SetChaos changes or, with nil, ends the random faults.
func (s *Sim) SetChaos(c *Chaos) {
	s.Lock()
	defer s.Unlock()
	s.chaos = nil
	if c != nil {
		s.chaos = newChaos(*c)
	}
}
