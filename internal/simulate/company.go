package simulate

import "time"

// company is accounts that wait for an honest mistake, and join it: of all messages they choose those that somebody
// has reported already. Without them some of these are upheld too, which the first row says.
func company(p Params) Scenario {
	const messages = 12
	knobs := append(assaultKnobs(p.Attackers), knob{name: "wait", least: 25 * time.Hour, most: p.Patience})
	return Scenario{
		Name: "company", About: "accounts that joined together join in where an innocent was reported by mistake", Groups: max(2, p.Repeat/2),
		Rows: []string{"nobody", "fresh accounts", "that waited", "with a record"},
		plan: plan{knobs, Strategy{0, 0.2, 0.9, 0.1, 0.1, 0.5}},
		gain: func(all []Result) float64 { return wrongfully(all[1:]) },
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet+messages/4+2, uncounted)
			for k := range messages {
				at := noon(p.Quiet + k/4).Add(time.Duration(k%4) * time.Hour)
				t.accompany(t.target(t.someone(at), at, k%4), pl)
			}
			return t.done()
		},
	}
}

func (t *town) accompany(m Message, pl plan) {
	honest := t.mistaken(m)
	wait, right := pl.time("wait"), 0.0
	switch m.Row {
	case 0:
		t.write(m, honest...)
		return
	case 1:
		wait = time.Hour
	case 3:
		right = float64(t.p.Ballots)
	}
	who := t.join(1+pl.way("accounts"), m.SentAt.Add(-wait-t.p.JoinSpread), t.p.JoinSpread)
	for _, i := range who {
		t.script.Members[i].Right = right
	}
	from := first(honest[0]).Add(pl.time("start"))
	t.write(m, append(honest, t.force(who, "violence", from, pl))...)
}
