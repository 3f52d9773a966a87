package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// SendOutcome tells a reporter how their case ended.
type SendOutcome struct {
	Waiting
	Case     string
	Step     ladder.Step // the penalty, if it was upheld
	To       Person
	Rule     rulebook.RuleID
	Verdict  Verdict
	Reversal Reversal  // of a verdict whose outcome they were told before
	Cast     time.Time // when they cast the ballot; if they wiped since, they are not told
}

// Kind implements [Effect].
func (SendOutcome) Kind() EffectKind { return EffectOutcome }

// Key implements [Effect].
func (SendOutcome) Key() string { return "" }

// Class implements [Effect].
func (SendOutcome) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendOutcome) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendOutcome) String() string {
	return "tell a reporter " + e.To.where() + " how case " + e.Case + " ended"
}

func (e SendOutcome) stored() storedEffect {
	return storedEffect{
		Kind: EffectOutcome, Case: e.Case, Step: e.Step, To: e.To, Rule: e.Rule, Verdict: e.Verdict, Reversal: e.Reversal, Cast: e.Cast,
	}
}

// SendLaterNotice tells somebody what became of their penalty since.
type SendLaterNotice struct {
	Waiting
	Case     string      // empty if an admin ended whatever there was
	Step     ladder.Step // the penalty
	To       Person
	Rule     rulebook.RuleID // the rule under which the case comes now, if it changed
	Reversal Reversal        // the verdict was reversed
	Appeal   AppealState     // an appeal ended
	Standing *Score          // where they stand under another rule
	Eased    time.Time       // a mute that was to last until a jury spoke is over then
}

// Kind implements [Effect].
func (SendLaterNotice) Kind() EffectKind { return EffectLaterNotice }

// Key implements [Effect].
func (SendLaterNotice) Key() string { return "" }

// Class implements [Effect].
func (SendLaterNotice) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendLaterNotice) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendLaterNotice) String() string {
	return "tell " + e.To.where() + " what became of a penalty" + ofCase(e.Case)
}

func (e SendLaterNotice) stored() storedEffect {
	return storedEffect{Kind: EffectLaterNotice, Case: e.Case, Step: e.Step, To: e.To, Rule: e.Rule, Reversal: e.Reversal, Appeal: e.Appeal, Standing: e.Standing, Until: e.Eased}
}

// SendRegained tells somebody that they may send everything again.
type SendRegained struct {
	Waiting
	To Person
}

// Kind implements [Effect].
func (SendRegained) Kind() EffectKind { return EffectRegained }

// Key implements [Effect].
func (SendRegained) Key() string { return "" }

// Class implements [Effect].
func (SendRegained) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendRegained) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendRegained) String() string {
	return "tell " + e.To.where() + " that they may send everything again"
}

func (e SendRegained) stored() storedEffect {
	return storedEffect{Kind: EffectRegained, To: e.To}
}

// SendCaution tells somebody that their reports are wrong often.
type SendCaution struct {
	Waiting
	To    Person
	Until time.Time // they cannot report before; zero if they can
	Cast  time.Time // when they cast the ballot that was wrong; if they wiped since, they are not told
}

// Kind implements [Effect].
func (SendCaution) Kind() EffectKind { return EffectCaution }

// Key implements [Effect].
func (SendCaution) Key() string { return "" }

// Class implements [Effect].
func (SendCaution) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendCaution) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendCaution) String() string {
	return "tell " + e.To.where() + " that their reports are often wrong"
}

func (e SendCaution) stored() storedEffect {
	return storedEffect{Kind: EffectCaution, To: e.To, Until: e.Until, Cast: e.Cast}
}

// SendSummons asks a juror to judge.
type SendSummons struct {
	Waiting
	Case string
	To   Person
	Cast time.Time // when the lot was cast for them; if they wiped since, they are not asked
}

// Kind implements [Effect].
func (SendSummons) Kind() EffectKind { return EffectSummons }

// Key implements [Effect].
func (SendSummons) Key() string { return "" }

// Class implements [Effect].
func (SendSummons) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendSummons) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendSummons) String() string {
	return "ask a juror " + e.To.where() + " to judge case " + e.Case
}

func (e SendSummons) stored() storedEffect {
	return storedEffect{Kind: EffectSummons, Case: e.Case, To: e.To, Cast: e.Cast}
}

// SendThanks tells a juror how it ended.
type SendThanks struct {
	Waiting
	Case    string
	To      Person
	Jury    jury.Reason // why they were asked; empty if an earlier release thanks them
	Appeal  AppealState // how the appeal ended, or what else became of a verdict
	Verdict Verdict     // how an open case ended, or what became of a heavy penalty: upheld if it was confirmed, expired if it was dropped
	Cast    time.Time   // when the lot was cast for them; if they wiped since, they are not told
}

// Kind implements [Effect].
func (SendThanks) Kind() EffectKind { return EffectThanks }

// Key implements [Effect].
func (SendThanks) Key() string { return "" }

// Class implements [Effect].
func (SendThanks) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendThanks) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendThanks) String() string {
	return "tell a juror " + e.To.where() + " how case " + e.Case + " ended"
}

func (e SendThanks) stored() storedEffect {
	return storedEffect{Kind: EffectThanks, Case: e.Case, To: e.To, Jury: e.Jury, Appeal: e.Appeal, Verdict: e.Verdict, Cast: e.Cast}
}

// SendInvite sends somebody a way back into the group.
type SendInvite struct {
	Waiting
	Case string
	To   Person
}

// Kind implements [Effect].
func (SendInvite) Kind() EffectKind { return EffectInvite }

// Key implements [Effect].
func (SendInvite) Key() string { return "" }

// Class implements [Effect].
func (SendInvite) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendInvite) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (e SendInvite) String() string {
	return "send the author" + ofCase(e.Case) + " a way back into the group"
}

func (e SendInvite) stored() storedEffect {
	return storedEffect{Kind: EffectInvite, Case: e.Case, To: e.To}
}

// SendWelcome tells a new member what holds in the group.
type SendWelcome struct {
	Waiting
	To    Person
	Until time.Time // not after that
}

// Kind implements [Effect].
func (SendWelcome) Kind() EffectKind { return EffectWelcome }

// Key implements [Effect].
func (SendWelcome) Key() string { return "" }

// Class implements [Effect].
func (SendWelcome) Class() Class { return Personal }

// Whom implements [Effect].
func (e SendWelcome) Whom() int64 { return e.To.ID }

// String implements [Effect].
func (SendWelcome) String() string { return "welcome a new member" }

func (e SendWelcome) stored() storedEffect {
	return storedEffect{Kind: EffectWelcome, To: e.To, Until: e.Until}
}
