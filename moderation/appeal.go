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
