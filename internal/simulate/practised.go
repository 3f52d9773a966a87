package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// practisedName names the scenario in which it is asked how fast real violations are upheld.
const practisedName = "practised"

// practised is a group in which every member has about ten ballots on record, on cases that admins decided.
func practised(p Params) Scenario {
	const settled, watched = 10, 40
	return Scenario{
		Name: practisedName, About: "nobody attacks; every member has ten ballots on record", Groups: p.Groups,
		Rows: []string{"all"},
		script: func(p Params, c chance, _ plan) Script {
			t := newTown(p, c)
			for i := range t.script.Members {
				t.script.Members[i].Joined = time.Time{}
			}
			for k := range int(float64(p.Ballots)/p.Turnout + 0.5) {
				t.lesson(noon(0).Add(time.Duration(k) * time.Hour / 4))
			}
			t.live(settled, settled+watched, func(int) int { return 0 })
			return t.done()
		},
	}
}

// lesson is a real violation that an admin decides, whatever the votes say.
func (t *town) lesson(at time.Time, also ...Arrival) {
	author := t.stranger(at)
	m := Message{Author: author, Breaks: true, SentAt: at, Taught: true, Row: -1}
	t.write(m, t.passersby(m, at, rulebook.Spam), also)
}
