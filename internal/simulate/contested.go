package simulate

import "github.com/ostrakon-bot/ostrakon/moderation/rulebook"

// contested is verdicts, right and wrong ones, whose authors all appeal.
func contested(p Params) Scenario {
	return Scenario{
		Name: "jury, appeals", About: "established members appeal, of whom half were punished wrongly", Rows: byResponse(),
		Groups: forAll(len(responses), p.Repeat/4), only: true,
		script: func(p Params, c chance, _ plan) Script {
			const days = 10
			t, row := juried(p, c)
			t.live(0, p.Quiet+days, uncounted)
			for k := range days {
				m := Message{Author: t.settler(p.Quiet), Breaks: true, SentAt: noon(p.Quiet + k), Row: row}
				t.write(m, t.passersby(m, m.SentAt, rulebook.OffTopic))
				t.script.Messages[len(t.script.Messages)-1].Appealed = true
				wrong := t.target(t.settler(p.Quiet), noon(p.Quiet+k), row)
				t.write(wrong, t.voters(t.add(6, Member{Apart: true}), "breaks", rulebook.OffTopic, wrong.SentAt, t.p.Spread))
				t.script.Messages[len(t.script.Messages)-1].Appealed = true
			}
			return t.done()
		},
	}
}
