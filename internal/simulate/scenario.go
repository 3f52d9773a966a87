package simulate

import (
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Scenario is what happens in a group.
type Scenario struct {
	Name   string   // a word or two, for tables and file names
	About  string   // a sentence
	Share  float64  // the attackers' part of the active, in the scenarios that look into it; else 0
	Rows   []string // what its messages are counted under
	Groups int      // how many groups

	script func(p Params, c chance) Script
}

// Scenarios are everyday life and all attacks.
func Scenarios(p Params) []Scenario {
	all := []Scenario{everyday(p), practised(p), burst(p)}
	for _, share := range []float64{0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5} {
		all = append(all, flood(p, share))
	}
	all = append(all, sleepers(p, "together", 0, "all six in the same cases"))
	all = append(all, sleepers(p, "mostly", 0.7, "each in any of those cases with probability 0.7"))
	all = append(all, sleepers(p, "apart", 1, "each in other cases"))
	return append(all, patient(p), clique(p), mob(p), campaign(p))
}

// rounds names rows by their number.
func rounds(n int, of string) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf("%s %d", of, i+1))
	}
	return all
}

// groupsOf names rows of so many attacks each.
func groupsOf(n, attacks int) []string {
	var all []string
	for first := 1; first <= attacks; first += n {
		all = append(all, fmt.Sprintf("attacks %d-%d", first, first+n-1))
	}
	return all
}

// target is an innocent message of somebody, as attackers pick it.
func (t *town) target(author int, at time.Time, row int) Message {
	return Message{Author: author, SentAt: at, Row: row}
}

// attack has accounts report an innocent message. They name the hardest rule. Honest members see the card
// from the first report on.
func (t *town) attack(who []int, m Message) {
	reports := t.voters(who, moderation.Breaks, moderation.Violence, m.SentAt.Add(time.Minute), t.p.Spread)
	first := m.SentAt.Add(time.Minute + t.p.Spread)
	for _, r := range reports {
		if r.At.Before(first) {
			first = r.At
		}
	}
	t.write(m, reports, t.passersby(m, first, moderation.OffTopic))
}

// defend has accounts call a message fine that is not, as soon as there is a card to do it on.
func (t *town) defend(who []int, m Message) {
	honest := t.passersby(m, m.SentAt, moderation.Spam)
	first := m.SentAt.Add(t.p.Delay)
	for _, a := range honest {
		if a.Side == moderation.Breaks && a.At.Before(first) {
			first = a.At
		}
	}
	t.write(m, honest, t.voters(who, moderation.Fine, "", first, t.p.Spread))
}

// noon is the middle of a day of the script.
func noon(day int) time.Time {
	return epoch.Add(time.Duration(day)*24*time.Hour + 12*time.Hour)
}
