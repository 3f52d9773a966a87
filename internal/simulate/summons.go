package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// summoned is how often members are asked, in groups of 200 in which three messages a day break the rules, one of them a hard one
// by an established member.
func summoned(p Params) Scenario {
	rows := []hamlet{{200, 0, 0.01, 0.2}, {200, 0, 0.01, 0.4}, {200, 0, 0.01, 0.7}, {200, 0, 0.03, 0.4}, {200, 0, 0.1, 0.2}, {200, 0, 0.1, 0.4}, {200, 0, 0.1, 0.7}}
	return Scenario{
		Name: summonedName, About: "how often members are asked to be jurors, for whatever reason", Rows: namesOf(rows), only: true,
		Groups: forAll(len(rows), p.Groups*len(rows)),
		groups: func(p Params, c chance, _ plan) []Result {
			weeks := min(4, max(1, p.Days()/7))
			all := make([]Result, len(rows))
			row := c.group % len(rows)
			for i := range all {
				all[i] = Result{Scenario: summonedName, Row: rows[i].String(), Policy: fullName}
			}
			t := rows[row].settle(p, c)
			t.month(weeks)
			script := t.done()
			g := newGroup(&script, p)
			e := newEngine(g)
			g.bench = e
			g.run()
			all[row].Asked = e.asks(t.honest, weeks)
			return all
		},
	}
}

const summonedName = "summons"

// month is what happens in so many weeks.
func (t *town) month(weeks int) {
	from := quietFrom
	for d := from; d < from+7*weeks; d++ {
		start := epoch.Add(time.Duration(d) * day)
		for k := range 3 {
			at := start.Add(t.within(day))
			m, rule := Message{Breaks: true, SentAt: at, Row: -1}, rulebook.Spam
			if m.Author = t.stranger(at); k == 0 {
				m.Author, rule = t.settler(d), rulebook.Violence
			}
			t.write(m, t.passersby(m, at, rule))
		}
		for range 2 {
			at := start.Add(t.within(day))
			t.mistake(Message{Author: t.someone(at), SentAt: at, Row: -1})
		}
	}
}

// asks are how often each member was asked in each week who wants to be.
func (e *engine) asks(members, weeks int) []int {
	var all []int
	for i := 1; i <= members; i++ {
		if e.g.script.Members[i].Declines {
			continue
		}
		in := make([]int, weeks)
		for _, at := range e.asked[i] {
			if w := int(at.Sub(epoch.Add(quietFrom*day)) / (7 * day)); w >= 0 && w < weeks {
				in[w]++
			}
		}
		all = append(all, in...)
	}
	return all
}
