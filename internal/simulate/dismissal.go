package simulate

import (
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// dismissal is three patient accounts that see to it that their spammer's message is dismissed before others have voted.
func dismissal(p Params, members int) Scenario {
	const spams = 8
	name, groups := "dismissal", max(2, p.Repeat/2)
	if members != 200 {
		groups = max(2, p.Repeat/8)
		name = fmt.Sprintf("dismissal, %d members", members)
	}
	var knobs []knob
	for i := range 3 {
		knobs = append(knobs,
			knob{name: fmt.Sprintf("account %d", i+1), ways: []string{"reports, then says fine", "says fine"}},
			knob{name: fmt.Sprintf("fine %d", i+1), least: 5 * time.Second, most: 20 * time.Hour})
	}
	knobs = append(knobs, knob{name: "start", least: 10 * time.Second, most: 6 * time.Hour})
	return Scenario{
		Name: name, About: "three patient accounts with a record report their own spam, and say that it is fine",
		Rows: []string{"without", "three accounts"}, Groups: groups, gain: lost,
		plan: plan{knobs, Strategy{0.2, 0.14, 0.9, 0.12, 0.9, 0.78, 0}},
		script: func(p Params, c chance, pl plan) Script {
			p.Members = members
			t := newTown(p, c)
			t.live(0, p.Quiet+spams/2+2, uncounted)
			for k := range spams {
				at := noon(p.Quiet + k/2).Add(time.Duration(k%2) * time.Hour)
				m := Message{Author: t.stranger(at), Breaks: true, SentAt: at, Row: k % 2}
				honest := t.passersby(m, at, rulebook.Spam)
				if k%2 == 0 {
					t.write(m, honest)
					continue
				}
				// Each of these has three accounts and no more: the three of one do not judge for another.
				t.write(m, honest, t.acquit(t.add(3, Member{Right: float64(p.Ballots), Apart: true}), at, pl))
			}
			return t.done()
		},
	}
}

// acquit are the ballots of three accounts that dismiss.
func (t *town) acquit(who []int, sent time.Time, pl plan) []Arrival {
	var all []Arrival
	from := sent.Add(pl.time("start"))
	for i, w := range who {
		if pl.way(fmt.Sprintf("account %d", i+1)) == 0 {
			all = append(all, Arrival{Member: w, Side: moderation.Breaks, Rule: rulebook.Spam, At: from})
		}
		all = append(all, Arrival{Member: w, Side: moderation.Fine, At: from.Add(pl.time(fmt.Sprintf("fine %d", i+1)))})
	}
	return all
}
