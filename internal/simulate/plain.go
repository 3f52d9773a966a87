package simulate

import (
	"slices"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// plain is a bench that adds up reports: a message is upheld when they come to enough, and nothing speaks against it.
type plain struct {
	g      *group
	flags  flags
	people []person
	voted  []int // final ballots, by member
	cases  []plainCase
	closed []int // messages whose case is over and waits to be settled
}

// flags says what reports are worth.
type flags interface {
	// worth is what a report is worth.
	worth(b moderation.Ballot) float64
	// enough is what it takes to uphold.
	enough() float64
	// learn is what a case teaches a week after it was decided.
	learn(breaks bool, ballots []moderation.Ballot)
}

// plainCase is a message's case.
type plainCase struct {
	ballots  []moderation.Ballot
	sum      float64
	verdict  moderation.Verdict // empty if there is no case
	deadline time.Time
	decided  time.Time
	byAdmin  bool
	penalty  ladder.Step
	known    float64
}

func seatPlain(f func(g *group) flags) func(g *group) bench {
	return func(g *group) bench {
		n := len(g.script.Members)
		return &plain{g: g, flags: f(g), people: make([]person, n), voted: make([]int, n), cases: make([]plainCase, len(g.script.Messages))}
	}
}

func (p *plain) out(member int, at time.Time) bool {
	return moderation.Banned(p.people[member].history, at)
}

func (p *plain) over(message int) bool { return p.cases[message].over() }

func (c *plainCase) over() bool { return c.verdict != "" && c.verdict != moderation.Open }

func (p *plain) act(message int, a *Arrival) {
	m, c := &p.g.script.Messages[message], &p.cases[message]
	p.expire(message, a.At)
	if c.over() || a.Undo || slices.ContainsFunc(c.ballots, func(b moderation.Ballot) bool { return b.Voter == int64(a.Member) }) {
		return
	}
	who := &p.people[a.Member]
	who.write(a.At)
	r := who.record(p.g.script.Members[a.Member], a.At)
	if p.out(a.Member, a.At) || r.Late(m.SentAt) || r.Conduct.Tier(moderation.DayOf(a.At)).Weight() == 0 {
		return
	}
	if c.verdict == "" {
		if a.Side != moderation.Breaks || a.Asked {
			return
		}
		c.verdict, c.deadline = moderation.Open, a.At.Add(p.g.params.Policy.Window)
	}
	b := moderation.Voter{ID: int64(a.Member), Record: r}.Ballot(a.Side, m.SentAt, a.At)
	b.Rule = a.Rule
	c.ballots = append(c.ballots, b)
	c.known += float64(p.voted[a.Member])
	if b.Side == moderation.Breaks {
		c.sum += p.flags.worth(b)
	}
	if c.sum >= p.flags.enough() && !m.Taught {
		p.end(message, moderation.Upheld, a.At, false)
	}
}

// expire ends a case whose time is over.
func (p *plain) expire(message int, at time.Time) {
	if c := &p.cases[message]; c.verdict == moderation.Open && !c.deadline.After(at) {
		p.end(message, moderation.Expired, c.deadline, false)
	}
}

func (p *plain) decide(message int, at time.Time) {
	p.expire(message, at)
	if p.cases[message].verdict != moderation.Open {
		return
	}
	p.end(message, truth(p.g.script.Messages[message].Breaks), at, true)
}

func (p *plain) end(message int, v moderation.Verdict, at time.Time, byAdmin bool) {
	m, c := &p.g.script.Messages[message], &p.cases[message]
	c.verdict, c.decided, c.byAdmin = v, at, byAdmin
	p.closed = append(p.closed, message)
	if v != moderation.Upheld {
		return
	}
	author, id := &p.people[m.Author], strconv.Itoa(message)
	author.write(at)
	c.penalty = author.punish(id, mostNamed(c.ballots), p.g.params.Policy, at)
	if !m.Breaks && m.Appealed {
		author.pardon(id, at)
	}
}

// mostNamed is the rule that most reports name.
func mostNamed(ballots []moderation.Ballot) rulebook.RuleID {
	named := map[rulebook.RuleID]int{}
	most := rulebook.Other
	for _, b := range ballots {
		if b.Side == moderation.Breaks && b.Rule != "" {
			if named[b.Rule]++; named[b.Rule] > named[most] {
				most = b.Rule
			}
		}
	}
	return most
}

func (p *plain) midnight(at time.Time) {
	before := at.Truncate(day).Add(-moderation.FinalAfter)
	p.closed = slices.DeleteFunc(p.closed, func(message int) bool {
		c := &p.cases[message]
		if !c.decided.Before(before) {
			return false
		}
		for _, b := range c.ballots {
			p.voted[b.Voter]++
		}
		p.flags.learn(p.g.script.Messages[message].Breaks, c.ballots)
		return true
	})
}

func (p *plain) outcome(message int) Outcome {
	c := &p.cases[message]
	if c.verdict == "" {
		return Outcome{}
	}
	p.expire(message, c.deadline)
	m := &p.g.script.Messages[message]
	return Outcome{
		Verdict: c.verdict, Penalty: c.penalty, ByAdmin: c.byAdmin, Votes: len(c.ballots), After: c.decided.Sub(c.ballots[0].At),
		Known: c.known / float64(len(c.ballots)), Established: established(p.g.script.Members[m.Author], m.SentAt), Cards: 1,
	}
}
