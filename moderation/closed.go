package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// Closed is what the statistics know of a final case: nobody in it has a name.
type Closed struct {
	ID         string
	Opened     time.Time // when its card appeared; without one, when the ten minutes began in which it was opened
	Decided    time.Time
	Verdict    Verdict
	Rule       rulebook.RuleID
	Penalty    ladder.Step
	Put        Progress
	Votes      int
	Breaks     int
	ByAdmin    bool
	Manual     bool
	Shown      bool // see [Case.Shown]
	Card       bool // it had a card
	Again      bool // it opened another again, and had no votes on a card
	Reversed   Reversal
	ReversedAt time.Time
	Appealed   time.Time // when an appeal was filed, if one was
	Learned    time.Time
}

// Survey counts what was decided from from on and before to; see [stats.Count].
func Survey(closed []Closed, from, to time.Time) stats.Numbers {
	cases := make([]stats.Case, len(closed))
	for i, c := range closed {
		cases[i] = stats.Case{
			Opened: c.Opened, Decided: c.Decided, Verdict: stats.Verdict(c.Verdict), Rule: string(c.Rule), Penalty: string(c.penalty()),
			Votes: c.Votes, Breaks: c.Breaks, Manual: c.Manual, Shown: c.Shown, Counted: c.Card, Sided: c.Sided(), Appealed: c.Appealed, Learned: c.Learned,
		}
		if c.Reversed == Overturned {
			cases[i].Overturned = c.ReversedAt
		}
	}
	return stats.Count(cases, from, to)
}

// Sided reports whether the group was told how many votes the side had that won. Of a case that an admin or a jury decided, and of
// one that expired, it was not.
func (c Closed) Sided() bool {
	return c.Card && !c.ByAdmin && !c.Again && (c.Verdict == Upheld || c.Verdict == Dismissed)
}

// DigestFor is what the admins of a group with this policy are told of a period, beside the one before it.
func DigestFor(p Policy, n, before stats.Numbers) stats.Digest {
	d := stats.Publish(n, before)
	if !p.Quiz {
		d = d.WithoutQuiz()
	}
	return d
}

// NotPut stands for the penalty of a penalty that is not in force, and was not.
const NotPut ladder.Penalty = "not_put"

// penalty is what the author felt of the penalty.
func (c Closed) penalty() ladder.Penalty {
	if c.Put.NotDone() {
		return NotPut
	}
	return c.Penalty.Kind
}

// Complaints are the reports against admins of one day.
type Complaints struct {
	Day   time.Time // when it began, in UTC
	Count int
}
