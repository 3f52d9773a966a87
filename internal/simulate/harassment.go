package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// harassment is one account that reports everything an innocent writes.
func harassment(p Params) Scenario {
	const days, messages = 7, 40
	return Scenario{
		Name: "harassment", About: "one account reports everything that an innocent writes, forty messages a day for a week",
		Rows: []string{"seconds old", "patient"}, Groups: max(2, p.Repeat/8), days: days,
		plan: plan{[]knob{
			{name: "start", least: time.Second, most: 12 * time.Hour},
			{name: "messages", ways: []string{"all", "half", "a tenth"}},
			{name: "then", ways: []string{"leaves it", "takes it back", "takes it back and reports again"}},
			{name: "undo", least: time.Second, most: time.Hour},
		}, Strategy{0.1, 0.1, 0.1, 0.1}},
		gain: func(all []Result) float64 { return float64(all[0].Cards + all[1].Cards) },
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet, uncounted)
			t.script.NoSummons = true // they bring no cards, which are counted here, and hundreds of waiting cases take long to play
			start := noon(p.Quiet)
			young := Member{Joined: start.Add(-time.Second)}
			young.Fluent = start.Add(2 * days * day) // they never write
			who := []int{t.add(1, young)[0], t.add(1, Member{Right: float64(p.Ballots)})[0]}
			victims := []int{t.someone(start), t.someone(start)}
			for row := range who {
				for k := range days * messages {
					m := t.target(victims[row], start.Add(time.Duration(k)*day/messages+time.Second), row)
					t.write(m, t.harass(who[row], m, pl), t.passersby(m, m.SentAt.Add(pl.time("start")), rulebook.OffTopic))
				}
			}
			return t.done()
		},
	}
}

// harass is what the account does about one message.
func (t *town) harass(who int, m Message, pl plan) []Arrival {
	if !t.flip([]float64{1, 0.5, 0.1}[pl.way("messages")]) {
		return nil
	}
	report := Arrival{Member: who, Side: moderation.Breaks, Rule: rulebook.Violence, At: m.SentAt.Add(pl.time("start"))}
	undo := report
	undo.Undo, undo.At = true, report.At.Add(pl.time("undo"))
	again := report
	again.At = undo.At.Add(time.Second)
	return []Arrival{report, undo, again}[:1+pl.way("then")]
}
