package moderation

import (
	"time"
)

// ActiveFor is how long ago a member may have written last who is drawn for a jury.
const ActiveFor = 7 * 24 * time.Hour

// Limits of an appeal.
const (
	AppealWithin = FinalAfter // after the verdict
	MaxSentence  = 300        // characters of the author's sentence
)

// Appeal is what an author has against the verdict about them.
type Appeal struct {
	Words    string // their sentence; empty if they said none
	Filed    time.Time
	Deadline time.Time // of the admins, if it is before them
	Ends     time.Time // the deadline of the open case when that was noted; a pause moves that alone. See [Appeal.follow]
}

// copied is an appeal of its own, since what a decision looks at stays as it is. Its times are those that pauses have left.
func (a *Appeal) copied(c Case) *Appeal {
	own := *a
	own.follow(c)
	return &own
}

// follow moves the times of a case that is opened again by as much as a pause has moved the deadline of the case.
func (a *Appeal) follow(c Case) {
	if c.Verdict != Open || a.Ends.IsZero() {
		return
	}
	a.Deadline, a.Ends = a.Deadline.Add(c.Deadline.Sub(a.Ends)), c.Deadline
}

// granted closes the appeal, if one is open, of a case whose verdict was reversed.
func granted(out *Outcome, d Docket) {
	if out.Case.Appeal.Open() {
		out.Case.Appeal, out.Case.AppealDue = AppealGranted, d.Now
	}
}

// stands ends an appeal in favour of the verdict.
func stands(d Docket, how AppealState, by Member) Outcome {
	cs := *d.Case
	cs.Appeal, cs.AppealDue = how, d.Now
	out := Outcome{Case: &cs, CaseChanges: CaseChanges{Appeal: d.Appeal.copied(*d.Case)}}
	out.Effects = append(out.Effects, SendLaterNotice{Case: cs.ID, Step: cs.Penalty, Appeal: how}.toAuthor(d, cs.Author)...)
	dissolve(&out, d, how, "")
	topic := TopicAppealStands
	if how == AppealLapsed {
		topic = TopicAppealLapsed
	}
	tellAppeal(&out, topic, by)
	return out
}
