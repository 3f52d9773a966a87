package simulate

import (
	"fmt"
	"time"
)

// jurorKnob is what attackers do who are drawn for a jury.
var jurorKnob = knob{name: "jurors", ways: []string{"answer at once", "answer after an hour", "never answer"}}

// juror is what was chosen there.
func (p plan) juror() juror {
	return []juror{{}, {Waits: time.Hour}, {Silent: true}}[p.way(jurorKnob.name)]
}

// enlist has accounts that attack do as jurors as they have planned.
func (t *town) enlist(who []int, pl plan) {
	for _, i := range who {
		t.script.Members[i].Honest, t.script.Members[i].Juror = false, pl.juror()
	}
}

// convicted is what those want who have an innocent punished hard. That is rare, so that they go by how often it could happen too.
func convicted(all []Result) float64 {
	var r Result
	for _, o := range all {
		r.add(o)
	}
	return r.Heavy.Value() + r.Hurt.Value() + 0.2*r.Tried.Value() + 0.1*r.Wrongful.Value()
}

// convict is accounts that want more than a mute of an hour for established innocents. Some report, and the others wait to be drawn
// for the jury.
func convict(p Params, name, about string, enter func(t *town) []int) Scenario {
	knobs := append(assaultKnobs(p.Attackers), jurorKnob)
	return Scenario{
		Name: name, About: about, Rows: byResponse(), Groups: forAll(len(responses), p.Repeat), only: true, gain: convicted,
		plan: plan{knobs, Strategy{0.1, 0.1, 0.99, 0.1, 0.1, 0.1}},
		script: func(p Params, c chance, pl plan) Script {
			const attacks = 3
			t, row := juried(p, c)
			t.live(0, p.Quiet+2*attacks, uncounted)
			who := enter(t)
			t.enlist(who, pl)
			for k := range attacks {
				day := p.Quiet + 2*k
				t.assault(who, t.target(t.settler(day), noon(day), row), pl)
			}
			return t.done()
		},
	}
}

// waited is accounts that joined days apart and wrote, and nothing else.
func waited(p Params) Scenario {
	return convict(p, "jury, waited", "six accounts that joined days apart and only waited, against established innocents", func(t *town) []int {
		var who []int
		for i := range t.p.Attackers {
			who = append(who, t.join(1, noon(2*i), day)...)
		}
		return who
	})
}

// prepared is accounts that have a good record each, in cases of their own.
func prepared(p Params) Scenario {
	return convict(p, "jury, prepared apart", "six with ten right ballots each, in other cases each, against established innocents", func(t *town) []int {
		return t.sleepers(1)
	})
}

// ring is established members who never voted before.
func ring(p Params) Scenario {
	return convict(p, "jury, clique", "six established members against established innocents", func(t *town) []int {
		return t.add(t.p.Attackers, Member{})
	})
}

// misjudged is the same against messages that many take for what they are not.
func misjudged(p Params) Scenario {
	s := convict(p, "jury, misjudged", "", nil)
	s.About = "six established members against messages that 40 % of honest people misjudge"
	s.script = func(p Params, c chance, pl plan) Script {
		t, row := juried(p, c)
		t.live(0, p.Quiet+6, uncounted)
		who := t.add(t.p.Attackers, Member{})
		t.enlist(who, pl)
		for k := range 3 {
			m := t.target(t.settler(p.Quiet+2*k), noon(p.Quiet+2*k), row)
			m.Hard = 0.4
			t.assault(who, m, pl)
		}
		return t.done()
	}
	return s
}

// packedName begins the names of scenarios in which attackers are a part of the active.
const packedName = "jury, packed "

// packed is established attackers who are so large a part of the active that many are drawn for juries.
func packed(p Params, share float64) Scenario {
	members := int(float64(p.Members)*share/(1-share) + 0.5)
	s := convict(p, fmt.Sprintf("%s%.0f %%", packedName, 100*share), "established attackers are a part of the active, some report, and others are drawn", func(t *town) []int {
		return t.add(members, Member{})
	})
	s.Share, s.Groups = share, forAll(len(responses), p.Repeat/2)
	s.plan.knobs[2] = knob{name: "accounts", ways: rounds(min(12, members), "first")}
	s.plan.chosen = Strategy{0.1, 0.1, 0.4, 0.1, 0.1, 0.1}
	return s
}

// friends is three members, otherwise honest, against one.
func friends(p Params) Scenario {
	const attacks = 5
	return Scenario{
		Name: "jury, three friends", About: "three established members, otherwise honest, against one, five times",
		Rows: byResponse(), Groups: forAll(len(responses), p.Repeat), only: true, gain: convicted,
		plan: plan{append(assaultKnobs(3), jurorKnob, knob{name: "between", least: 6 * time.Hour, most: 9 * day}), Strategy{0.1, 0.1, 0.99, 0.1, 0.1, 0.1, 0.7}},
		script: func(p Params, c chance, pl plan) Script {
			t, row := juried(p, c)
			between := pl.time("between")
			t.live(0, p.Quiet+int(attacks*between/day)+2, uncounted)
			who := t.Perm(t.honest)[:4]
			for i := range who {
				who[i]++
				t.script.Members[who[i]].Joined = time.Time{}
			}
			t.enlist(who[1:], pl)
			for k := range attacks {
				m := t.target(who[0], noon(p.Quiet).Add(time.Duration(k)*between), row)
				t.assault(who[1:], m, pl)
			}
			return t.done()
		},
	}
}
