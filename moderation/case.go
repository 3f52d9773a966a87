package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Case is one reported message; an album counts as one.
type Case struct {
	ID       string // short, unique in its group, see PRODUCT 15
	Chat     int64
	Verdict  Verdict
	Rule     rulebook.RuleID // of a final case; see [Terms.Charge]
	Votes    int             // of an open case so far, of a final one at its verdict; both sides
	Breaks   int             // how many of them say it breaks the rules
	ByAdmin  bool            // decided by an admin, not by votes
	Manual   bool            // no report: a manual penalty
	Listed   bool            // shown to the admins while it was undecided
	Reopens  string          // the dismissed case about the same message that it opens again; see [Court.Report]
	CopyOf   string          // the case whose message this one is a copy of, or went along with; nobody reported it. See [Case.Swept]
	Along    int             // how many other messages were removed along with its own
	Terms    Terms           // the settings by which it is decided; see [Terms]
	Opened   time.Time
	ClockDue time.Time // when its clock starts, if no card does that sooner; zero once it has
	Deadline time.Time // when an open case expires
	Decided  time.Time
	Unkept   bool // there was no space for a file of its evidence; who votes next has it looked for again

	CaseMessage
	CasePenalty
	CaseReview
	CaseJury
	CaseCard
	CaseMoments
}

// CaseMessage is the message that a case is about.
type CaseMessage struct {
	Message int64  // the message first reported; 0 once it is out of reach (the group was upgraded)
	Thread  int64  // the topic it stands in, 0 outside forums
	Album   string // what its messages share, empty if it is no album
	SentAt  time.Time
	Author  Author
}

// CasePenalty is the penalty that a case brought, and how far it and the removal of the message are.
type CasePenalty struct {
	Penalty     ladder.Step // of an upheld case
	Until       time.Time   // when the penalty is over; zero if it has no end or was none
	Removal     Progress    // of the message
	Put         Progress    // of the penalty
	Entry       LogEntry    // where it stands in the log channel, if something waits
	Pending     ladder.Step // a harder penalty, which waits for an admin; see [Case.Waits]
	PendingEnds time.Time   // until when
	Learned     time.Time   // when its author last passed a quiz about its rule
}

// CaseReview is what became of the verdict since.
type CaseReview struct {
	Reversed   Reversal  // what became of the verdict since
	ReversedAt time.Time // when
	Judges     []int64   // the admins who decided it, punished in it or made the penalty harder; 0 for one unknown
	Appeal     AppealState
	Appealed   time.Time // when that began
	AppealDue  time.Time // until when the admins have an open appeal that is before them; of another, when it ended
}

// CaseJury is the jury of a case.
type CaseJury struct {
	Jury      jury.Reason // why one sits, or is to be drawn; empty if there is none
	JuryDue   time.Time   // when the clock is to look at it; of an open case without one, when it may get one; zero if never
	Unlearned bool        // a jury found the message fine that votes wanted a heavy penalty for: nothing is kept of who voted
}

// CaseCard is the vote card of a case.
type CaseCard struct {
	CardWanted bool      // enough voices want a card, which comes at a moment of its own
	Appeared   time.Time // when it first did
	Card       int64
	CardEdited time.Time // when the card was last sent or edited
	CardVotes  int       // how many votes it showed then
	Unheard    bool      // the author could not be told; the outcome card offers a way
}

// Carded reports whether the group has seen a card.
func (c CaseCard) Carded() bool { return !c.Appeared.IsZero() }

// Shown reports whether the group or its admins could see that there is such a case. One that ended before its
// card appeared is known to its reporters alone: telling the admins of it would tell them when
// somebody had reported.
func (c Case) Shown() bool {
	return c.Carded() || c.Listed || c.Manual || c.Verdict == Upheld || c.Verdict == Dismissed
}

// Hidden reports whether there is no such case for anybody but its reporters.
func (c Case) Hidden() bool { return !c.Shown() || c.Verdict == Withdrawn }

// HiddenFromAuthor reports whether its author is not to know of it: of an open case the card in the group tells them, and
// nothing else does.
func (c Case) HiddenFromAuthor() bool { return c.Hidden() || c.Verdict == Open && !c.Carded() }

// Over reports whether the time for votes has passed, though nobody may have noted it yet.
func (c Case) Over(now time.Time) bool { return !c.Deadline.After(now) }

// MayAppear reports whether a card that was not there yet may appear now: not in a pause, and not if there is nothing to ask any
// more.
func (c Case) MayAppear(chat Chat, now time.Time) bool {
	return c.CardWanted && c.asks() && !chat.PausedAt(now)
}

// asks reports whether there is something to ask the group: somebody says that the message breaks the rules, or it is a copy of one
// that did.
func (c Case) asks() bool { return c.Breaks > 0 || c.CopyOf != "" }

// Older messages cannot be removed (Telegram's limit), so they are not judged.
const MaxAge = 48 * time.Hour

// Waits reports whether a harder penalty waits for an admin.
func (c Case) Waits(now time.Time) bool {
	return c.Pending.Kind != "" && c.Reversed == "" && now.Before(c.PendingEnds)
}

// Held reports whether the mute that a case brought lasts until a jury speaks, and not just as long as votes alone may give it.
func (c Case) Held() bool {
	return c.Jury == jury.Heavy && c.Penalty.Kind == ladder.Mute && c.Until.After(c.Penalty.Until(c.Decided))
}

// ByJury reports whether a jury decided it, and not votes on a card.
func (c Case) ByJury() bool {
	return c.Reopens != "" && !c.ByAdmin && (c.Verdict == Upheld || c.Verdict == Dismissed)
}

// FinalAfter is how long after its verdict a case can still be appealed or overturned. Then it is final for
// good: what its ballots teach is noted, and they are destroyed.
const FinalAfter = 7 * 24 * time.Hour

// WorthWhile is how much of a penalty must be left for it to be worth beginning. Telegram takes an end that
// is less than half a minute away for "for ever".
const WorthWhile = 40 * time.Second

// PutAt is how far the penalty is at this time: what waits for a right is over when its time is.
func (c Case) PutAt(now time.Time) Progress {
	if c.Put == ProgressWaits && !c.Until.IsZero() && c.Until.Sub(now) < WorthWhile {
		return ProgressLate
	}
	return c.Put
}

// reopens is the dismissed case that a case is about which follows c: c itself, or the one that c opened again.
func (c Case) reopens() string {
	if c.Verdict == Dismissed {
		return c.ID
	}
	return c.Reopens
}

// AppealEnds is until when the case can be appealed against.
func (c Case) AppealEnds() time.Time { return c.Decided.Add(AppealWithin) }

// judgedBy reports whether an admin decided or punished in the case. Of one who is anonymous in the group Telegram does not
// say who they are, so that no two such can be told apart.
func (c Case) judgedBy(by Member) bool {
	return slices.Contains(c.Judges, by.ID) || by.Name == "" && slices.Contains(c.Judges, 0)
}

// Learnable reports whether the case brought a mute that lasts, so that a quiz could shorten it.
func (c Case) Learnable(now time.Time) bool {
	return c.Verdict == Upheld && c.Reversed == "" && c.Author.Reachable() && c.Penalty.Kind == ladder.Mute && c.Until.After(now) && !c.Put.Never()
}

// neededUntil is until when it must be known whose case it is.
func (c Case) neededUntil() time.Time {
	switch c.Verdict {
	case Upheld:
		return c.Decided.Add(AppealWithin)
	case Open:
		return c.Deadline.Add(AppealWithin)
	case Withdrawn:
		return c.Decided
	default:
		return c.SentAt.Add(MaxAge) // as long as it can be reported, to know whether it is still the same message
	}
}

// needed reports whether it must still be known whose case it is.
func (c Case) needed(now time.Time) bool { return c.neededUntil().After(now) || c.Appeal.Open() }

// Swept reports whether the case is one of a message that was removed along with another: nobody judged it by itself, and it
// brought no penalty.
func (c Case) Swept() bool {
	return c.CopyOf != "" && c.Verdict == Upheld && c.Penalty.Kind == ""
}

// by says who or what ended a case.
func (c Case) by() string {
	switch {
	case c.Swept():
		return "sweep"
	case c.ByAdmin:
		return "admin"
	case c.ByJury():
		return "jury"
	case c.Verdict == Expired:
		return "time"
	default:
		return "votes"
	}
}

// terms are those of a case, or the group's if it has none yet.
func (c Case) terms(chat Chat) Terms {
	if c.Terms.Set() {
		return c.Terms
	}
	return chat.Terms()
}
