package simulate

import (
	"cmp"
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"
)

// Adapt has the attackers of each scenario search for the strategy that serves them best against the full engine. They know the
// code and the settings. What they try, they try on groups of their own, from which no result is made. The random source of
// those groups has another name. Done is called after each scenario, by several goroutines at once; it may be nil.
//
// The search begins with the best strategy known so far and with some of chance. The best of these is changed a
// little, again and again, and each change is kept that is better. In the end the best few are tried once more on other
// groups. The same seed finds the same strategies.
func Adapt(ctx context.Context, p Params, scenarios []Scenario, done func()) error {
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i := range scenarios {
		work.Go(func() error {
			err := scenarios[i].adapt(ctx, p)
			if done != nil {
				done()
			}
			return err
		})
	}
	return work.Wait()
}

// tried is a strategy and what it gained.
type tried struct {
	chosen Strategy
	gain   float64
}

// adapt finds the strategy of one scenario.
func (s *Scenario) adapt(ctx context.Context, p Params) error {
	if s.gain == nil || p.Restarts+p.Climbs == 0 { // then there is nothing to choose from
		return nil
	}
	p = training(p)
	c := chanceOf(p.Seed, "search of "+s.Name, 0)
	all := []tried{{s.plan.chosen, s.try(p, s.plan.chosen, 0)}}
	for k := range p.Restarts + p.Climbs {
		if err := ctx.Err(); err != nil {
			return err
		}
		x := c.strategy(len(s.plan.knobs))
		if k >= p.Restarts {
			x = c.nudged(best(all).chosen)
		}
		all = append(all, tried{x, s.try(p, x, 0)})
	}
	s.plan.chosen = s.again(p, all)
	return nil
}

// again tries the best few once more, with what is known already, on groups that they were not chosen by: of many strategies
// some look good by luck.
func (s *Scenario) again(p Params, all []tried) Strategy {
	const few = 3
	known := all[0]
	slices.SortStableFunc(all, func(a, b tried) int { return cmp.Compare(b.gain, a.gain) })
	final := []tried{known}
	for _, t := range all[:min(few, len(all))] {
		if !slices.Equal(t.chosen, known.chosen) { // whose gain would be the same again
			final = append(final, t)
		}
	}
	for i := range final {
		final[i].gain = 0
		for k := range 2 {
			final[i].gain += s.try(p, final[i].chosen, 1+k)
		}
	}
	return best(final).chosen
}

// best is the one that gained most; of several, the first.
func best(all []tried) tried {
	most := all[0]
	for _, t := range all[1:] {
		if t.gain > most.gain {
			most = t
		}
	}
	return most
}

// training is with what attackers try their strategies: groups in which less happens beside.
func training(p Params) Params {
	q := QuickParams()
	p.Innocent, p.Offences = min(p.Innocent, q.Innocent), min(p.Offences, q.Offences)
	return p
}

// try is what a strategy gains on some of the groups of the training.
func (s *Scenario) try(p Params, x Strategy, part int) float64 {
	own := *s
	own.plan.chosen = x
	all, n := own.blank([]Policy{fullPolicy}), p.Train
	if s.train > 0 {
		n = min(n, s.train)
	}
	for k := range n {
		for i, r := range own.play(p, "training of "+own.Name, part*n+k, []Policy{fullPolicy}) {
			all[i].add(r)
		}
	}
	return s.gain(all)
}

// strategy is one of chance.
func (c chance) strategy(n int) Strategy {
	x := make(Strategy, n)
	for i := range x {
		x[i] = c.Float64()
	}
	return x
}

// nudged is a strategy with one or two of its numbers changed: a little, or to any other.
func (c chance) nudged(x Strategy) Strategy {
	y := append(Strategy{}, x...)
	for range 1 + c.IntN(2) {
		i := c.IntN(len(y))
		if c.flip(0.3) {
			y[i] = c.Float64()
			continue
		}
		y[i] = min(1, max(0, y[i]+0.15*c.NormFloat64()))
	}
	return y
}
