package simulate

import "time"

// burst is fresh accounts that join within minutes of each other and attack on the same day, and again
// when they are newcomers no more.
func burst(p Params) Scenario {
	return Scenario{
		Name: "burst", About: "fresh accounts, joined within ten minutes, against innocents", Groups: p.Repeat,
		Rows: []string{"same day", "9 days on", "18 days on", "36 days on"},
		script: func(p Params, c chance) Script {
			t := newTown(p, c)
			at := noon(p.Quiet)
			t.live(0, p.Quiet+40, uncounted)
			who := t.join(p.Attackers, at.Add(-p.Fresh), p.JoinSpread)
			for row, after := range []time.Duration{0, p.Between, 2 * p.Between, 4 * p.Between} {
				t.attack(who, t.target(t.someone(at), at.Add(after), row))
			}
			return t.done()
		},
	}
}
