package stats

import (
	"slices"
	"time"
)

// Verdict is how a case ended.
type Verdict string

// The verdicts that are counted.
const (
	Upheld    Verdict = "upheld"
	Dismissed Verdict = "dismissed"
	Expired   Verdict = "expired"
)

// Case is what the statistics know of a final case: nobody in it has a name.
type Case struct {
	Opened     time.Time
	Decided    time.Time
	Verdict    Verdict
	Rule       string // of an upheld case
	Penalty    string // what its author felt of the penalty
	Votes      int
	Breaks     int
	Manual     bool      // no report: a manual penalty
	Shown      bool      // the group or its admins could see it
	Counted    bool      // the group could read on its card how many voted
	Sided      bool      // and on which side how many did
	Overturned time.Time // when the verdict was, if it was
	Appealed   time.Time // when an appeal was filed, if one was
	Learned    time.Time // when its author passed a quiz about its rule, if they did
}

// Numbers are what happened in a group from From to To, exactly. Admins see what [Publish] makes of it.
type Numbers struct {
	From, To   time.Time
	Reports    int // ballots that say a message breaks the rules; see [Case.reports]
	Votes      int // all ballots, likewise
	Upheld     int // cases, of those that members reported
	Dismissed  int
	Expired    int
	Manual     int            // manual penalties
	Rules      map[string]int // of the upheld
	Penalties  map[string]int // of the upheld
	Appeals    int
	Overturned int
	Learned    int           // cases whose author passed a quiz about the rule
	Median     time.Duration // from when others could see a case to its decision, of what was upheld or dismissed
}

// Count counts what was decided from from on and before to. A case counts when it is final, so that
// no number moves at the moment of a report. It counts only if the group could see it: no number
// tells of reports that nobody else ever saw.
func Count(cases []Case, from, to time.Time) Numbers {
	n := Numbers{From: from, To: to, Rules: map[string]int{}, Penalties: map[string]int{}}
	within := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	var took []time.Duration
	for _, c := range cases {
		if c.Verdict == Upheld && !c.Overturned.IsZero() && within(c.Overturned) {
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
		n.Reports += c.reports()
		n.Votes += c.votes()
		switch {
		case c.Manual:
			n.Manual++
			continue
		case c.Verdict == Upheld:
			n.Upheld++
			n.Rules[c.Rule]++
			n.Penalties[c.Penalty]++
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

// reports is how many reports of a case are counted: as many as its card told, else the one that each case has. Whoever knows of
// all other cases in a period subtracts them from the sum. What is left must not tell more than the group could read.
func (c Case) reports() int {
	if !c.Sided {
		return min(c.Breaks, 1)
	}
	return c.Breaks
}

// votes is the same of all ballots.
func (c Case) votes() int {
	if !c.Counted {
		return min(c.Votes, 1)
	}
	return c.Votes
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
