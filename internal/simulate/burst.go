package simulate

import "time"

// fresh is accounts that attack on the day on which they join, as well as they can.
func fresh(p Params) Scenario {
	knobs := append(assaultKnobs(p.Attackers), knob{name: "wait", least: time.Second, most: 23 * time.Hour})
	return Scenario{
		Name: "fresh", About: "accounts that joined less than a day ago, within ten minutes, against innocents", Groups: max(2, p.Repeat/2),
		Rows: []string{"same day"}, gain: wrongfully,
		plan: plan{knobs, Strategy{0.1, 0.7, 0.99, 0.1, 0.1, 0.9}},
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet+3, uncounted)
			for k := range 3 {
				at := noon(p.Quiet + k)
				who := t.join(p.Attackers, at.Add(-pl.time("wait")-p.JoinSpread), p.JoinSpread)
				t.assault(who, t.target(t.someone(at), at, 0), pl)
			}
			return t.done()
		},
	}
}

// together is accounts that join within minutes of each other and wait until they are new no more.
func together(p Params) Scenario {
	knobs := append(assaultKnobs(p.Attackers), knob{name: "wait", least: 25 * time.Hour, most: p.Patience})
	return Scenario{
		Name: "joined together", About: "accounts that joined within ten minutes and waited, against innocents", Groups: max(2, p.Repeat/2),
		Rows: rounds(3, "attack"), gain: wrongfully,
		plan: plan{knobs, Strategy{0.1, 0.7, 0.99, 0.9, 0.1, 0.9}},
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			wait := pl.time("wait")
			start := p.Quiet + int(wait/day)
			t.live(start-p.Quiet, start+t.attackDays(3), uncounted)
			who := t.join(p.Attackers, noon(start).Add(-wait-p.JoinSpread), p.JoinSpread)
			t.assaults(who, start, 3, pl)
			return t.done()
		},
	}
}

// attackDays is how long so many attacks take, one after the other.
func (t *town) attackDays(n int) int { return (n-1)*int(t.p.Between/day) + 2 }

// assaults are attacks on innocents, one after the other.
func (t *town) assaults(who []int, start, n int, pl plan) {
	for row := range n {
		at := noon(start).Add(time.Duration(row) * t.p.Between)
		t.assault(who, t.target(t.someone(at), at, row), pl)
	}
}
