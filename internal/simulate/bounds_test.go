package simulate_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/simulate"
)

// results are played results, to be asked for one.
type results []simulate.Result

func play(t *testing.T, p simulate.Params, names ...string) results {
	t.Helper()
	var chosen []simulate.Scenario
	for _, s := range simulate.Scenarios(p) {
		for _, name := range names {
			if s.Name == name {
				chosen = append(chosen, s)
			}
		}
	}
	if len(chosen) != len(names) {
		t.Fatalf("of the scenarios %q there are %d", names, len(chosen))
	}
	var policies []simulate.Policy
	for _, policy := range simulate.Policies() {
		if policy.Name == "count of 3" || policy.Name == "count of 5" || policy.Name == "full engine" {
			policies = append(policies, policy)
		}
	}
	all, err := simulate.Run(t.Context(), p, chosen, policies, nil)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (all results) of(t *testing.T, scenario, row, policy string) simulate.Result {
	t.Helper()
	for _, r := range all {
		if r.Scenario == scenario && r.Row == row && r.Policy == policy {
			return r
		}
	}
	t.Fatalf("no result of %s, %s, %s", scenario, row, policy)
	return simulate.Result{}
}

// The numbers that docs/decision-engine.md promises, with fewer and calmer groups.
func TestBounds(t *testing.T) {
	t.Parallel()
	p := simulate.QuickParams()
	p.Repeat = 150
	all := play(t, p, "burst", "flood 30 %", "sleepers together")
	burst := all.of(t, "burst", "same day", "full engine")
	flood := all.of(t, "flood 30 %", "all", "full engine")
	first := all.of(t, "sleepers together", "attack 1", "full engine")
	third := all.of(t, "sleepers together", "attack 3", "full engine")
	for _, b := range []struct {
		what string
		got  simulate.Rate
		most float64
	}{
		{"six fresh accounts: wrongful", burst.Wrongful, 0.01},
		{"fresh accounts are 30 %: wrongful mutes", flood.Muted, 0.01},
		{"fresh accounts are 30 %: wrongful bans", flood.Banned, 0.001},
		{"six sleepers, first attack: wrongful", first.Wrongful, 0.10},
		{"six sleepers, third attack: wrongful", third.Wrongful, 0.02},
	} {
		if b.got.Of < 100 || b.got.Value() > b.most {
			t.Errorf("%s: %d of %d, at most %g %%", b.what, b.got.Hits, b.got.Of, 100*b.most)
		}
	}
	// An admin who comes by may be sooner than any count.
	if r := all.of(t, "burst", "same day", "count of 5").Wrongful; r.Value() < 0.98 {
		t.Errorf("a plain count of five let six fresh accounts punish only %d of %d", r.Hits, r.Of)
	}
}

// Once members have a record, votes uphold what a plain count of three upholds, and as soon.
func TestBoundsForOffenders(t *testing.T) {
	t.Parallel()
	p := simulate.QuickParams()
	p.Offences, p.Groups = 6, 6
	all := play(t, p, "practised")
	engine, count := all.of(t, "practised", "all", "full engine"), all.of(t, "practised", "all", "count of 3")
	if r := engine.OfCount; r.Of < 500 || r.Value() < 0.95 {
		t.Errorf("of what a count of three upholds it upheld %d of %d", r.Hits, r.Of)
	}
	if ours, theirs := engine.MedianVotes(), count.MedianVotes(); ours > theirs {
		t.Errorf("it takes %g votes at the median, a count of three %g", ours, theirs)
	}
}
