package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Notice is what an author is told of a case: what was done, and why.
type Notice struct {
	Case     string
	Step     ladder.Step // the penalty
	Until    time.Time   // zero if it has no end
	To       Person
	Rule     rulebook.RuleID
	Harsher  bool        // the penalty became harder
	Jury     jury.Reason // why there was the jury that made it so; empty if an admin did
	Waited   bool        // the penalty had to wait for a right
	Standing *Score      // nil if it says nothing of that
	First    bool        // it must come before the ban that it announces
}

func (n Notice) storedAs(kind EffectKind) storedEffect {
	return storedEffect{
		Kind: kind, Case: n.Case, Step: n.Step, Until: n.Until, To: n.To, Rule: n.Rule,
		Harsher: n.Harsher, Jury: n.Jury, Waited: n.Waited, Standing: n.Standing, First: n.First,
	}
}

// SendNotice tells the author of a case in the group what was done.
type SendNotice struct {
	Waiting
	Notice
}

// Kind implements [Effect].
func (SendNotice) Kind() EffectKind { return EffectNotice }

// Key implements [Effect].
func (SendNotice) Key() string { return "" }

// Class implements [Effect].
func (e SendNotice) Class() Class { return noticeClass(e.First) }

// Whom implements [Effect].
func (e SendNotice) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendNotice) String() string {
	return "tell the author of case " + e.Case + " in the group what was done"
}

func (e SendNotice) stored() storedEffect { return e.storedAs(EffectNotice) }

// SendPrivateNotice tells the author of a case in private what was done.
type SendPrivateNotice struct {
	Waiting
	Notice
}

// Kind implements [Effect].
func (SendPrivateNotice) Kind() EffectKind { return EffectPrivateNotice }

// Key implements [Effect].
func (SendPrivateNotice) Key() string { return "" }

// Class implements [Effect].
func (e SendPrivateNotice) Class() Class { return noticeClass(e.First) }

// Whom implements [Effect].
func (e SendPrivateNotice) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendPrivateNotice) String() string {
	return "tell the author of case " + e.Case + " in private what was done"
}

func (e SendPrivateNotice) stored() storedEffect { return e.storedAs(EffectPrivateNotice) }
