package simulate

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// Run plays all groups of all scenarios under some policies, on all cores. Done is called after each group,
// by several goroutines at once; it may be nil.
func Run(ctx context.Context, p Params, scenarios []Scenario, policies []Policy, done func()) ([]Result, error) {
	parts := make([][][]Result, len(scenarios)) // by scenario and group
	work, ctx := errgroup.WithContext(ctx)
	work.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range scenarios {
		parts[i] = make([][]Result, s.Groups)
		for k := range s.Groups {
			work.Go(func() error {
				if err := ctx.Err(); err != nil {
					return err
				}
				parts[i][k] = s.group(p, k, policies)
				if done != nil {
					done()
				}
				return nil
			})
		}
	}
	if err := work.Wait(); err != nil {
		return nil, err
	}
	var all []Result
	for i, s := range scenarios {
		all = append(all, s.merge(parts[i], policies)...)
	}
	return all, nil
}

// Groups is how many groups the scenarios have.
func Groups(scenarios []Scenario) int {
	n := 0
	for _, s := range scenarios {
		n += s.Groups
	}
	return n
}

// group plays one group under all policies.
func (s Scenario) group(p Params, number int, policies []Policy) []Result {
	script := s.script(p, chanceOf(p.Seed, s.Name, number))
	all := s.blank(policies)
	counted := Play(&script, Policies()[0], p.Policy) // by the count of three, that all are compared with
	for i, policy := range policies {
		out := counted
		if policy.Name != Policies()[0].Name {
			out = Play(&script, policy, p.Policy)
		}
		tally(&script, out, counted, all[i*len(s.Rows):(i+1)*len(s.Rows)])
	}
	return all
}

// blank are the scenario's results before anything is counted, by policy and row.
func (s Scenario) blank(policies []Policy) []Result {
	var all []Result
	for _, p := range policies {
		for _, row := range s.Rows {
			all = append(all, Result{Scenario: s.Name, Row: row, Share: s.Share, Policy: p.Name})
		}
	}
	return all
}

// merge adds up all groups, in their order.
func (s Scenario) merge(groups [][]Result, policies []Policy) []Result {
	all := s.blank(policies)
	for _, g := range groups {
		for i := range g {
			all[i].add(g[i])
		}
	}
	return all
}
