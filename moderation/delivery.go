package moderation

import (
	"context"
	"slices"
	"time"
)

// Deliveries notes what became of effects.
type Deliveries struct{ *runner }

// CardShown notes the message that is a case's card, when it was sent or edited last, and how many votes it shows. With
// that e, which showed it, is done and waits no longer. When the card appears, the clock of the case starts: its time to vote,
// and when the admins are shown that it is undecided.
func (c *Deliveries) CardShown(ctx context.Context, e DrawCard, message int64, votes int) error {
	shown := c.now().UTC()
	key := Key{Chat: e.Chat, Case: e.Case, Want: Want{Bare: true, Size: true}, Rows: Rows{Done: e.Ref}}
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil {
			return Outcome{}, nil
		}
		cs := *d.Case
		cs.Card, cs.CardEdited, cs.CardVotes = message, shown, votes
		out := Outcome{Case: &cs}
		if cs.Carded() {
			return out, nil
		}
		cs.Appeared = now
		if cs.Verdict == Open {
			cs.start(d, now)
			if !cs.Listed {
				list(&out, cs, now.Add(ListedAfter))
			}
		}
		return out, nil
	})
	return err
}

// CardRefused notes that no card can come now: Telegram does not take it, or there is a pause. The admins are shown the case
// instead. It is known to them from the moment on at which the card would have come.
func (c *Deliveries) CardRefused(ctx context.Context, chat int64, id string) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id, Want: Want{Bare: true}}, func(d Docket, now time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Verdict != Open || d.Case.Listed {
			return Outcome{}, nil
		}
		cs := *d.Case
		cs.Listed = true
		out := Outcome{Case: &cs}
		list(&out, cs, Unhurried(now))
		return out, nil
	})
	return err
}

// Unheard notes that the author could not be told, so that the outcome card offers them a way.
func (c *Deliveries) Unheard(ctx context.Context, chat int64, id string) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Unheard || !d.Case.Carded() || d.Private {
			return Outcome{}, nil
		}
		cs := *d.Case
		cs.Unheard = true
		return Outcome{Case: &cs, Effects: []Effect{DrawCard{Case: id}}}, nil
	})
	return err
}

// MayLift reports whether the ban that a case brought can be lifted: its time is over, and no other
// case bans the same author for longer.
func (c *Deliveries) MayLift(ctx context.Context, chat int64, id string) (bool, error) {
	may := false
	_, err := c.update(ctx, Key{Chat: chat, Case: id}, func(d Docket, now time.Time) (Outcome, error) {
		may = !Banned(d.History, now)
		return Outcome{}, nil
	})
	return may, err
}

// Do queues effects that follow from the delivery of another, such as a word to each admin.
func (c *Deliveries) Do(ctx context.Context, chat int64, effects []Effect) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(Docket, time.Time) (Outcome, error) {
		return Outcome{Effects: effects}, nil
	})
	return err
}

// Split has messages removed by a deletion for each part of them, from a time on: e is done with that.
func (c *Deliveries) Split(ctx context.Context, e DeleteMessages, parts [][]int64, due time.Time) error {
	key := Key{Chat: e.Chat, Rows: Rows{Done: e.Ref}, Want: Want{Bare: true}}
	_, err := c.update(ctx, key, func(Docket, time.Time) (out Outcome, err error) {
		for _, messages := range parts {
			out.Effects = append(out.Effects, DeleteMessages{Waiting: Waiting{Due: due}, Case: e.Case, Messages: messages})
		}
		return out, nil
	})
	return err
}

// Gather has each admin told of something, together with what else happens in these minutes: e, for which there is no log
// channel, is done with that.
func (c *Deliveries) Gather(ctx context.Context, e TellAdmins) error {
	_, err := c.update(ctx, Key{Chat: e.Chat, Rows: Rows{Done: e.Ref}, Want: Want{Bare: true}}, func(Docket, time.Time) (Outcome, error) {
		each := GatherEntries{Told: Several{}.and(Several{Entries: []Entry{e.Entry}}), Each: true}
		return Outcome{Effects: []Effect{each}}, nil
	})
	return err
}

// TellGathered has told what was gathered, to these admins each, or in the log channel. Each are told nothing more for a
// while: what happens then is gathered. It says false if there is something by now, and the admins are nil.
func (c *Deliveries) TellGathered(ctx context.Context, e GatherEntries, admins []Person) (told bool, err error) {
	key := Key{Chat: e.Chat, Want: Want{Bare: true, Gathered: e.Key()}}
	_, err = c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		told = true
		if d.Gathered == nil || d.Gathered.Ref.ID != e.Ref.ID {
			return Outcome{}, nil // another replica told it
		}
		out, all := Outcome{RowChanges: RowChanges{Dropped: []string{e.Key()}}}, d.Gathered.Told
		switch {
		case len(all.Entries) == 0, !d.Chat.Rights.Member:
		case !e.Each:
			out.Effects = []Effect{TellAdmins{Entry: all.one()}}
		case admins == nil:
			told = false
			return Outcome{}, nil
		default:
			out.Effects = all.toEach(admins, now)
		}
		return out, nil
	})
	return told, err
}

// toEach tells each admin what concerns them. What follows waits.
func (n Several) toEach(admins []Person, now time.Time) (effects []Effect) {
	for _, to := range admins {
		if told := n.For(to.ID); len(told.Entries) > 0 {
			effects = append(effects, TellAdmin{Entry: told.one(), To: to})
		}
	}
	if len(effects) > 0 {
		effects = append(effects, GatherEntries{Waiting: Waiting{Due: now.Add(AdminsCalm)}, Each: true})
	}
	return effects
}

// progressOf is what it means for a deletion or a penalty that the admins are told of in these words.
var progressOf = map[Topic]Progress{TopicTargetAdmin: ProgressAdmin, TopicTooOld: ProgressLate, TopicFailed: ProgressFailed}

// Delivered notes how far an effect of a case is that is done with that: e waits no longer in the store. Was is how far it was:
// only of what waited others read that it does.
func (c *Deliveries) Delivered(ctx context.Context, e Effect, was, p Progress) error {
	return c.delivered(ctx, Key{Chat: e.Waits().Chat, Case: CaseOf(e), Rows: Rows{Done: e.Waits().Ref}, Want: Want{Bare: was == ProgressNone}}, e, p, "")
}

// Failed notes that Telegram refused an effect for good, and tells the admins why.
func (c *Deliveries) Failed(ctx context.Context, e Effect, topic Topic) error {
	return c.delivered(ctx, Key{Chat: e.Waits().Chat, Case: CaseOf(e), Rows: Rows{Done: e.Waits().Ref}}, e, progressOf[topic], topic)
}

func (c *Deliveries) delivered(ctx context.Context, key Key, e Effect, p Progress, topic Topic) error {
	_, err := c.update(ctx, key, func(d Docket, now time.Time) (Outcome, error) {
		out := Outcome{}
		if topic != "" {
			out.Effects = append(out.Effects, TellAdmins{Entry: Trouble{What: topic, Case: CaseOf(e)}})
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
	if deletes && cs.Carded() {
		out.Effects = append(out.Effects, DrawCard{Case: cs.ID})
	}
	if puts && p == ProgressDone && !cs.Penalty.Removes() {
		out.Effects = append(out.Effects, inForce(cs).toAuthor(d, cs.Author)...)
	}
	out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicDelivered, Case: cs.ID}})
}

// inForce tells the author of a penalty that had to wait.
func inForce(cs Case) Notice {
	return Notice{Case: cs.ID, Step: cs.Penalty, Until: cs.Until, Rule: cs.Rule, Waited: true}
}

// Announce has the author told of a penalty that waited for a right, and then that done: e is replaced by the two.
func (c *Deliveries) Announce(ctx context.Context, e PutPenalty) error {
	_, err := c.update(ctx, Key{Chat: e.Chat, Case: e.Case, Rows: Rows{Done: e.Ref}}, func(d Docket, _ time.Time) (Outcome, error) {
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
			out.Effects = append(out.Effects, SendPrivateNotice{Notice: told})
		}
		out.Effects = append(out.Effects, TellAdmins{Entry: CaseEntry{What: TopicDelivered, Case: cs.ID}})
		return out, nil
	})
	return err
}

// Logged notes where a case stands in the log channel, so that the entry can be put right. Once nothing waits it is forgotten.
func (c *Deliveries) Logged(ctx context.Context, chat int64, id string, entry LogEntry) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id, Want: Want{Bare: true}}, func(d Docket, _ time.Time) (Outcome, error) {
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

// Await notes that Telegram refused an effect for want of a right, and what it says of the bot's rights. The effect waits
// for that right, and the admins are told if they do not know. It says false if Telegram has said something else of the
// rights since turn, see [RightsTold]: then the effect is worth another try.
func (c *Deliveries) Await(ctx context.Context, e Effect, need Right, rights Rights, turn int) (waits bool, err error) {
	_, err = c.update(ctx, Key{Chat: e.Waits().Chat, Case: CaseOf(e), Rows: Rows{Held: e.Waits().Ref}}, func(d Docket, now time.Time) (Outcome, error) {
		if waits = d.Chat.Told.Turn == turn; !waits {
			return Outcome{}, nil
		}
		if rights.Has(need) && e.Class() == Personal { // not for want of a right, but it may go when something changes
			return Outcome{RowChanges: RowChanges{Waits: need}}, nil
		}
		refused := d.Chat.Told.Refused
		if rights.Has(need) && !slices.Contains(refused, need) {
			refused = append(slices.Clip(refused), need)
		}
		d.Chat.Told.Lacked = minus(d.Chat.Told.Lacked, []Right{need}) // the introduction was not enough
		noted := Outcome{}
		d.progress(&noted, e, ProgressWaits)
		out := status(d, rights, slices.DeleteFunc(slices.Clone(refused), func(r Right) bool { return !rights.Has(r) }), now)
		out.Waits, out.Case, out.Effects = need, noted.Case, append(out.Effects, noted.Effects...)
		return out, nil
	})
	return waits, err
}
