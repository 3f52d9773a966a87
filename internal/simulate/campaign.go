package simulate

// campaign is three honest-looking members, who vote on everything else like anybody, against one person
// whose messages they report now and then, for two months.
func campaign(p Params) Scenario {
	const attacks = 20
	return Scenario{
		Name: "campaign", About: "three established members, otherwise honest, against one person, every third day",
		Rows: groupsOf(5, attacks), Groups: max(2, p.Repeat/4),
		script: func(p Params, c chance, _ plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet+3*attacks, uncounted)
			at := noon(p.Quiet)
			who := []int{t.someone(at), t.someone(at), t.someone(at)}
			victim := t.someone(at)
			for row := range attacks {
				at := noon(p.Quiet + 3*row)
				var some []int
				for _, w := range who {
					if w != victim && t.flip(0.8) {
						some = append(some, w)
					}
				}
				t.attack(some, t.target(victim, at, row/5))
			}
			return t.done()
		},
	}
}
