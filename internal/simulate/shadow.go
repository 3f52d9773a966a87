package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// shadow is accounts that vote as two good voters do, in all their cases. Each votes as one of them, or as both,
// so that there is a chain of ties from one to the other.
func shadow(p Params) Scenario {
	return Scenario{
		Name: "shadow", About: "accounts vote as two members do who vote on half of everything", Groups: max(2, p.Repeat/8),
		Rows: []string{"all"},
		plan: plan{[]knob{
			{name: "accounts", ways: rounds(6, "first")},
			{name: "delay", least: time.Second, most: 3 * time.Hour},
			{name: "victims", ways: []string{"one", "two, each their own", "two, all of them both"}},
			{name: "cases", ways: []string{"all", "most", "half"}},
		}, Strategy{0.99, 0.1, 0.9, 0.1}},
		gain: func(all []Result) float64 { return all[0].Cost.Value() + 0.01*all[0].Wrongful.Value() },
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			t.live(0, 2*p.Quiet, func(day int) int { return min(0, day-p.Quiet) })
			who := t.add(1+pl.way("accounts"), Member{})
			victims := t.Perm(t.honest)[:2]
			for i := range t.script.Messages {
				for _, v := range victims {
					t.eager(&t.script.Messages[i], 1+v)
				}
				for k, w := range who {
					t.copy(&t.script.Messages[i], w, t.copied(k, victims, pl), pl)
				}
			}
			return t.done()
		},
	}
}

// eager has a member vote on half of all messages.
func (t *town) eager(m *Message, member int) {
	votes, a := t.flip(0.5), t.opinion(member, *m, t.flip(t.script.Members[member].Accuracy), "")
	a.At, a.Asked, a.Taps = m.SentAt.Add(t.exp(t.p.Delay/10)), true, true
	if votes && m.Author != member && !t.script.Members[member].Joined.After(m.SentAt) {
		m.Arrivals = append(m.Arrivals, a)
		sortArrivals(m.Arrivals)
	}
}

// copied are whom the k-th shadow follows.
func (t *town) copied(k int, victims []int, pl plan) []int {
	switch pl.way("victims") {
	case 0:
		return victims[:1]
	case 1:
		return victims[k%2 : k%2+1]
	default:
		return victims
	}
}

// copy adds the ballot of an account that votes as the first of some does who votes on a message.
func (t *town) copy(m *Message, account int, victims []int, pl plan) {
	if !t.flip([]float64{1, 0.8, 0.5}[pl.way("cases")]) {
		return
	}
	for i, a := range m.Arrivals {
		if a.Member-1 == victims[0] || a.Member-1 == victims[len(victims)-1] {
			m.Arrivals = append(m.Arrivals, Arrival{Member: account, Side: a.Side, At: a.At.Add(pl.time("delay")), Taps: true})
			sortArrivals(m.Arrivals[i:])
			return
		}
	}
}

// severity is one account that names the hardest rule on a mild remark that others report.
func severity(p Params) Scenario {
	const remarks = 3
	return Scenario{
		Name: "severity", About: "one account names a hard rule on a mild remark that others report", Groups: max(2, p.Repeat/2),
		Rows: []string{"established author", "author of four days"},
		plan: plan{[]knob{
			{name: "account", ways: []string{"seconds old", "patient, with a record"}},
			{name: "category", ways: []string{"violence", "hate", "scam", "sexual", "insult"}},
			{name: "start", least: time.Second, most: 6 * time.Hour},
		}, Strategy{0.9, 0.1, 0.1}},
		gain: func(all []Result) float64 {
			return all[0].Named.Value() + all[1].Named.Value() + 10*(all[0].Alone.Value()+all[1].Alone.Value())
		},
		script: func(p Params, c chance, pl plan) Script {
			t := newTown(p, c)
			t.live(0, p.Quiet+remarks+1, uncounted)
			young := t.join(1, noon(p.Quiet-4), time.Minute)[0]
			for k := range remarks {
				for row, author := range []int{t.someone(epoch), young} {
					t.exaggerate(Message{Author: author, Breaks: true, SentAt: noon(p.Quiet + k).Add(time.Duration(row) * time.Hour), Row: row}, pl)
				}
			}
			return t.done()
		},
	}
}

func (t *town) exaggerate(m Message, pl plan) {
	account := Member{Right: float64(t.p.Ballots)}
	if pl.way("account") == 0 {
		account = Member{Joined: m.SentAt.Add(-time.Second)}
		account.Fluent = account.Joined.Add(time.Hour)
	}
	one := Arrival{Member: t.add(1, account)[0], Side: moderation.Breaks, Rule: rulebook.RuleID(pl.said("category")), At: m.SentAt.Add(pl.time("start"))}
	t.write(m, t.passersby(m, m.SentAt, rulebook.OffTopic), []Arrival{one})
}
