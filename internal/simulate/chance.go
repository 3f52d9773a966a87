package simulate

import (
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// chance is where a group's randomness comes from.
type chance struct {
	*rand.Rand

	group int // its number
}

// chanceOf is the chance of one group: the same for every policy, and on any number of cores.
func chanceOf(seed uint64, scenario string, group int) chance {
	h := fnv.New64a()
	h.Write([]byte(scenario))
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()+uint64(group))), group}
}

// beta draws from Beta(a, b): of two gammas, each the sum of as many exponentials.
func (c chance) beta(a, b int) float64 {
	x, y := c.gamma(a), c.gamma(b)
	return x / (x + y)
}

func (c chance) gamma(shape int) float64 {
	sum := 0.0
	for range shape {
		sum += c.ExpFloat64()
	}
	return sum
}

func (c chance) flip(p float64) bool { return c.Float64() < p }

// exp draws a time of that mean, exponentially distributed.
func (c chance) exp(mean time.Duration) time.Duration {
	return time.Duration(c.ExpFloat64() * float64(mean))
}

// within draws a time below d.
func (c chance) within(d time.Duration) time.Duration {
	return time.Duration(c.Float64() * float64(d))
}
