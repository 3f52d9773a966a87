package moderation

import (
	"context"
	"time"
)

// Deliveries notes what became of effects.
type Deliveries struct{ *runner }

// What follows once an effect is delivered, or refused by Telegram.

// CardShown notes the message that is a case's card, and when it was sent or edited last; to the
// millisecond, since edits are spaced by it. With that e, which showed it, is done and waits no longer.
func (c *Deliveries) CardShown(ctx context.Context, e DrawCard, message int64) error {
	shown := c.now().UTC()
	_, err := c.update(ctx, Key{Chat: e.Chat, Case: e.Case, Want: Want{Bare: true}, Rows: Rows{Done: e.Ref}}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Case == nil {
			return Outcome{}, nil
		}
		cs := *d.Case
		cs.Card, cs.CardEdited = message, shown
		return Outcome{Case: &cs}, nil
	})
	return err
}

// Introduced notes the message in which the bot introduced itself.
func (c *Groups) Introduced(ctx context.Context, chat, message int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		d.Chat.Intro = message
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}

// Lost notes that the bot is in a group no more, though nobody told it: the group was deleted, or
// Telegram says so when something is to be done there.
func (c *Groups) Lost(ctx context.Context, chat int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, now time.Time) (Outcome, error) {
		if !d.Chat.Rights.Member {
			return Outcome{}, nil
		}
		return status(d, Rights{}, nil, now), nil
	})
	return err
}

// Unheard notes that the author could not be told, so that the outcome card offers them a way.
func (c *Deliveries) Unheard(ctx context.Context, chat int64, id string) error {
	_, err := c.update(ctx, Key{Chat: chat, Case: id}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Case == nil || d.Case.Unheard || !d.Case.CardWanted || d.Private {
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
