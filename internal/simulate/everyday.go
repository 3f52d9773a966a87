package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// offences are what real offenders do, spam most often.
var offences = []rulebook.RuleID{
	rulebook.Spam, rulebook.Spam, rulebook.Spam, rulebook.Spam, rulebook.Spam, rulebook.Spam,
	rulebook.Scam, rulebook.Insult, rulebook.Insult, rulebook.Hate,
}

// live adds what happens in a group from one day to another when nobody attacks it. Row says where it is
// counted.
func (t *town) live(from, to int, row func(day int) int) {
	for d := from; d < to; d++ {
		start := epoch.Add(time.Duration(d) * day)
		for range t.p.Innocent {
			if t.flip(t.p.FalseReports) {
				at := start.Add(t.within(day))
				t.mistake(Message{Author: t.someone(at), SentAt: at, Row: row(d)})
			}
		}
		for range t.p.Offences {
			if t.flip(1 / float64(t.p.Relapses)) {
				t.offender(start.Add(t.within(day)), to, func(at time.Time) int { return row(int(at.Sub(epoch) / day)) })
			}
		}
	}
}

// uncounted is a row for what only makes life go on.
func uncounted(int) int { return -1 }

// mistake is an innocent message that one member honestly takes for another: the likelier one, the more
// often they are wrong.
func (t *town) mistake(m Message) {
	t.write(m, t.mistaken(m)...)
}

// mistaken is the report of who takes a message for another, and those who then come upon it.
func (t *town) mistaken(m Message) [][]Arrival {
	reporter := t.someone(m.SentAt)
	for reporter == m.Author || t.flip(t.script.Members[reporter].Accuracy) {
		reporter = t.someone(m.SentAt)
	}
	at := m.SentAt.Add(t.exp(t.p.Delay / 20))
	report := t.opinion(reporter, m, false, rulebook.OffTopic)
	report.At = at
	return [][]Arrival{{report}, t.passersby(m, at, rulebook.OffTopic, reporter)}
}

// offender is a new account that breaks the rules several times.
func (t *town) offender(at time.Time, to int, row func(time.Time) int) {
	end := epoch.Add(time.Duration(to) * day)
	author := t.stranger(at)
	rule := offences[t.IntN(len(offences))]
	for range t.p.Relapses {
		if !at.Before(end) {
			return
		}
		m := Message{Author: author, Breaks: true, SentAt: at, Row: row(at)}
		t.write(m, t.passersby(m, at, rule))
		at = at.Add(day + t.exp(2*day))
	}
}

// everyday is a group that nobody attacks.
func everyday(p Params) Scenario {
	return Scenario{
		Name: "everyday", About: "nobody attacks", Groups: p.Groups,
		Rows: periods(p.Days()),
		script: func(p Params, c chance, _ plan) Script {
			t := newTown(p, c)
			t.live(0, p.Days(), period)
			return t.done()
		},
	}
}

// months are where periods begin: first it matters how new the bot is, later less.
var months = []int{0, 30, 90, 180}

// period is the one a day is in.
func period(day int) int {
	i := len(months) - 1
	for day < months[i] {
		i--
	}
	return i
}

// periods names them, as many as there are in so many days.
func periods(days int) []string {
	return []string{"month 1", "months 2-3", "months 4-6", "after that"}[:period(days-1)+1]
}
