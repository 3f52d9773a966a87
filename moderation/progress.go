package moderation

import (
	"slices"
)

// Progress says how far something is that a verdict brings: the removal of the message, or the penalty. What people read of a
// verdict follows from this, and from nothing else.
type Progress string

// The states. The first is also that of cases from before this was noted.
const (
	ProgressNone   Progress = ""        // not tried yet
	ProgressDone   Progress = "done"    // Telegram did it
	ProgressWaits  Progress = "waits"   // for a right of the bot's
	ProgressAdmin  Progress = "admin"   // never: the author is an admin
	ProgressFailed Progress = "failed"  // never: Telegram refuses it
	ProgressLate   Progress = "late"    // never: it was over, or the message too old, before it could be done
	ProgressManual Progress = "by_hand" // never: what an admin put by hand is no less, and lasts longer
)

// Never reports whether it was not done and will not be.
func (p Progress) Never() bool {
	return slices.Contains([]Progress{ProgressAdmin, ProgressFailed, ProgressLate, ProgressManual}, p)
}

// NotDone reports whether it waits, or was not done and will not be.
func (p Progress) NotDone() bool { return p == ProgressWaits || p.Never() }

// LogEntry is where a case stands in the log channel, while something that it says is not settled. It is kept as JSON.
type LogEntry struct {
	Chat    int64  `json:"chat"`
	Message int64  `json:"message"`
	Topic   Topic  `json:"topic"`
	By      Admin  `json:"by,omitzero"`
	Seal    string `json:"seal,omitempty"` // the checkpoint of the ledger below it
}

// NeededFor is the right without which Telegram refuses an effect.
func NeededFor(e Effect, k Kind) Right {
	switch e.(type) {
	case DeleteMessages:
		return k.Needs(RightDelete)
	case PutPenalty, LiftBan, ShortenPenalty, EndPenalty, LimitSending, SendInvite:
		return k.Needs(RightRestrict)
	default:
		return RightAdmin
	}
}
