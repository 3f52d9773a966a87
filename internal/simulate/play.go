package simulate

import (
	"slices"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Outcome is how a message's case ended under a policy.
type Outcome struct {
	Verdict moderation.Verdict // empty if the message was never written, its author being out, or never reported
	Penalty moderation.Step    // if it was upheld
	ByAdmin bool
	Handed  bool
	Votes   int           // cast when it ended
	After   time.Duration // from the first of them
	Known   float64       // ballots on record of those who voted, the mean
}

// Play has a policy decide a script.
func Play(s *Script, p Policy, rules moderation.Policy) []Outcome {
	g := &group{script: s, rules: rules, bench: p.seat(s, rules), people: make([]person, len(s.Members)), voted: make([]int, len(s.Members))}
	all := make([]Outcome, len(s.Messages))
	for i := range s.Messages {
		m := &s.Messages[i]
		g.settle(m.SentAt)
		all[i] = g.play(m, i)
	}
	return all
}

// group is a group under one policy.
type group struct {
	script *Script
	rules  moderation.Policy
	bench  bench
	people []person
	voted  []int // final ballots, by member
	closed []closed
	today  int64
}

// closed is a case that is over and waits to be settled.
type closed struct {
	moderation.Case
	breaks  bool
	ballots []moderation.Ballot
}

// settle settles, day by day, what is final for good.
func (g *group) settle(now time.Time) {
	day := moderation.DayOf(now)
	if day == g.today {
		return
	}
	g.today = day
	before := now.Truncate(24 * time.Hour).Add(-moderation.FinalAfter)
	due := func(c closed) bool { return c.Decided.Before(before) }
	var batch []closed
	for _, c := range g.closed {
		if due(c) {
			batch = append(batch, c)
		}
	}
	g.closed = slices.DeleteFunc(g.closed, due)
	slices.SortStableFunc(batch, func(a, b closed) int { return a.Decided.Compare(b.Decided) })
	for _, c := range batch {
		for _, b := range c.ballots {
			g.voted[b.Voter]++
		}
		g.bench.settle(c.Case, c.breaks, c.ballots, moderation.DayOf(c.Decided.Add(moderation.FinalAfter))+1)
	}
}

// play plays one message's case.
func (g *group) play(m *Message, id int) Outcome {
	author := &g.people[m.Author]
	author.write(m.SentAt)
	if moderation.Banned(author.history, m.SentAt) {
		return Outcome{}
	}
	cs, ballots := g.vote(m, id)
	if len(ballots) == 0 {
		return Outcome{}
	}
	out := Outcome{
		Verdict: cs.Verdict, ByAdmin: cs.ByAdmin, Handed: cs.Handed,
		Votes: len(ballots), After: cs.Decided.Sub(ballots[0].At),
	}
	for _, b := range ballots {
		out.Known += float64(g.voted[b.Voter]) / float64(len(ballots))
	}
	if cs.Verdict == moderation.Upheld {
		out.Penalty = author.punish(cs, g.rules, cs.Decided)
		if !m.Breaks && m.Appealed {
			cs.Reversed, cs.ReversedAt = moderation.Overturned, cs.Decided
			author.pardon(cs.ID, cs.Decided)
		}
	}
	g.closed = append(g.closed, closed{cs, m.Breaks, ballots})
	return out
}

// vote lets those who come upon a message vote until its case is over.
func (g *group) vote(m *Message, id int) (moderation.Case, []moderation.Ballot) {
	cs := moderation.Case{ID: strconv.Itoa(id), SentAt: m.SentAt, Verdict: moderation.Open}
	var ballots []moderation.Ballot
	g.bench.open(m.SentAt)
	for _, a := range m.Arrivals {
		if len(ballots) > 0 && (cs.Over(a.At) || !m.Looks.IsZero() && m.Looks.Before(a.At)) {
			break
		}
		v, ok := g.voter(m, a, len(ballots) == 0)
		if !ok {
			continue
		}
		b := v.Ballot(a.Side, m.SentAt, a.At)
		b.Rule = a.Rule
		if len(ballots) == 0 {
			cs.Opened, cs.Deadline = a.At, a.At.Add(g.rules.Window)
		}
		ballots = append(ballots, b)
		j := g.bench.cast(b)
		cs.Reasons = j.Reasons
		if m.Taught {
			continue
		}
		if j.Crowd {
			cs.Handed = true
			break
		}
		if j.Verdict.Final() {
			cs.Verdict, cs.Decided = j.Verdict, a.At
			break
		}
	}
	if len(ballots) > 0 {
		g.end(m, &cs, ballots)
	}
	return cs, ballots
}

// end has the admins or time end a case that votes did not.
func (g *group) end(m *Message, cs *moderation.Case, ballots []moderation.Ballot) {
	last := ballots[len(ballots)-1].At
	switch {
	case cs.Verdict.Final():
	case cs.Handed:
		cs.Decided, cs.ByAdmin = last.Add(m.Answer), true
	case m.Taught:
		cs.Decided, cs.ByAdmin = last, true
	case !m.Looks.IsZero() && m.Looks.Before(cs.Deadline):
		cs.Decided, cs.ByAdmin = m.Looks, true
	default:
		cs.Verdict, cs.Decided = moderation.Expired, cs.Deadline
	}
	if cs.ByAdmin {
		cs.Verdict = moderation.Dismissed
		if m.Breaks {
			cs.Verdict = moderation.Upheld
		}
	}
	cs.Rule = rules.Charge(ballots)
}

// voter is what is known of somebody who comes upon a message, if they may vote. The first must be somebody
// who reports it.
func (g *group) voter(m *Message, a Arrival, first bool) (moderation.Voter, bool) {
	p := &g.people[a.Member]
	p.write(a.At)
	r := p.record(g.script.Members[a.Member], a.At)
	v := moderation.Voter{ID: int64(a.Member), Record: r, Track: g.bench.track(a.Member)}
	switch {
	case moderation.Banned(p.history, a.At), r.Late(m.SentAt), r.Conduct.Tier(moderation.DayOf(a.At)).Weight() == 0:
		return v, false
	case first && (a.Side != moderation.Breaks || !v.Track.Caution.Paused(a.At).IsZero()):
		return v, false
	default:
		return v, true
	}
}
