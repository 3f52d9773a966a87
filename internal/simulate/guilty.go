package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// guilty is established members who break a hard rule, and friends of theirs who are drawn for juries, or say that it is fine.
func guilty(p Params, name string, friends int) Scenario {
	about := "established members break a hard rule"
	var knobs []knob
	if friends > 0 {
		about += "; six friends of theirs want to save them"
		knobs = []knob{
			jurorKnob,
			{name: "votes", ways: rounds(friends+1, "fine by")},
			{name: "start", least: time.Second, most: 6 * time.Hour},
		}
	}
	s := Scenario{
		Name: name, About: about, Rows: byResponse(), Groups: forAll(len(responses), p.Repeat/4), only: true,
		plan: plan{knobs, make(Strategy, len(knobs))},
		script: func(p Params, c chance, pl plan) Script {
			const offences = 8
			p.Taps = 0.2 // or hardly anybody names the rule, and nothing hard is at stake
			t, row := juried(p, c)
			t.live(0, p.Quiet+offences, uncounted)
			who := t.add(friends, Member{})
			voting := 0
			if friends > 0 {
				t.enlist(who, pl)
				voting = pl.way("votes")
			}
			for k := range offences {
				m := Message{Author: t.settler(p.Quiet), Breaks: true, SentAt: noon(p.Quiet + k), Row: row}
				var fine []Arrival
				if voting > 0 {
					fine = t.voters(who[:voting], moderation.Fine, "", m.SentAt.Add(pl.time("start")), t.p.Spread)
				}
				t.write(m, t.passersby(m, m.SentAt, rulebook.Violence), fine)
			}
			return t.done()
		},
	}
	if friends > 0 {
		s.gain = func(all []Result) float64 {
			var r Result
			for _, o := range all {
				r.add(o)
			}
			return 1 - r.Fits.Value() + 0.5*(1-r.Mild.Value())
		}
	}
	return s
}
