package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Closing is a case that is final for good, with the ballots that are about to be destroyed.
type Closing struct {
	Chat    Chat
	Case    Case
	Ballots []Ballot
	Ties    weight.Ties // among all its voters, but only among [MaxCompared] of a side
}

// Settlement is what is left of a case's ballots: how often members were right, and which two of them
// voted alike, not on what.
type Settlement struct {
	Cases       weight.Trace                // final cases of the group
	VoteRecords map[int64]weight.VoteRecord // by member
	Alike       map[weight.Pair]weight.Trace
	Effects     []Effect
}

// MaxCompared is how many ballots of one side are compared with each other. Tied voters are found long
// before there are as many. In a large public case it says nothing who was there too.
const MaxCompared = 64

// Settler stores what is left of cases that are final for good.
type Settler interface {
	// Settle runs learn on cases decided before then, the oldest first. It takes those whose ballots are still
	// there, and whose appeal, if there was one, ended before [FinalAfter] from then. It keeps what learn returns
	// and makes the ballots unreadable for everybody, for ever. For each case it does so once, all or nothing. It
	// says how many cases there were. One whose ballots cannot be read teaches nothing, and is in no other's way.
	Settle(ctx context.Context, before time.Time, learn func(Closing) Settlement) (int, error)
}

// Settle settles all cases that became final for good before today, in the order of their verdicts, and
// destroys their keys and ballots. A day's cases are settled together, so that what changes for a
// member cannot be laid beside one of them. It says how many there were.
func (c *Clock) Settle(ctx context.Context) (int, error) {
	now := c.now().UTC()
	day := DayOf(now)
	before := weight.Midnight(day).Add(-FinalAfter)
	return c.settler.Settle(ctx, before, func(cl Closing) Settlement { return cl.Settle(day) })
}

// Settle is what is left of the case's ballots when it is settled on a day.
func (cl Closing) Settle(day int64) Settlement {
	s := Settlement{VoteRecords: map[int64]weight.VoteRecord{}, Alike: map[weight.Pair]weight.Trace{}, Cases: cl.Ties.Cases}
	if cl.Case.Verdict == Withdrawn || cl.Case.Swept() || cl.Case.Unlearned || len(cl.Ballots) == 0 { // of what was swept nobody's word decided
		return s
	}
	s.Cases = s.Cases.Add(1, day)
	for _, b := range cl.Ballots {
		t := cl.Ties.Records[b.Voter].On(day)
		if t.Voted == 0 {
			t.Before = cl.Ties.Cases.On(day)
		}
		t.Voted++
		s.VoteRecords[b.Voter] = t
	}
	compare(&s, cl, day)
	for _, l := range Feedback(cl.Case, cl.Ballots, cl.Ties, cl.Case.terms(cl.Chat)) {
		t := s.VoteRecords[l.Voter].Learn(l, day)
		if !l.Right {
			var tell bool
			if t.Abuse, tell = t.Abuse.Respond(day); tell {
				b := cl.Ballots[find(cl.Ballots, l.Voter)]
				to := Person{ID: b.Voter, Language: b.Language, Private: b.Private}
				s.Effects = append(s.Effects, SendCaution{To: to, Until: t.Abuse.PausedOn(day), Cast: b.At})
			}
		}
		s.VoteRecords[l.Voter] = t
	}
	return s
}

// compare counts for each two voters of a side that they voted alike.
func compare(s *Settlement, cl Closing, day int64) {
	for _, of := range []Side{Breaks, Fine} {
		var voters []int64
		for _, b := range cl.Ballots {
			if b.Side == of {
				voters = append(voters, b.Voter)
			}
		}
		if len(voters) > MaxCompared {
			continue
		}
		for i, a := range voters {
			for _, b := range voters[:i] {
				p := weight.PairOf(a, b)
				s.Alike[p] = cl.Ties.Alike[p].Add(1, day)
			}
		}
	}
}
