package moderation

import (
	"context"
	"slices"
	"time"
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
	ProgressByHand Progress = "by_hand" // never: what an admin put by hand is no less, and lasts longer
)

// Never reports whether it was not done and will not be.
func (p Progress) Never() bool {
	return slices.Contains([]Progress{ProgressAdmin, ProgressFailed, ProgressLate, ProgressByHand}, p)
}

// PutAt is how far the penalty is at this time: what waits for a right is over when its time is.
func (c Case) PutAt(now time.Time) Progress {
	if c.Put == ProgressWaits && !c.Until.IsZero() && c.Until.Sub(now) < WorthWhile {
		return ProgressLate
	}
	return c.Put
}

// progressOf is what it means for a deletion or a penalty that the admins are told of in these words.
var progressOf = map[Topic]Progress{TopicTargetAdmin: ProgressAdmin, TopicTooOld: ProgressLate, TopicFailed: ProgressFailed}

// LogEntry is where a case stands in the log channel, while something that it says is not settled. It is kept as JSON.
type LogEntry struct {
	Chat    int64  `json:"chat"`
	Message int64  `json:"message"`
	Topic   Topic  `json:"topic"`
	By      Admin  `json:"by,omitzero"`
	Seal    string `json:"seal,omitempty"` // the checkpoint of the ledger below it
}

// Delivered notes how far an effect of a case is that is done with that: e waits no longer in the store. Was is how far it was:
// only of what waited others read that it does.
func (c *Deliveries) Delivered(ctx context.Context, e Effect, was, p Progress) error {
	return c.delivered(ctx, Key{Chat: e.Waits().Chat, Case: CaseOf(e), Done: e.Waits().Ref, Bare: was == ProgressNone}, e, p, "")
}

// Failed notes that Telegram refused an effect for good, and tells the admins why.
func (c *Deliveries) Failed(ctx context.Context, e Effect, topic Topic) error {
	return c.delivered(ctx, Key{Chat: e.Waits().Chat, Case: CaseOf(e), Done: e.Waits().Ref}, e, progressOf[topic], topic)
}

func (c *Deliveries) delivered(ctx context.Context, key Key, e Effect, p Progress, topic Topic) error {
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		out := Outcome{}
		if topic != "" {
			out.Effects = append(out.Effects, TellAdmins{News: Trouble{What: topic, Case: CaseOf(e)}})
		}
		d.progress(&out, e, p)
		if need := NeededFor(e, d.Chat.Kind); p == ProgressDone && slices.Contains(d.Chat.Told.Refused, need) {
			// Telegram refused what needs this right, and does not any more.
			works := status(d, d.Chat.Rights, minus(d.Chat.Told.Refused, []Right{need}), now)
			out.Chat, out.Release, out.Effects = works.Chat, works.Release, append(out.Effects, works.Effects...)
		}
		return out, nil
	})
	return err
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

// progress notes how far an effect is in its case. Whoever read that it waits is told.
func (d Docket) progress(out *Outcome, e Effect, p Progress) {
	if d.Case == nil || d.Case.Verdict != Upheld {
		return
	}
	cs := *d.Case
	was := cs.Removal
	put, puts := e.(PutPenalty)
	_, deletes := e.(DeleteMessages)
	switch {
	case deletes && p == ProgressDone && was.Never(): // of an album, in parts, all must be removed
		return
	case deletes:
		cs.Removal = p
	case puts && cs.Penalty == put.Step && cs.Until.Equal(put.Until):
		was, cs.Put = cs.Put, p
	default:
		return
	}
	if was == p {
		return
	}
	out.Case = &cs
	if was != ProgressWaits || cs.Reversed != "" {
		return
	}
	if deletes && cs.CardWanted {
		out.Effects = append(out.Effects, DrawCard{Case: cs.ID})
	}
	if puts && p == ProgressDone && !cs.Penalty.Removes() {
		out.Effects = append(out.Effects, inForce(cs).toAuthor(d, cs.Author)...)
	}
	out.Effects = append(out.Effects, TellAdmins{News: CaseNews{What: TopicDelivered, Case: cs.ID}})
}

// inForce tells the author of a penalty that had to wait.
func inForce(cs Case) Notice {
	return Notice{Case: cs.ID, Step: cs.Penalty, Until: cs.Until, Rule: cs.Rule, Waited: true}
}

// Announce has the author told of a penalty that waited for a right, and then that done: e is replaced by the two.
func (c *Deliveries) Announce(ctx context.Context, e PutPenalty) error {
	_, err := c.update(ctx, Key{Chat: e.Chat, Case: e.Case, Done: e.Ref}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Case == nil {
			return Outcome{}, nil // its group moved at this moment
		}
		cs := *d.Case
		cs.Put = ProgressNone
		told := inForce(cs)
		told.First, told.To = true, Person{ID: cs.Author.ID, Language: cs.Author.Language}
		out := Outcome{Case: &cs, Effects: []Effect{SendNotice{Notice: told}, e}}
		if d.Private {
			told.First, told.To.Private = false, true
			out.Effects = append(out.Effects, SendLetter{Notice: told})
		}
		out.Effects = append(out.Effects, TellAdmins{News: CaseNews{What: TopicDelivered, Case: cs.ID}})
		return out, nil
	})
	return err
}

// Logged notes where a case stands in the log channel, so that the entry can be put right. Once nothing waits it is forgotten.
func (c *Deliveries) Logged(ctx context.Context, chat int64, id string, entry LogEntry) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id, Bare: true}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Case == nil {
			return Outcome{}, nil
		}
		cs := *d.Case
		if cs.Entry = entry; cs.Removal != ProgressWaits && cs.Put != ProgressWaits {
			cs.Entry = LogEntry{}
		}
		return Outcome{Case: &cs}, nil
	})
	return err
}
