package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// sleepers are accounts that vote rightly for a while, in cases that an admin decides, and then attack
// together. Apart is how they choose those cases: 0 = all the same, 1 = each others, between = each takes
// part in any of theirs with that probability.
func sleepers(p Params, name string, apart float64, how string) Scenario {
	return Scenario{
		Name: "sleepers " + name, About: "six with ten right ballots each, " + how + ", against innocents",
		Rows: rounds(3, "attack"), Groups: p.Repeat,
		script: func(p Params, c chance) Script {
			t := newTown(p, c)
			end := p.Quiet + 3*int(p.Between/day)
			t.live(0, end, uncounted)
			who := t.add(p.Attackers, Member{})
			switch apart {
			case 0, 1:
				t.teach(who, apart == 1)
			default:
				t.teachMostly(who, apart)
			}
			for row := range 3 {
				at := noon(p.Quiet).Add(time.Duration(row) * p.Between)
				t.attack(who, t.target(t.someone(at), at, row))
			}
			return t.done()
		},
	}
}

// teach gives each account its right ballots, all in the same cases or each in its own.
func (t *town) teach(who []int, apart bool) {
	for k := range t.p.Ballots {
		at := noon(2 * k)
		if !apart {
			t.lesson(at, t.voters(who, moderation.Breaks, moderation.Spam, at, t.p.Spread)...)
			continue
		}
		for i, w := range who {
			at := at.Add(time.Duration(i) * time.Hour)
			t.lesson(at, t.voters([]int{w}, moderation.Breaks, moderation.Spam, at, t.p.Spread)...)
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
		t.lesson(at, t.voters(some, moderation.Breaks, moderation.Spam, at, t.p.Spread)...)
	}
}
