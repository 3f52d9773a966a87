package simulate

import "time"

// mob is fresh accounts that call their spammer's messages fine.
func mob(p Params) Scenario {
	return Scenario{
		Name: "mob", About: "fresh accounts, joined within ten minutes, acquit their spammer",
		Rows: []string{"same day", "9 days on", "18 days on"}, Groups: p.Repeat,
		script: func(p Params, c chance) Script {
			t := newTown(p, c)
			at := noon(p.Quiet)
			t.live(0, p.Quiet+2*int(p.Between/day), uncounted)
			who := t.join(p.Attackers, at.Add(-p.Fresh), p.JoinSpread)
			for row := range 3 {
				when := at.Add(time.Duration(row) * p.Between)
				spammer := t.join(1, when.Add(-p.Fresh), time.Minute)[0]
				t.defend(who, Message{Author: spammer, Breaks: true, SentAt: when, Row: row})
			}
			return t.done()
		},
	}
}
