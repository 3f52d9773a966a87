package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// summon has a juror answer, or not. An attacker says what is not true.
func (e *engine) summon(c *entry, member int) {
	c.seated++
	e.asked[member] = append(e.asked[member], e.g.now)
	chance, p := e.g.chance(c.message, 10+c.seated), e.g.params
	who, m := e.g.script.Members[member], e.g.script.Messages[c.message]
	answers, after, right := chance.flip(p.Response), chance.exp(p.JuryDelay), chance.flip(who.right(m))
	if !who.Honest {
		answers, after, right = !who.Juror.Silent, who.Juror.Waits, false
	}
	if !answers {
		return
	}
	ballot := jury.Overturn
	if right == m.Breaks {
		ballot = jury.Uphold
	}
	e.g.at(e.g.now.Add(max(after, time.Second)), func() {
		must(e.court.Juries.Answer(e.ctx, moderation.Key{Chat: 1, Case: c.ID}, e.member(member), ballot))
	})
}

// appeal has the author of an upheld message appeal, if they want to and once they may.
func (e *engine) appeal(c *entry) {
	m := &e.g.script.Messages[c.message]
	if !m.Appealed || c.appeals || c.Verdict != moderation.Upheld || c.Reversed != "" || c.Jury == jury.Heavy {
		return
	}
	c.appeals = true
	e.g.at(e.g.now, func() {
		_, err := e.court.Appeal(e.ctx, moderation.Plea{Chat: 1, Case: c.ID, Author: c.Author.ID})
		must(err)
	})
}

// review has an admin decide an appeal that waits for one.
func (e *engine) review(c *entry) {
	key := moderation.Key{Chat: 1, Case: c.ID}
	var err error
	if e.g.script.Messages[c.message].Breaks {
		_, err = e.court.UpholdAppeal(e.ctx, key, admin)
	} else {
		_, err = e.court.Overturn(e.ctx, key, admin)
	}
	must(err)
}
