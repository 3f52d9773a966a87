package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// sleepers are accounts that vote rightly for a while, in cases that an admin decides, and then attack
// together. Apart is how they choose those cases: 0 = all the same, 1 = each others, between = each takes
// part in any of theirs with that probability.
func sleepers(p Params, name string, apart float64, how string) Scenario {
	knobs := append(assaultKnobs(p.Attackers), knob{name: "wait", least: time.Hour, most: max(day, p.Patience-time.Duration(p.Quiet)*day)})
	known := []Strategy{{0.3, 0.4, 0.1, 0.1, 0.1, 0.1}, {0.56, 0.1, 0.99, 0.1, 0.1, 0.1}} // one is enough of those who are tied
	return Scenario{
		Name: "sleepers " + name, About: "six with ten right ballots each, " + how + ", against innocents",
		Rows: rounds(3, "attack"), Groups: max(2, p.Repeat/2), gain: wrongfully,
		plan: plan{knobs, known[min(1, int(apart+0.5))]},
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			start := p.Quiet + int(pl.time("wait")/day)
			t.live(0, start+t.attackDays(3), uncounted)
			who := t.sleepers(apart)
			t.assaults(who, start, 3, pl)
			return t.done()
		},
	}
}

// oneSleeper is those who prepared together, of whom one speaks, at once, and leaves the rest to honest members who are wrong.
// The search tries it on calm groups, where it gains less than in busy ones.
func oneSleeper(p Params) Scenario {
	s := sleepers(p, "of whom one speaks", 0, "all six in the same cases; one of them reports at once")
	s.plan.chosen, s.gain = Strategy{0, 0, 0, 0, 0, 0}, nil
	return s
}

// sleepers are accounts with right ballots on record. Those who prepare together also joined together.
func (t *town) sleepers(apart float64) []int {
	switch apart {
	case 0:
		who := t.join(t.p.Attackers, epoch, t.p.JoinSpread)
		t.teach(who, false, 1)
		return who
	case 1:
		who := t.add(t.p.Attackers, Member{})
		t.teach(who, true, 0)
		return who
	default:
		who := t.add(t.p.Attackers, Member{})
		t.teachMostly(who, apart)
		return who
	}
}

// teach gives each account its right ballots, all in the same cases or each in its own, from a day on.
func (t *town) teach(who []int, apart bool, from int) {
	for k := range t.p.Ballots {
		at := noon(from + k*max(1, (t.p.Quiet-9-from)/t.p.Ballots))
		if !apart {
			t.lesson(at, t.voters(who, moderation.Breaks, rulebook.Spam, at, t.p.Spread)...)
			continue
		}
		for i, w := range who {
			at := at.Add(time.Duration(i) * time.Hour)
			t.lesson(at, t.voters([]int{w}, moderation.Breaks, rulebook.Spam, at, t.p.Spread)...)
		}
	}
}

// teachMostly gives each account about as many right ballots in cases that they share.
func (t *town) teachMostly(who []int, likely float64) {
	left := map[int]int{}
	for _, w := range who {
		left[w] = t.p.Ballots
	}
	for k := 0; len(left) > 0 && k < 2*t.p.Quiet; k++ {
		at := noon(0).Add(time.Duration(k) * 10 * time.Hour)
		var some []int
		for _, w := range who {
			if left[w] > 0 && t.flip(likely) {
				some = append(some, w)
				if left[w]--; left[w] == 0 {
					delete(left, w)
				}
			}
		}
		t.lesson(at, t.voters(some, moderation.Breaks, rulebook.Spam, at, t.p.Spread)...)
	}
}
