package simulate

import (
	"container/heap"
	"math/rand/v2"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Outcome is how a message's case ended under a policy.
type Outcome struct {
	Verdict  moderation.Verdict // the last; empty if the message was never written, its author being out, or never reported
	Penalty  ladder.Step        // if it was upheld
	ByAdmin  bool
	Reopened bool          // it was dismissed, and reported again
	Votes    int           // cast when it ended
	After    time.Duration // from the first of them
	Known    float64       // ballots on record of those who voted, the mean

	Established bool // the author was, when it was written
	Cards       int  // public questions under the message
	Attacked    bool // attackers had a ballot in it
	Cost        bool // the ballots of attackers took a voice or weight from a side that had honest ballots
	Named       bool // the rule an attacker named made the penalty a day or more, and would not without them
	Alone       bool // likewise, and nobody else named that rule

	Full      ladder.Step // that waited for more than votes, if one did
	Held      bool        // a mute lasted longer than it was to, until a jury spoke
	Reversed  bool        // the verdict was taken back
	Ruled     bool        // a jury decided about an appeal
	Overruled bool        // likewise, against the verdict
}

// Policy is a way to decide cases.
type Policy struct {
	Name string

	seat func(g *group) bench
}

// bench decides the cases of one group.
type bench interface {
	verdicts
	// act has a member report a message, or vote on its card.
	act(message int, a *Arrival)
	// decide has an admin decide a message's case, if there is one that is open and that they can see.
	decide(message int, at time.Time)
	// midnight does what is done once a day.
	midnight(at time.Time)
}

// verdicts says what was decided.
type verdicts interface {
	// out reports whether a member is banned.
	out(member int, at time.Time) bool
	// over reports whether nobody can vote on a message any more.
	over(message int) bool
	// outcome is how a message's cases ended.
	outcome(message int) Outcome
}

// group is a group under one policy: a queue of what happens next.
type group struct {
	script *Script
	params Params
	bench  bench
	queue  queue
	now    time.Time
	day    int64
	pushed int
}

// run lets everything happen, in the order of time.
func (g *group) run() {
	g.await(0)
	for len(g.queue) > 0 {
		e := heap.Pop(&g.queue).(event)
		g.now = e.at
		if day := moderation.DayOf(e.at); day != g.day {
			g.day = day
			g.bench.midnight(e.at)
		}
		e.do()
	}
}

// await has a message, and those behind it, written at their time.
func (g *group) await(i int) {
	if i == len(g.script.Messages) {
		return
	}
	m := &g.script.Messages[i]
	g.at(m.SentAt, func() {
		g.await(i + 1)
		if g.bench.out(m.Author, m.SentAt) {
			return
		}
		g.arrive(i, 0)
		if !m.Looks.IsZero() {
			g.at(m.Looks, func() { g.bench.decide(i, m.Looks) })
		}
	})
}

// arrive has those come upon a message, from the k-th on, as long as they can vote.
func (g *group) arrive(i, k int) {
	m := &g.script.Messages[i]
	if k == len(m.Arrivals) {
		if m.Taught {
			g.bench.decide(i, g.now)
		}
		return
	}
	g.at(m.Arrivals[k].At, func() {
		g.bench.act(i, &m.Arrivals[k])
		if !g.bench.over(i) {
			g.arrive(i, k+1)
		}
	})
}

// chance is the randomness of what follows from a message's case: the same for every policy.
func (g *group) chance(message, what int) chance {
	return chance{rand.New(rand.NewPCG(g.script.Seed, uint64(message)<<16|uint64(what))), 0}
}

// at has something happen at a time, or at once if that has passed.
func (g *group) at(t time.Time, do func()) {
	if t.Before(g.now) {
		t = g.now
	}
	g.pushed++
	heap.Push(&g.queue, event{t, g.pushed, do})
}

// event is something that happens at a time.
type event struct {
	at    time.Time
	order int // of two at the same time the one that was planned first comes first
	do    func()
}

// queue is a heap of events.
type queue []event

// Len implements [heap.Interface].
func (q queue) Len() int { return len(q) }

// Swap implements [heap.Interface].
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Less implements [heap.Interface].
func (q queue) Less(i, j int) bool {
	if c := q[i].at.Compare(q[j].at); c != 0 {
		return c < 0
	}
	return q[i].order < q[j].order
}

// Push adds an event, for package heap.
func (q *queue) Push(e any) { *q = append(*q, e.(event)) }

// Pop takes the last event, for package heap.
func (q *queue) Pop() any {
	last := len(*q) - 1
	e := (*q)[last]
	(*q)[last] = event{}
	*q = (*q)[:last]
	return e
}

// Play has a policy decide a script.
func Play(s *Script, p Policy, params Params) []Outcome {
	g := newGroup(s, params)
	g.bench = p.seat(g)
	g.run()
	all := make([]Outcome, len(s.Messages))
	for i := range all {
		all[i] = g.bench.outcome(i)
	}
	return all
}

func newGroup(s *Script, p Params) *group {
	if s.Threshold != 0 {
		p.Policy.Threshold = s.Threshold
	}
	if s.Response != 0 {
		p.Response = s.Response
	}
	if s.Unasked {
		p.Policy.Summon = 0
	}
	if s.NoAdmins {
		p.AdminAnswers = 0
	}
	if s.NoSummons {
		p.Policy.Summon = 0
	}
	return &group{script: s, params: p}
}
