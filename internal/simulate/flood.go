package simulate

import (
	"fmt"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// floodName begins the names of floods of all sizes.
const floodName = "flood "

func isFlood(scenario string) bool { return strings.HasPrefix(scenario, floodName) }

// flood is so many fresh accounts that they are a part of the active. They attack ten innocents, five times
// each over ten days, and acquit whom the others report. With no attackers one member is honestly wrong instead.
func flood(p Params, share float64) Scenario {
	about := "fresh accounts are a part of the active, attack innocents and acquit offenders"
	if share == 0 {
		about = "nobody attacks; the messages are reported by honest mistake"
	}
	return Scenario{
		Name:  fmt.Sprintf("%s%.0f %%", floodName, 100*share),
		About: about,
		Share: share, Rows: []string{"all"}, Groups: max(1, p.Repeat/8),
		script: func(p Params, c chance, _ plan) Script {
			t := newTown(p, c)
			at := noon(p.Quiet)
			t.live(0, p.Quiet, uncounted)
			who := t.join(int(float64(p.Members)*share/(1-share)+0.5), at.Add(-p.Fresh), p.JoinSpread)
			victims := t.Perm(p.Members)[:10]
			for round := range 5 {
				when := at.Add(time.Duration(round) * 2 * day)
				for _, v := range victims {
					t.floodOver(who, t.target(1+v, when.Add(t.within(time.Hour)), 0))
				}
				spam := t.stranger(when)
				t.defend(who, Message{Author: spam, Breaks: true, SentAt: when.Add(t.within(time.Hour)), Row: 0})
			}
			return t.done()
		},
	}
}

// floodOver attacks; if nobody does, one member is honestly wrong.
func (t *town) floodOver(who []int, m Message) {
	if len(who) == 0 {
		t.mistake(m)
		return
	}
	t.attack(who, m)
}

// defend has accounts call a message fine that is not, as soon as there is a card to do it on.
func (t *town) defend(who []int, m Message) {
	honest := t.passersby(m, m.SentAt, rulebook.Spam)
	from := m.SentAt.Add(t.p.Delay)
	for _, a := range honest {
		if a.Side == moderation.Breaks && a.At.Before(from) {
			from = a.At
		}
	}
	t.write(m, honest, t.voters(who, moderation.Fine, "", from, t.p.Spread))
}
