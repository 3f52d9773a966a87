package simulate

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// An oracle is an admin who wants to know what one member voted. They know when that member voted; they see the card and
// the verdict, have a vote of their own, and may change the threshold whenever they like. From many cases of the past,
// of which they know it, they have learned what the member mostly says when they see what they saw.

// way is how far an oracle goes.
type way int

const (
	knowing way = iota // they know how the member mostly votes
	watching
	voting
	setting
	thawing // cases are decided by the settings of the moment, as they once were
)

// ways are the names of the rows.
var ways = []string{"knowing the member", "watching", "voting", "changing settings", "changing settings that are not frozen"}

// oracle measures how often an admin guesses rightly who goes so far.
func oracle(p Params, most way) Scenario {
	thresholds := []string{"as it is", "2", "3", "4", "5", "7", "50"}
	knobs := []knob{
		{name: "own vote", ways: []string{"none", "breaks", "fine", "breaks, then fine", "fine, then breaks"}},
		{name: "own time", ways: []string{"before the member", "after the member", "before and after"}},
		{name: "own moment", least: time.Second, most: 6 * time.Hour},
		{name: "threshold at first", ways: thresholds},
		{name: "threshold then", ways: thresholds},
		{name: "then", least: time.Second, most: 6 * time.Hour},
	}
	name := "oracle, " + ways[most]
	return Scenario{
		Name: name, About: "an admin wants to know what a member voted",
		Rows: []string{ways[knowing], ways[watching], ways[most]}, Groups: max(2, p.Repeat/40),
		plan: plan{knobs, map[way]Strategy{
			voting: {0.3, 0.1, 0.9, 0, 0, 0}, setting: {0.3, 0.1, 0.9, 0, 0, 0}, thawing: {0.3, 0.5, 0, 0.99, 0.2, 0},
		}[most]},
		train: 2, gain: func(all []Result) float64 { return all[2].Guessed.Value() },
		groups: func(p Params, c chance, pl plan) []Result {
			all := make([]Result, 3)
			for i, row := range []way{knowing, watching, most} {
				all[i] = Result{Scenario: name, Row: ways[row], Policy: fullName, Guessed: spied(p, c, pl, row)}
			}
			return all
		},
	}
}

// spied is how often an admin guesses rightly, by what they learned from the past.
func spied(p Params, c chance, pl plan, row way) Rate {
	past, present := 2*p.Train, 2*p.Train
	learned := map[string][2]int{}
	for k := range past {
		for _, g := range observe(p, chanceOf(p.Seed, "an oracle's past", k), pl, row) {
			n := learned[g.seen]
			n[g.side()]++
			learned[g.seen] = n
		}
	}
	var guessed Rate
	for range present {
		for _, g := range observe(p, c, pl, row) {
			n := learned[g.seen]
			guessed.count(g.breaks == (n[1] >= n[0]))
		}
	}
	return guessed
}

// glimpse is what an admin saw of one case, and what the member voted.
type glimpse struct {
	seen   string
	breaks bool
}

func (g glimpse) side() int {
	if g.breaks {
		return 1
	}
	return 0
}

// observe plays a group in which an admin spies on a member, a case a day.
func observe(p Params, c chance, pl plan, row way) []glimpse {
	const cases, from = 10, 8
	t := newTown(p, c)
	boss, member := t.someone(epoch), t.someone(epoch)
	for member == boss {
		member = t.someone(epoch)
	}
	var voted []time.Time
	for k := range cases {
		voted = append(voted, t.spy(boss, member, noon(from+k), row, pl))
	}
	script := t.done()
	g := newGroup(&script, p)
	e := newEngine(g)
	e.thawed, g.bench = row == thawing, e
	for k, at := range voted {
		if row >= setting {
			e.set(noon(from+k).Add(-time.Second), pl.said("threshold at first"))
			e.set(at.Add(pl.time("then")), pl.said("threshold then"))
			e.set(noon(from+k).Add(23*time.Hour), "as it is")
		}
	}
	g.run()
	var all []glimpse
	for k, at := range voted {
		all = append(all, e.glimpse(k, member, at, row))
	}
	return all
}

// spy adds a message on which a member votes, and an admin if they think it serves them. It says when the member does, who is
// among the first: later, more ballots are in the way.
func (t *town) spy(boss, member int, at time.Time, row way, pl plan) time.Time {
	m := Message{Author: t.stranger(at), Breaks: t.flip(0.5), SentAt: at}
	var honest []Arrival
	if m.Breaks {
		honest = t.passersby(m, at, rulebook.Spam, boss, member)
	} else {
		honest = slices.Concat(t.mistaken(m)...)
		honest = slices.DeleteFunc(honest, func(a Arrival) bool { return a.Member == boss || a.Member == member })
	}
	vote := t.opinion(member, m, t.flip(t.script.Members[member].Accuracy), "")
	vote.At, vote.Asked, vote.Taps = at.Add(t.p.Delay/20+t.exp(t.p.Delay/20)).Truncate(time.Second), true, true
	t.write(m, honest, []Arrival{vote}, t.bossy(boss, vote.At, row, pl))
	t.script.Messages[len(t.script.Messages)-1].Looks = time.Time{}
	return vote.At
}

// bossy are an admin's own ballots.
func (t *town) bossy(boss int, voted time.Time, row way, pl plan) []Arrival {
	var sides []moderation.Side
	switch pl.way("own vote") {
	case 1:
		sides = []moderation.Side{moderation.Breaks}
	case 2:
		sides = []moderation.Side{moderation.Fine}
	case 3:
		sides = []moderation.Side{moderation.Breaks, moderation.Fine}
	case 4:
		sides = []moderation.Side{moderation.Fine, moderation.Breaks}
	}
	if row < voting {
		return nil
	}
	moment, own := pl.time("own moment"), make([]Arrival, len(sides))
	for i, side := range sides {
		at := voted.Add(moment).Add(time.Duration(i) * time.Minute)
		if when := pl.way("own time"); when == 0 || when == 2 && i == 0 {
			at = voted.Add(-min(moment, t.p.Delay/10)).Add(time.Duration(i) * time.Second)
		}
		own[i] = Arrival{Member: boss, Side: side, At: at, Asked: true, Taps: true}
	}
	return own
}

// set changes the threshold at a time.
func (e *engine) set(at time.Time, threshold string) {
	e.g.at(at, func() {
		n, err := strconv.Atoi(threshold)
		if err != nil {
			n = e.g.params.Policy.Threshold
		}
		e.chat.Policy.Threshold = n
	})
}

// glimpse is what could be seen of a case in which a member voted at a time. Where they came too late, or too early, that
// is the verdict, and what they would have said counts. Else whoever decides most cases before the member comes would
// seem to know most of them.
func (e *engine) glimpse(message, member int, at time.Time, row way) glimpse {
	var own glimpse
	for _, a := range e.g.script.Messages[message].Arrivals {
		if a.Member == member {
			own.breaks = a.Side == moderation.Breaks
		}
	}
	if row == knowing || len(e.latest[message]) == 0 {
		return own
	}
	c := e.latest[message][0]
	own.seen = string(c.Verdict)
	before, after, cast := 0, 0, false
	for _, b := range c.ballots {
		switch {
		case b.Voter == int64(member):
			cast = true
		case b.At.Before(at):
			before++
		default:
			after++
		}
	}
	if !cast {
		return own
	}
	when := "later"
	switch late := c.Decided.Sub(at); {
	case late < time.Second:
		when = "with it"
	case after == 0:
		when = "without another vote"
	}
	own.seen = fmt.Sprint(c.Verdict, " ", when, ", ", min(before, 5), " before, ", min(after, 4), " after")
	return own
}
