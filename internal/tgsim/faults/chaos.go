package faults

import "math/rand/v2"

// Chaos makes calls fail at random, the same way for the same seed and the
// same order of calls.
type Chaos struct {
	Seed        uint64
	Probability float64 // of each call, getUpdates included
	Kinds       []Kind  // nil means TooManyRequests, ServerError, Reset and LostAnswer
	Max         int     // stop after so many faults; 0 is never
}

type chaos struct {
	Chaos
	rand *rand.Rand
	hits int
}

func newChaos(c Chaos) *chaos {
	if c.Kinds == nil {
		c.Kinds = []Kind{TooManyRequests, ServerError, Reset, LostAnswer}
	}
	return &chaos{Chaos: c, rand: rand.New(rand.NewPCG(c.Seed, 1))}
}

// pick decides about one call.
func (c *chaos) pick() *Fault {
	if c.Max > 0 && c.hits >= c.Max || c.rand.Float64() >= c.Probability {
		return nil
	}
	c.hits++
	return &Fault{Kind: c.Kinds[c.rand.IntN(len(c.Kinds))], RetryAfter: 1}
}
