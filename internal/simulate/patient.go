package simulate

import "time"

// patient is accounts that join days apart, write until they are newcomers no more, and never vote before
// they attack: nothing is known that ties them.
func patient(p Params) Scenario {
	return Scenario{
		Name: "patient", About: "six accounts that joined days apart and never voted, against innocents",
		Rows: rounds(6, "attack"), Groups: max(2, p.Repeat/4),
		script: func(p Params, c chance, _ plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet+6*int(p.Between/day), uncounted)
			var who []int
			for i := range p.Attackers {
				who = append(who, t.join(1, noon(3*i), day)...)
			}
			for row := range 6 {
				at := noon(p.Quiet).Add(time.Duration(row) * p.Between)
				t.attack(who, t.target(t.someone(at), at, row))
			}
			return t.done()
		},
	}
}
