package simulate

import (
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// hamlet is a group in which few vote.
type hamlet struct {
	members  int
	seldom   int // of them write too seldom to be asked
	turnout  float64
	response float64 // 0 = nobody is brought a stalled vote
}

func (h hamlet) String() string {
	asked := "nobody asked"
	if h.response > 0 {
		asked = answering(h.response)
	}
	return fmt.Sprintf("%d members, %.0f %% vote, %s", h.members, 100*h.turnout, asked)
}

// hamlets are those that are looked into. Of thirty members twenty could be drawn.
var hamlets = []hamlet{
	{200, 0, 0.01, 0}, {200, 0, 0.01, 0.2}, {200, 0, 0.01, 0.4}, {200, 0, 0.01, 0.7},
	{200, 0, 0.03, 0.4}, {200, 0, 0.10, 0.4},
	{30, 10, 0.03, 0}, {30, 10, 0.03, 0.2}, {30, 10, 0.03, 0.4}, {30, 10, 0.03, 0.7},
	{10, 0, 0.10, 0.4}, {2000, 0, 0.01, 0.4},
}

// namesOf are the names of their rows.
func namesOf(all []hamlet) []string {
	var rows []string
	for _, h := range all {
		rows = append(rows, h.String())
	}
	return rows
}

// settle is such a group, of whom all were there before the bot. No admin decides anything.
func (h hamlet) settle(p Params, c chance) *town {
	p.Members, p.Turnout, p.Newcomers, p.AdminLooks = h.members, h.turnout, 0, 0
	if p.turnout() != h.turnout {
		p.Turnout *= h.turnout / p.turnout() // of this group, and not of one of 200
	}
	if h.seldom > 0 {
		p.Declines = 0
	}
	t := newTown(p, c)
	for i := 1; i <= h.seldom; i++ {
		t.script.Members[i].Seldom = true
	}
	t.script.Response, t.script.Unasked, t.script.NoAdmins = h.response, h.response == 0, true
	return t
}

// days are how long such a group is watched, from when its members are established.
const quietFrom, quietDays = 8, 10

// everyDay is what happens in such a group: violations as often as in one of 200, by its size, and mistakes.
func (t *town) everyDay(row int) {
	for k := range max(2, t.honest*3*quietDays/200) {
		if k >= 3*quietDays {
			break
		}
		at := noon(quietFrom).Add(t.within(quietDays * day))
		m := Message{Author: t.stranger(at), Breaks: true, SentAt: at, Row: row}
		t.write(m, t.passersby(m, at, rulebook.Spam))
	}
	for range t.honest * 2 * quietDays / 200 {
		at := noon(quietFrom).Add(t.within(quietDays * day))
		t.mistake(Message{Author: t.someone(at), SentAt: at, Row: -1})
	}
}

// quiet is groups in which few vote, and nobody attacks.
func quiet(p Params) Scenario {
	return Scenario{
		Name: quietName, About: "few vote; stalled votes are brought to members", Rows: namesOf(hamlets),
		Groups: forAll(len(hamlets), p.Repeat/4*len(hamlets)/2), only: true,
		script: func(p Params, c chance, _ plan) Script {
			row := c.group % len(hamlets)
			t := hamlets[row].settle(p, c)
			t.everyDay(row)
			return t.done()
		},
	}
}

const quietName = "quiet groups"

// drained are the groups whose members' patience is tried.
var drainable = []hamlet{{200, 0, 0.01, 0.2}, {200, 0, 0.01, 0.4}, {200, 0, 0.01, 0.7}, {30, 10, 0.03, 0.4}}

// drain is six accounts whose reports try to use up the patience of a quiet group, all day.
func drain(p Params) Scenario {
	return Scenario{
		Name: "jury, drained", About: "few vote; six accounts with a record try to use up the members' patience", Rows: namesOf(drainable),
		Groups: forAll(len(drainable), p.Repeat/4), only: true, train: 4, gain: func(all []Result) float64 { return lost(append([]Result{{}}, all...)) },
		plan: plan{[]knob{
			{name: "a day", least: time.Hour, most: day},
			{name: "together", ways: rounds(6, "first")},
			{name: "fine", ways: []string{"none", "one", "half"}},
			jurorKnob,
			{name: "record", ways: []string{"none", "ten right ballots"}},
		}, Strategy{0.7, 0.1, 0.1, 0.99, 0.9}},
		script: func(p Params, c chance, pl plan) Script {
			row := c.group % len(drainable)
			t := drainable[row].settle(p, c)
			t.everyDay(row)
			right := float64(t.p.Ballots * pl.way("record"))
			who := t.add(6, Member{Right: right})
			t.enlist(who, pl)
			t.tire(who, pl)
			return t.done()
		},
	}
}

// tire has accounts report messages of innocents, several a day. A report comes from some of them together. Others say that the
// message is fine, so that the jury does not come to an end.
func (t *town) tire(who []int, pl plan) {
	between := pl.time("a day") / 6
	together, k := 1+pl.way("together"), 0
	for at := noon(quietFrom - 1); at.Before(noon(quietFrom + quietDays + 1)); at = at.Add(between) {
		var some []int
		for i := range together {
			some = append(some, who[(k+i)%len(who)])
		}
		fine := some[len(some)-[]int{0, min(1, together-1), together / 2}[pl.way("fine")]:]
		reports := t.voters(some[:together-len(fine)], moderation.Breaks, rulebook.Violence, at.Add(time.Minute), time.Minute)
		m := t.target(t.someone(at), at, -1)
		t.write(m, reports, t.voters(fine, moderation.Fine, "", at.Add(20*time.Minute), time.Minute), t.passersby(m, at.Add(time.Minute), rulebook.OffTopic))
		k++
	}
}
