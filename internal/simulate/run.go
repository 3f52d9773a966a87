package simulate

import (
	"context"
	"runtime"
	"slices"

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
				parts[i][k] = s.play(p, s.Name, k, policies)
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

// play plays one group under all policies. The name is that of its chance: the scenario's own, or that of a search, in
// which nothing is compared with a count of three.
func (s Scenario) play(p Params, name string, number int, policies []Policy) []Result {
	policies = s.under(policies)
	all, c := s.blank(policies), chanceOf(p.Seed, name, number)
	if s.groups != nil {
		for i, policy := range policies {
			if policy.Name == fullName {
				copy(all[i*len(s.Rows):], s.groups(p, c, s.plan))
			}
		}
		return all
	}
	script := s.script(p, c, s.plan)
	var counted []Outcome // by the count of three, that all are compared with
	if name == s.Name && !s.only {
		counted = Play(&script, Policies()[0], p)
	}
	for i, policy := range policies {
		out, into := counted, all[i*len(s.Rows):(i+1)*len(s.Rows)]
		if counted == nil || policy.Name != Policies()[0].Name {
			out = Play(&script, policy, p)
		}
		tally(&script, out, counted, into)
		for k := range into {
			into[k].Days = s.days
		}
	}
	return all
}

// under are the policies under which it is played.
func (s Scenario) under(policies []Policy) []Policy {
	if !s.only {
		return policies
	}
	return slices.DeleteFunc(slices.Clone(policies), func(p Policy) bool { return p.Name != fullName })
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
	policies = s.under(policies)
	all := s.blank(policies)
	for _, g := range groups {
		for i := range g {
			all[i].add(g[i])
		}
	}
	return all
}
