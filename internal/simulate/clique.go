package simulate

// clique is established members who uphold each other's reports, every second day, of whom nothing else is
// known: do they make themselves credible?
func clique(p Params) Scenario {
	const attacks = 12
	return Scenario{
		Name: "clique", About: "six established members uphold their own reports, every other day",
		Rows: groupsOf(4, attacks), Groups: max(2, p.Repeat/4),
		script: func(p Params, c chance, _ plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet+2*attacks, uncounted)
			who := t.add(p.Attackers, Member{})
			for row := range attacks {
				at := noon(p.Quiet + 2*row)
				t.attack(who, t.target(t.someone(at), at, row/4))
			}
			return t.done()
		},
	}
}
