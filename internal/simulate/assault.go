package simulate

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// target is an innocent message of somebody, as attackers pick it.
func (t *town) target(author int, at time.Time, row int) Message {
	return Message{Author: author, SentAt: at, Row: row}
}

// attack has accounts report an innocent message, in the way that is usual where nobody searches for a better one: within
// minutes, and naming the hardest rule. Honest members see the card from the first report on.
func (t *town) attack(who []int, m Message) {
	if len(who) == 0 {
		return
	}
	reports := t.voters(who, moderation.Breaks, rulebook.Violence, m.SentAt.Add(time.Minute), t.p.Spread)
	t.write(m, reports, t.passersby(m, first(reports), rulebook.OffTopic, who...))
}

// assault has accounts attack an innocent message as they have planned.
func (t *town) assault(who []int, m Message, pl plan) {
	who = who[:min(len(who), 1+pl.way("accounts"))]
	from := m.SentAt.Add(pl.time("start"))
	rule := rulebook.RuleID(pl.said("category"))
	reports := t.force(who, rule, from, pl)
	t.write(m, reports, t.passersby(m, first(reports), rulebook.OffTopic))
}

// force are the ballots of an assault. Who changes sides says at first that the message is fine.
func (t *town) force(who []int, rule rulebook.RuleID, from time.Time, pl plan) []Arrival {
	reports := t.voters(who, moderation.Breaks, rule, from, pl.time("spread"))
	if pl.said("sides") == "half change theirs" {
		for _, a := range slices.Clone(reports)[len(reports)/2:] {
			a.Side, a.At = moderation.Fine, from.Add(a.At.Sub(from)/2)
			reports = append(reports, a)
		}
	}
	return reports
}

// assaultKnobs are what those choose who attack an innocent.
func assaultKnobs(accounts int) []knob {
	return []knob{
		{name: "start", least: 10 * time.Second, most: 20 * time.Hour},
		{name: "spread", least: time.Second, most: 20 * time.Hour},
		{name: "accounts", ways: rounds(accounts, "first")},
		{name: "category", ways: []string{"violence", "hate", "spam", "offtopic"}},
		{name: "sides", ways: []string{"kept", "half change theirs"}},
	}
}

// wrongfully is what those want who attack innocents: the part of them that is punished, and a little for how hard.
func wrongfully(all []Result) float64 {
	var r Result
	for _, o := range all {
		r.add(o)
	}
	return r.Wrongful.Value() + 0.1*r.Heavy.Value() + 0.01*r.Muted.Value()
}
