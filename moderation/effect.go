package moderation

import (
	"fmt"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// EffectKind says what must be done in the world.
type EffectKind string

// The effects. Each becomes one row of the outbox, and one call or a few when its time has come.
// Those that bring something about (the card, the introduction, a deletion, a penalty) look at
// how things stand when they are carried out, so that doing them twice does no harm.
const (
	EffectCard     EffectKind = "card"      // bring the vote card of Case into line with its state
	EffectCardGone EffectKind = "card_gone" // take the card of Case away
	EffectDelete   EffectKind = "delete"    // remove Messages
	EffectPunish   EffectKind = "punish"    // carry out Step against Author, until Until
	EffectLift     EffectKind = "lift"      // end the ban of Author, or the short one of a kick
	EffectShorten  EffectKind = "shorten"   // end the mute or ban of Author at Until, if it is still the one that ends at From
	EffectFree     EffectKind = "free"      // end the mute or ban of Author that the bot put; whoever put it, if Whoever
	EffectLook     EffectKind = "look"      // tell the admins if what others put on Author by hand is in force
	EffectNotice   EffectKind = "notice"    // tell the author To, in the group, what was done
	EffectLetter   EffectKind = "letter"    // the same, in private
	EffectOutcome  EffectKind = "outcome"   // tell the reporter To how their case ended
	EffectNews     EffectKind = "news"      // tell the punished To what became of their penalty since
	EffectTier     EffectKind = "tier"      // bring what Author may send into line with their standing
	EffectRegained EffectKind = "regained"  // tell To that they may send everything again
	EffectCaution  EffectKind = "caution"   // tell To that their reports are wrong often; paused until Until, if set
	EffectSummons  EffectKind = "summons"   // ask the juror To to judge the appeal against Case
	EffectThanks   EffectKind = "thanks"    // tell the juror To how the appeal ended
	EffectInvite   EffectKind = "invite"    // send To, in private, a way back into the group
	EffectFetch    EffectKind = "fetch"     // keep the files of the evidence of Case
	EffectAdmins   EffectKind = "admins"    // tell the admins Topic: in the log channel, else by one EffectAdmin each
	EffectAdmin    EffectKind = "admin"     // tell the admin To Topic
	EffectWelcome  EffectKind = "welcome"   // tell To, who is new, what holds in the group; not after Until
	EffectPause    EffectKind = "pause"     // tell the group that votes decide nothing until Until; without one, that they do again
	EffectIntro    EffectKind = "intro"     // bring the bot's introduction into line with its rights
)

// Topic is what the admins are told. The key in the locale is "admins." and the topic.
type Topic string

// What admins are told.
const (
	TopicRights      Topic = "rights"       // which rights are back or missing; without Rights, to be looked at when it is due
	TopicTargetAdmin Topic = "target_admin" // the author is an admin now, no penalty possible
	TopicTooOld      Topic = "too_old"      // the message can no longer be removed
	TopicFailed      Topic = "failed"       // Telegram refused the penalty for good
	TopicByHand      Topic = "by_hand"      // what others put on the author by hand is in force, and stays
	TopicBasicMute   Topic = "basic_mute"   // muting is done by removing messages; upgrade the group
	TopicLogLost     Topic = "log_lost"     // the log channel cannot be written to
	TopicLogPublic   Topic = "log_public"   // outsiders could read the log channel, so it is one no more

	TopicDecided      Topic = "decided"       // the case ended
	TopicDelivered    Topic = "delivered"     // something that the case brought had to wait, and does no longer
	TopicUndecided    Topic = "undecided"     // the case is open; quietly, and in the log channel alone if its card is in the group
	TopicAgain        Topic = "again"         // a dismissed case is open again; a jury judges
	TopicAgainAsks    Topic = "again_asks"    // likewise, or the jury did not agree: an admin decides
	TopicConfirmed    Topic = "confirmed"     // By brought a penalty that waited to its full measure
	TopicDropped      Topic = "dropped"       // By let it be
	TopicHand         Topic = "hand"          // By punished by hand
	TopicOverturned   Topic = "overturned"    // By reversed the verdict
	TopicPardoned     Topic = "pardoned"      // By forgave the offence
	TopicHarsher      Topic = "harsher"       // By made the penalty harder
	TopicAppealed     Topic = "appealed"      // the author contests the verdict; a jury judges
	TopicAppealAsks   Topic = "appeal_asks"   // the author contests the verdict, or the jury did not agree: an admin judges
	TopicAppealStands Topic = "appeal_stands" // the verdict stands: the jury says so, or By
	TopicAppealLapsed Topic = "appeal_lapsed" // and this because no admin decided
	TopicJury         Topic = "jury"          // the jury overturned the verdict
	TopicFreed        Topic = "freed"         // By ended a mute or ban
	TopicPurged       Topic = "purged"        // By removed messages
	TopicSetting      Topic = "setting"       // By changed a setting
	TopicRule         Topic = "rule"          // By changed the rule book
	TopicCorrected    Topic = "corrected"     // By put the case under another rule
	TopicDigest       Topic = "digest"        // the digest of a period
	TopicComplaints   Topic = "complaints"    // how often admins were reported; for the owner alone
)

// once are the topics of which only the latest is worth telling: they say how things stand. All
// others say what somebody did, and nothing of that may be lost.
var once = map[Topic]bool{
	TopicRights: true, TopicTargetAdmin: true, TopicTooOld: true, TopicFailed: true, TopicDelivered: true,
	TopicBasicMute: true, TopicLogLost: true, TopicLogPublic: true, TopicDecided: true, TopicUndecided: true,
	TopicAgain: true, TopicAgainAsks: true,
	TopicAppealed: true, TopicAppealAsks: true, TopicAppealStands: true, TopicAppealLapsed: true, TopicJury: true,
}

// Person is somebody who is written to.
type Person struct {
	ID       int64  `json:"ID"`
	Language string `json:"Language"`
	Private  bool   `json:"Private"` // in private, for they opened that chat; else ephemerally in the group
}

// Effect is one thing that must be done. Which fields count depends on Kind. It is kept as JSON:
// fields may be added, and not renamed while rows wait.
type Effect struct {
	Kind     EffectKind    `json:"kind"`
	Chat     int64         `json:"-"` // the group, by its present number; the store keeps it beside
	Case     string        `json:"case,omitempty"`
	Messages []int64       `json:"messages,omitempty"`
	Author   Author        `json:"author,omitzero"`
	Step     ladder.Step   `json:"step,omitzero"`
	Until    time.Time     `json:"until,omitzero"`
	From     time.Time     `json:"from,omitzero"`
	To       Person        `json:"to,omitzero"`
	Rule     RuleID        `json:"rule,omitempty"`
	Verdict  Verdict       `json:"verdict,omitempty"`
	Topic    Topic         `json:"topic,omitempty"`
	By       Admin         `json:"by,omitzero"`       // who did what Topic tells
	Name     string        `json:"name,omitempty"`    // whom it was done to, if there is no case
	Whoever  bool          `json:"whoever,omitempty"` // an admin ends it, whatever it came from
	Reversal Reversal      `json:"reverse,omitempty"` // of a verdict whose outcome was told before
	Harsher  bool          `json:"harsher,omitempty"` // a notice of a penalty that became harder
	Waited   bool          `json:"waited,omitempty"`  // a notice of a penalty that had to wait for a right
	Count    int           `json:"count,omitempty"`
	Change   Change        `json:"change,omitzero"`
	Amended  Amended       `json:"amended,omitzero"` // of the rule book
	Digest   *stats.Digest `json:"digest,omitempty"`
	Appeal   AppealState   `json:"appeal,omitempty"`   // how the appeal ended that is told of
	Standing *Score        `json:"standing,omitempty"` // what a notice says of it
	Rights   *RightsNews   `json:"rights,omitempty"`   // what TopicRights tells

	Due   time.Time `json:"-"`               // not before; zero = now
	Slip  Slip      `json:"-"`               // what the store knows it by while it is being carried out
	First bool      `json:"first,omitempty"` // a notice that must precede the ban it announces
}

// Slip names an effect that waits in a store: the number of its place, and how often another took it.
type Slip struct {
	ID       int64
	Revision int64
}

// Score is somebody's standing after a case that cost Cost points of it.
type Score struct {
	Cost int           `json:"cost"`
	Now  int           `json:"now"`
	Tier standing.Tier `json:"tier"`
}

// Admin is who did something to be told to the other admins.
type Admin struct {
	ID   int64  `json:"id,omitempty"` // 0 if they wrote in the group's name
	Name string `json:"name,omitempty"`
}

// Change is a setting that was changed.
type Change struct {
	Setting string `json:"setting"`
	From    string `json:"From"` // as an admin types it, like To
	To      string `json:"To"`
}

// Key names the thing of which there may be only one in waiting: a later effect with the same key
// takes the place of the earlier. Empty means that the effect stands for itself.
func (e Effect) Key() string {
	switch e.Kind {
	case EffectCard, EffectCardGone:
		return string(e.Kind) + "/" + e.Case
	case EffectIntro, EffectPause:
		return string(e.Kind)
	case EffectAdmins:
		if e.Rights != nil { // each was noted as told
			return ""
		}
		if once[e.Topic] {
			return fmt.Sprintf("%s/%s/%s", e.Kind, e.Topic, e.Case)
		}
		if e.Digest != nil {
			return fmt.Sprintf("%s/%s/%d", e.Kind, e.Topic, e.Digest.To.Unix())
		}
	case EffectDelete:
		if e.Case == "" && len(e.Messages) == 1 {
			return string(e.Kind) + "/" + strconv.FormatInt(e.Messages[0], 10)
		}
	}
	return ""
}

// Class orders the effects of a group: those of a class are carried out one after the other, the
// urgent before all others, and what goes to single persons does not wait for public posts.
type Class int

// The classes.
const (
	Urgent   Class = iota // deletions, penalties, and a notice that must come before one
	Public                // what the whole group sees, which is rationed by Telegram
	Personal              // what one person sees
)

// Class says in which queue the effect waits.
func (e Effect) Class() Class {
	switch e.Kind {
	case EffectDelete, EffectPunish, EffectLift, EffectShorten, EffectFree, EffectTier:
		return Urgent
	case EffectCard, EffectCardGone, EffectIntro, EffectPause:
		return Public
	case EffectNotice, EffectLetter:
		if e.First {
			return Urgent
		}
	}
	return Personal
}

// Whom is the one person whom the effect concerns, 0 if there is none. What concerns one person is carried out in the order in
// which it was decided; what concerns another does not wait for it.
func (e Effect) Whom() int64 {
	switch {
	case e.To.ID != 0:
		return e.To.ID
	case e.Class() == Urgent && e.Kind != EffectDelete:
		return e.Author.ID
	default:
		return 0
	}
}
