package simulate

import (
	"fmt"
	"slices"
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

	days   int // over which cards are counted, for each row; 0 = they are not
	script func(p Params, c chance, pl plan) Script
	groups func(p Params, c chance, pl plan) []Result // instead of script: plays a group by itself, under the full engine

	plan  plan
	gain  func(all []Result) float64 // what attackers want, if they search for it; see [Adapt]
	train int                        // on how many groups they try a strategy at most, 0 = as many as others
}

// Strategy is what the attackers of an adaptive scenario do, in words; empty for another.
func (s Scenario) Strategy() string {
	if s.gain == nil {
		return ""
	}
	return s.plan.String()
}

// Scenarios are everyday life and all attacks.
func Scenarios(p Params) []Scenario {
	all := []Scenario{everyday(p), sizes(p), practised(p), fresh(p), together(p), company(p)}
	for _, share := range []float64{0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5} {
		all = append(all, flood(p, share))
	}
	all = append(all, sleepers(p, "together", 0, "all six in the same cases"))
	all = append(all, oneSleeper(p))
	all = append(all, sleepers(p, "mostly", 0.7, "each in any of those cases with probability 0.7"))
	all = append(all, sleepers(p, "apart", 1, "each in other cases"))
	all = append(all, patient(p), clique(p), campaign(p), shield(p), shieldCrowd(p), tradeoff(p))
	for _, n := range groupSizes {
		all = append(all, dismissal(p, n))
	}
	return append(all, shadow(p), severity(p), oracle(p, voting), oracle(p, setting), oracle(p, thawing), harassment(p))
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

// attack has accounts report an innocent message, in the way that is usual where nobody searches for a better one: within
// minutes, and naming the hardest rule. Honest members see the card from the first report on.
func (t *town) attack(who []int, m Message) {
	if len(who) == 0 {
		return
	}
	reports := t.voters(who, moderation.Breaks, moderation.Violence, m.SentAt.Add(time.Minute), t.p.Spread)
	t.write(m, reports, t.passersby(m, first(reports), moderation.OffTopic, who...))
}

// assault has accounts attack an innocent message as they have planned.
func (t *town) assault(who []int, m Message, pl plan) {
	who = who[:min(len(who), 1+pl.way("accounts"))]
	from := m.SentAt.Add(pl.time("start"))
	rule := moderation.RuleID(pl.said("category"))
	reports := t.force(who, rule, from, pl)
	t.write(m, reports, t.passersby(m, first(reports), moderation.OffTopic))
}

// force are the ballots of an assault. Who changes sides says at first that the message is fine.
func (t *town) force(who []int, rule moderation.RuleID, from time.Time, pl plan) []Arrival {
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

// noon is the middle of a day of the script.
func noon(day int) time.Time {
	return epoch.Add(time.Duration(day)*24*time.Hour + 12*time.Hour)
}
