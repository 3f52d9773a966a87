package moderation

import "time"

// EffectKind names what is done about a group. It is stored.
type EffectKind string

// The kinds of effects.
const (
	EffectCard          EffectKind = "card"
	EffectCardGone      EffectKind = "card_gone"
	EffectWithdraw      EffectKind = "withdraw"
	EffectDelete        EffectKind = "delete"
	EffectSweep         EffectKind = "sweep"
	EffectEndSwept      EffectKind = "swept"
	EffectPunish        EffectKind = "punish"
	EffectLift          EffectKind = "lift"
	EffectShorten       EffectKind = "shorten"
	EffectFree          EffectKind = "free"
	EffectLook          EffectKind = "look"
	EffectNotice        EffectKind = "notice"
	EffectPrivateNotice EffectKind = "letter"
	EffectOutcome       EffectKind = "outcome"
	EffectLaterNotice   EffectKind = "news"
	EffectTier          EffectKind = "tier"
	EffectRegained      EffectKind = "regained"
	EffectCaution       EffectKind = "caution"
	EffectSummons       EffectKind = "summons"
	EffectThanks        EffectKind = "thanks"
	EffectInvite        EffectKind = "invite"
	EffectFetch         EffectKind = "fetch"
	EffectAdmins        EffectKind = "admins"
	EffectAdmin         EffectKind = "admin"
	EffectGather        EffectKind = "gather"
	EffectWelcome       EffectKind = "welcome"
	EffectPause         EffectKind = "pause"
	EffectIntro         EffectKind = "intro"
	EffectBots          EffectKind = "bots"
	EffectLeave         EffectKind = "leave"
	EffectKept          EffectKind = "kept"
	EffectCases         EffectKind = "cases"
	EffectErase         EffectKind = "erase"
	EffectWipe          EffectKind = "wipe"
	EffectLookup        EffectKind = "seek"
	EffectReceipt       EffectKind = "receipt"

	EffectPractice        EffectKind = "practice"
	EffectPracticeOutcome EffectKind = "practice_outcome"
	EffectPracticeOwner   EffectKind = "practice_owner"
)

// Effect is one thing that must be done. It becomes one row of the outbox, and one call or a few when its time has come.
// Effects that bring something about (the card, the introduction, a deletion, a penalty) look at how things stand when they
// are delivered, so that delivering them twice does no harm. Each kind is a type of its own.
type Effect interface {
	Kind() EffectKind

	// Key names the thing of which only one may wait: a later effect with the same key takes the place of the earlier.
	// Empty means that the effect stands for itself.
	Key() string

	// Class says in which queue the effect waits.
	Class() Class

	// String says in words what is done, without names and texts of people.
	String() string

	queued
}

// queued is what the store needs of an effect.
type queued interface {
	// Waits says what the store keeps beside the effect.
	Waits() Waiting

	// Whom is the one person whom the effect concerns, 0 if there is none. What concerns one person is delivered in the
	// order in which it was decided, and what concerns another does not wait for it.
	Whom() int64

	stored() storedEffect
}

// Waiting says where an effect waits. The store keeps it beside the effect.
type Waiting struct {
	Chat int64     // the group, by its present number
	Due  time.Time // it is not delivered before; zero = now
	Ref  OutboxRef // while it is being delivered
}

// Waits implements [Effect].
func (w Waiting) Waits() Waiting { return w }

// OutboxRef names an effect that waits in a store: the number of its row, and how often another took that.
type OutboxRef struct {
	ID       int64
	Revision int64
}

// Class orders the effects of a group. Those of a class are delivered one after the other, and the urgent ones before all
// others. What goes to single persons does not wait for public posts.
type Class int

// The classes.
const (
	Urgent   Class = iota // deletions, penalties, and a notice that must come before one
	Public                // what the whole group sees, which Telegram rations
	Personal              // what one person sees
)

// noticeClass is that of a notice, which may have to come before the penalty it announces.
func noticeClass(first bool) Class {
	if first {
		return Urgent
	}
	return Personal
}

// ofCase ends a sentence about a case, if there is one.
func ofCase(id string) string {
	if id == "" {
		return ""
	}
	return " of case " + id
}

// CaseOf is the case that an effect is about, empty if there is none.
func CaseOf(e Effect) string { return e.stored().Case }
