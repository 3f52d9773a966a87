package simulate

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// town writes a script.
type town struct {
	chance

	p      Params
	script Script
	honest int // the members up to this number are honest
}

// newTown is a group of honest members.
func newTown(p Params, c chance) *town {
	t := &town{chance: c, p: p, honest: p.Members, script: Script{Seed: c.Uint64(), Size: p.Members, Members: make([]Member, 1)}}
	for range p.Members {
		m := Member{Accuracy: t.beta(p.Alpha, p.Beta), Honest: true}
		if t.flip(p.Newcomers) {
			m.Joined = epoch.Add(t.within(30 * day)).Truncate(time.Second)
			m.Fluent = m.Joined.Add(12 * time.Hour)
		}
		t.script.Members = append(t.script.Members, m)
	}
	t.script.decline(p.Declines)
	return t
}

// decline has a part of its members not want to be asked. Chance of its own chooses whom, so that nothing else depends on it.
func (s *Script) decline(part float64) {
	own := rand.New(rand.NewPCG(s.Seed, 1))
	for i := range s.Members {
		s.Members[i].Declines = own.Float64() < part
	}
}

// add adds accounts that are not honest, and says which.
func (t *town) add(n int, m Member) []int {
	var added []int
	for range n {
		added = append(added, len(t.script.Members))
		t.script.Members = append(t.script.Members, m)
	}
	return added
}

// join adds fresh accounts that join within a time after at.
func (t *town) join(n int, at time.Time, spread time.Duration) []int {
	added := t.add(n, Member{})
	for _, i := range added {
		joined := at.Add(t.within(spread)).Truncate(time.Second)
		t.script.Members[i].Joined = joined
		t.script.Members[i].Fluent = joined.Add(time.Hour)
	}
	return added
}

// done is the script, in the order of time.
func (t *town) done() Script {
	slices.SortStableFunc(t.script.Messages, func(a, b Message) int { return a.SentAt.Compare(b.SentAt) })
	return t.script
}

// write adds a message and who comes upon it.
func (t *town) write(m Message, arrivals ...[]Arrival) {
	m.Arrivals = slices.Concat(arrivals...)
	sortArrivals(m.Arrivals)
	first := m.SentAt
	if len(m.Arrivals) > 0 {
		first = m.Arrivals[0].At
	}
	if t.flip(t.p.AdminLooks) {
		m.Looks = first.Add(t.exp(t.p.AdminDelay))
	}
	appeals := t.p.Appeals
	if m.Breaks {
		appeals = t.p.GuiltyAppeals
	}
	m.Appealed = t.flip(appeals)
	t.script.Messages = append(t.script.Messages, m)
}

// passersby are the honest members who come upon a message from a time on, and what they make of it. But is who does so
// otherwise already.
func (t *town) passersby(m Message, from time.Time, rule rulebook.RuleID, but ...int) []Arrival {
	var all []Arrival
	turnout := t.p.turnout()
	for i := 1; i <= t.honest; i++ {
		if !t.flip(turnout) {
			continue
		}
		after, right := t.exp(t.p.Delay), t.flip(t.script.Members[i].right(m))
		a := t.opinion(i, m, right, rule)
		if i == m.Author || t.script.Members[i].Joined.After(m.SentAt) || slices.Contains(but, i) {
			continue
		}
		a.At, a.Asked = from.Add(after), !m.Breaks
		all = append(all, a)
	}
	return all
}

// opinion is what an honest member makes of a message.
func (t *town) opinion(member int, m Message, right bool, rule rulebook.RuleID) Arrival {
	a := Arrival{Member: member, Side: moderation.Fine, Taps: t.flip(t.p.Taps), Again: t.flip(t.p.Again)}
	if right == m.Breaks {
		a.Side = moderation.Breaks
	}
	names, misnames, other := t.flip(t.p.Names), t.flip(t.p.Misnames), rules[t.IntN(len(rules))].ID
	switch {
	case !names:
	case misnames:
		a.Rule = other
	default:
		a.Rule = rule
	}
	return a
}

// voters are accounts that vote alike within a time.
func (t *town) voters(who []int, side moderation.Side, rule rulebook.RuleID, from time.Time, spread time.Duration) []Arrival {
	var all []Arrival
	for _, i := range who {
		all = append(all, Arrival{Member: i, Side: side, Rule: rule, At: from.Add(t.within(spread))})
	}
	return all
}

// first is when the first of some arrives.
func first(arrivals []Arrival) time.Time {
	at := arrivals[0].At
	for _, a := range arrivals {
		if a.At.Before(at) {
			at = a.At
		}
	}
	return at
}

// someone is an honest member who is there.
func (t *town) someone(at time.Time) int {
	for {
		if i := 1 + t.IntN(t.honest); !t.script.Members[i].Joined.After(at) {
			return i
		}
	}
}

// stranger is an account that joins to break the rules.
func (t *town) stranger(at time.Time) int {
	author := t.join(1, at.Add(-time.Hour), time.Minute)[0]
	t.script.Members[author].Passing = true
	return author
}

func sortArrivals(all []Arrival) {
	slices.SortStableFunc(all, func(a, b Arrival) int { return a.At.Compare(b.At) })
}
