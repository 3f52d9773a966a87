package moderation

import "github.com/ostrakon-bot/ostrakon/moderation/rulebook"

// DrawPractice brings what is seen of a practice into line with how it stands.
type DrawPractice struct{ Waiting }

// Kind implements [Effect].
func (DrawPractice) Kind() EffectKind { return EffectPractice }

// Key implements [Effect].
func (DrawPractice) Key() string { return string(EffectPractice) }

// Class implements [Effect].
func (DrawPractice) Class() Class { return Public }

// Whom implements [Effect].
func (DrawPractice) Whom() int64 { return 0 }

// String implements [Effect].
func (DrawPractice) String() string { return "go on with a practice" }

func (DrawPractice) stored() storedEffect { return storedEffect{Kind: EffectPractice} }

// SendPracticeOutcome tells who reported the message of a practice how that ended.
type SendPracticeOutcome struct {
	Waiting
	To      Person
	Verdict Verdict
	Rule    rulebook.RuleID
}

// Kind implements [Effect].
func (SendPracticeOutcome) Kind() EffectKind { return EffectPracticeOutcome }

// Key implements [Effect].
func (SendPracticeOutcome) Key() string { return "" }

// Class implements [Effect].
func (SendPracticeOutcome) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendPracticeOutcome) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (SendPracticeOutcome) String() string { return "tell somebody how a practice ended" }

func (e SendPracticeOutcome) stored() storedEffect {
	return storedEffect{Kind: EffectPracticeOutcome, To: e.To, Verdict: e.Verdict, Rule: e.Rule}
}

// SendPracticeAudit invites the owner of a group to look at what Telegram shows admins of a practice.
type SendPracticeAudit struct{ Waiting }

// Kind implements [Effect].
func (SendPracticeAudit) Kind() EffectKind { return EffectPracticeOwner }

// Key implements [Effect].
func (SendPracticeAudit) Key() string { return string(EffectPracticeOwner) }

// Class implements [Effect].
func (SendPracticeAudit) Class() Class { return Personal }

// Whom implements [Effect]. Who the owner is, is asked when it is delivered.
func (SendPracticeAudit) Whom() int64 { return 0 }

// String implements [Effect].
func (SendPracticeAudit) String() string { return "invite the owner to look at recent actions" }

func (SendPracticeAudit) stored() storedEffect { return storedEffect{Kind: EffectPracticeOwner} }
