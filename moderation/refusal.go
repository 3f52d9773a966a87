package moderation

import (
	"errors"
	"time"
)

// Code says why something was refused. The edge turns it into a sentence: the key in the locale
// is "refuse." and the code.
type Code string

// Why a report or a vote is refused.
const (
	RefuseSelf        Code = "self"         // one's own message
	RefuseBot         Code = "bot"          // this bot's message
	RefuseLinked      Code = "linked"       // a post of the group's own channel
	RefuseService     Code = "service"      // no message but a notice of Telegram's
	RefuseOld         Code = "old"          // older than MaxAge
	RefuseDecided     Code = "decided"      // the case is final
	RefuseLimit       Code = "limit"        // too many reports in the hour
	RefuseLate        Code = "late"         // joined after the message was written
	RefuseOutsider    Code = "outsider"     // not a member of the group
	RefuseAuthor      Code = "author"       // the author may not vote
	RefuseNoCase      Code = "no_case"      // no such case here
	RefuseNoBallot    Code = "no_ballot"    // nothing to take back
	RefuseNotAdmin    Code = "not_admin"    // for admins only
	RefuseNotOwner    Code = "not_owner"    // for the owner only
	RefuseNoPause     Code = "no_pause"     // there is none to end
	RefuseUnknown     Code = "unknown"      // a button that means nothing any more
	RefuseJudged      Code = "judged"       // a jury or the admins decide this one, and not votes
	RefuseVotedBefore Code = "voted_before" // it was dismissed, and they had a vote in that
	RefuseStanding    Code = "standing"     // their standing gives them no vote
	RefusePaused      Code = "paused"       // their reports were wrong too often; see [weight.ReportAbuse]
	RefuseReaders     Code = "readers"      // too short a card delay where Telegram shows who read a message
	RefuseToday       Code = "today"        // they asked for it today already; see [Daily]
)

// Why a change of settings is not taken back.
const (
	RefuseUndone       Code = "undone"        // it was taken back already
	RefuseUndoLate     Code = "undo_late"     // longer than [TakeBackFor] ago
	RefuseChangedSince Code = "changed_since" // one of the settings was changed again
)

// Why a manual penalty or its end is refused.
const (
	RefuseRights      Code = "rights"       // this admin may not do it in Telegram either
	RefuseTargetAdmin Code = "target_admin" // admins cannot be punished
	RefuseMe          Code = "me"           // this bot
	RefuseNobody      Code = "nobody"       // nobody was named, or nobody that is known
	RefuseTwo         Code = "two"          // more than one was named
	RefuseNotMuted    Code = "not_muted"    // there is no mute to end
	RefuseNotBanned   Code = "not_banned"   // there is no ban to end
	RefuseClean       Code = "clean"        // there is no offence to pardon
	RefuseReversed    Code = "reversed"     // the verdict was reversed before
	RefuseNotUpheld   Code = "not_upheld"   // only an upheld case has a penalty
	RefuseTop         Code = "top"          // there is nothing harder on the ladder
	RefuseChanged     Code = "changed"      // somebody else was faster
	RefuseNotPending  Code = "not_pending"  // no penalty waits, or another
)

// Why an appeal, or a juror's vote on one, is refused.
const (
	RefuseNotYours   Code = "not_yours"   // no case against them that they could contest
	RefuseAppealed   Code = "appealed"    // a case is appealed once
	RefuseAppealLate Code = "appeal_late" // too long ago
	RefuseNoAppeal   Code = "no_appeal"   // there is none that waits for an admin
	RefuseOwnCase    Code = "own_case"    // they cannot confirm themselves
	RefuseAppealOver Code = "appeal_over" // it was judged already
	RefuseJurorVoted Code = "ruled"       // they have voted
	RefuseSeatGone   Code = "seat_gone"   // they cannot be jurors any more
	RefuseJurySits   Code = "jury_sits"   // a jury is looking at the same case already
)

// Why a change of the rule book is refused, or a case cannot come under a rule.
const (
	RefuseNoRule       Code = "no_rule"       // none that holds, or it holds already
	RefuseRuleOther    Code = "rule_other"    // [rulebook.Other] cannot be removed: cases without a category fall under it
	RefuseRuleName     Code = "rule_name"     // too long, or no word
	RefuseRuleTaken    Code = "rule_taken"    // another rule is called so
	RefuseRuleWhy      Code = "rule_why"      // too long, or no sentence
	RefuseRuleExample  Code = "rule_example"  // too long, or no message
	RefuseRuleSeverity Code = "rule_severity" // not 1, 2 or 3
	RefuseRuleSweep    Code = "rule_sweep"    // neither on nor off
	RefuseRulePlace    Code = "rule_place"    // no such place in the book
	RefuseBookFull     Code = "book_full"     // [rulebook.MaxRules] hold
	RefuseExamplesFull Code = "examples_full" // it has [rulebook.MaxExamples] of that sort
)

// Why there is no quiz.
const (
	RefuseAway       Code = "away"        // not in the group
	RefuseNoMute     Code = "no_mute"     // no mute lasts that the case brought
	RefuseQuizOff    Code = "quiz_off"    // the group has none
	RefuseQuizPassed Code = "quiz_passed" // within [PassedFor]
	RefuseQuizFailed Code = "quiz_failed" // within [FailedFor]
	RefuseQuizNone   Code = "quiz_none"   // too few examples of the rule
)

// Refusal is an answer, not a failure: the request was understood and may not be granted.
type Refusal struct {
	Code Code
	Case string // the case it is about, if any

	Until time.Time // how long it will be so, if that is known
}

// Error implements error.
func (r *Refusal) Error() string { return "refused: " + string(r.Code) }

// refuse returns a refusal as an error.
func refuse(code Code, id string) error { return &Refusal{Code: code, Case: id} }

// ErrSeen is returned by a [Store] for an update that it has handled before. Nothing was changed
// and nothing is to be answered.
var ErrSeen = errors.New("this update was handled before")

// ErrNoCase means that there is no such case in that group.
var ErrNoCase = errors.New("no such case")

// ErrNoChat means that there is no such group.
var ErrNoChat = errors.New("no such group")

// ErrUnavailable means that the store cannot be read or written just now. Nothing was changed, and
// what was asked should be asked again until it works.
var ErrUnavailable = errors.New("the store is unavailable")
