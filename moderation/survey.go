package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// Closed is what the statistics know of a final case: nobody in it has a name.
type Closed struct {
	ID         string
	Opened     time.Time
	Decided    time.Time
	Verdict    Verdict
	Rule       RuleID
	Penalty    ladder.Step
	Put        Progress
	Votes      int
	Breaks     int
	ByAdmin    bool
	Hand       bool
	Shown      bool // see [Case.Shown]
	Reversed   Reversal
	ReversedAt time.Time
	Appealed   time.Time // when an appeal was filed, if one was
	Learned    time.Time
}

// Numbers are what happened in a group from From to To, exactly. Admins see what [Publish] makes of it.
type Numbers struct {
	From, To   time.Time
	Reports    int // ballots that say a message breaks the rules
	Votes      int // all ballots
	Upheld     int // cases, of those that members reported
	Dismissed  int
	Expired    int
	ByHand     int                 // penalties given by hand
	Rules      map[RuleID]int      // of the upheld
	Penalties  map[ladder.Deed]int // of the upheld
	Appeals    int
	Overturned int
	Learned    int           // cases whose author passed a quiz about the rule
	Median     time.Duration // from the first report to the decision, of what was upheld or dismissed
}

// Survey counts what was decided from from on and before to. A case counts when it is final, so that
// no number moves at the moment of a report, and only if the group could see it: of reports that
// nobody else ever saw, no number tells.
func Survey(closed []Closed, from, to time.Time) Numbers {
	n := Numbers{From: from, To: to, Rules: map[RuleID]int{}, Penalties: map[ladder.Deed]int{}}
	within := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	var took []time.Duration
	for _, c := range closed {
		if c.Verdict == Upheld && c.Reversed == Overturned && within(c.ReversedAt) {
			n.Overturned++
		}
		if within(c.Appealed) {
			n.Appeals++
		}
		if within(c.Learned) {
			n.Learned++
		}
		if !within(c.Decided) || !c.Shown {
			continue
		}
		n.Reports += c.Breaks
		n.Votes += c.Votes
		switch {
		case c.Hand:
			n.ByHand++
			continue
		case c.Verdict == Upheld:
			n.Upheld++
			n.Rules[c.Rule]++
			n.Penalties[c.deed()]++
		case c.Verdict == Dismissed:
			n.Dismissed++
		case c.Verdict == Expired:
			n.Expired++
			continue
		}
		took = append(took, c.Decided.Sub(c.Opened))
	}
	n.Median = median(took)
	return n
}

// NotPut stands for the deed of a penalty that is not in force, and was not.
const NotPut ladder.Deed = "not_put"

// deed is what the author felt of the penalty.
func (c Closed) deed() ladder.Deed {
	if c.Put == ProgressWaits || c.Put.Never() {
		return NotPut
	}
	return c.Penalty.Deed
}

// Cases is how many cases members brought.
func (n Numbers) Cases() int { return n.Upheld + n.Dismissed + n.Expired }

func median(d []time.Duration) time.Duration {
	if len(d) == 0 {
		return 0
	}
	slices.Sort(d)
	return (d[(len(d)-1)/2] + d[len(d)/2]) / 2
}
