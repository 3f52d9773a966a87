package simulate

import (
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// shields are how many accounts stand before a spammer, in the rows of a shield.
var shields = []int{0, 3, 6, 12}

// withShields names those rows.
func withShields() []string {
	names := []string{"without"}
	for _, k := range shields[1:] {
		names = append(names, fmt.Sprintf("%d accounts", k))
	}
	return names
}

// shieldKnobs are what a shield chooses.
func shieldKnobs(wait knob) []knob {
	return []knob{
		wait,
		{name: "start", least: time.Second, most: 6 * time.Hour},
		{name: "spread", least: time.Second, most: 6 * time.Hour},
		{name: "sides", ways: []string{"breaks", "fine", "half and half", "breaks, then fine", "breaks, then taken back"}},
	}
}

// shield is fresh accounts that vote on their spammer's messages before others do, on whichever side serves him.
func shield(p Params) Scenario {
	s := shieldOf(p, knob{name: "wait", least: time.Second, most: 23 * time.Hour})
	s.Name, s.About = "shield", "fresh accounts vote on their spammer's message first"
	s.plan.chosen = Strategy{0.9, 0.01, 0.5, 0.1}
	return s
}

// patientShield is the same with accounts that joined together and waited.
func patientShield(p Params) Scenario {
	s := shieldOf(p, knob{name: "wait", least: 25 * time.Hour, most: p.Patience})
	s.Name, s.About = "shield that waited", "accounts that joined within ten minutes and waited vote on their spammer's message first"
	s.plan.chosen = Strategy{0.42, 0.16, 0.05, 0.74}
	return s
}

func shieldOf(p Params, wait knob) Scenario {
	const spams = 24
	return Scenario{
		Rows: withShields(), Groups: max(2, p.Repeat/4), plan: plan{knobs: shieldKnobs(wait)}, gain: lost,
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet+spams/4+1, uncounted)
			for k := range spams {
				at := noon(p.Quiet + k/4).Add(time.Duration(k%4) * time.Hour)
				who := t.join(shields[k%4], at.Add(-pl.time("wait")-p.JoinSpread), p.JoinSpread)
				m := Message{Author: t.stranger(at), Breaks: true, SentAt: at, Row: k % 4}
				t.write(m, t.passersby(m, at, rulebook.Spam), t.stand(who, at, pl))
			}
			return t.done()
		},
	}
}

// stand are the ballots of a shield.
func (t *town) stand(who []int, sent time.Time, pl plan) []Arrival {
	from, spread := sent.Add(pl.time("start")), pl.time("spread")
	breaks := t.voters(who, moderation.Breaks, rulebook.Spam, from, spread)
	fine := t.voters(who, moderation.Fine, "", from, spread)
	switch half := len(who) / 2; pl.way("sides") {
	case 0:
		return breaks
	case 1:
		return fine
	case 2:
		return append(breaks[:half], fine[half:]...)
	case 3:
		for i := range fine {
			fine[i].At = breaks[i].At.Add(t.within(spread))
		}
		return append(breaks, fine...)
	default:
		for i := range fine {
			fine[i].At, fine[i].Undo = breaks[i].At.Add(t.within(spread)), true
		}
		return append(breaks, fine...)
	}
}

// lost is what those want who shield a spammer: that his messages are not upheld.
func lost(all []Result) float64 {
	var r Result
	for _, o := range all[1:] {
		r.add(o)
	}
	return 1 - r.Caught.Value()
}
