package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// Groups notes what is seen of groups.
type Groups struct {
	*runner
	migrator Migrator
}

// Note marks an update as handled that changes nothing, and returns the group it came from, so
// that an answer can be given once.
func (c *Groups) Note(ctx context.Context, update, chat int64) (Chat, error) {
	var found Chat
	_, err := c.update(ctx, Key{Update: update, Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		found = d.Chat
		return Outcome{}, nil
	})
	return found, err
}

// Link notes which channel's posts are the group's own.
func (c *Groups) Link(ctx context.Context, chat, channel int64) error {
	_, err := c.update(ctx, Key{Chat: chat}, func(d Docket, _ time.Time) (Outcome, error) {
		if d.Chat.Linked == channel {
			return Outcome{}, nil
		}
		d.Chat.Linked = channel
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}

// Migrator gives a group another number.
type Migrator interface {
	// Migrate gives everything of the group from to its new number to, in one transaction. For each open case, and
	// for each on which a jury sits, it commits what reopen makes of it. The jury is nil if there is none. Doing
	// it again changes nothing.
	Migrate(ctx context.Context, update, from, to int64, reopen func(Case, *jury.Jury) (Case, []Effect)) error
}

// Migrate moves a basic group to the supergroup it became. Its old messages and cards are out of
// reach; every open case gets a new card, and voting goes on. So it is with the cards of jurors.
func (c *Groups) Migrate(ctx context.Context, update, from, to int64) error {
	now := c.now().UTC().Truncate(time.Second)
	return c.migrator.Migrate(ctx, update, from, to, func(cs Case, j *jury.Jury) (Case, []Effect) {
		cs.Message, cs.Thread, cs.Card, cs.CardEdited = 0, 0, 0, time.Time{}
		var effects []Effect
		if j != nil && cs.Jury != jury.NoJury {
			effects = askAgain(cs.ID, j)
		}
		switch {
		case cs.Verdict.Final(), cs.Appeal.Open():
		case cs.Carded():
			effects = append(effects, DrawCard{Case: cs.ID, Open: true})
		case cs.CardWanted:
			effects = append(effects, DrawCard{Waiting: Waiting{Due: cs.cardDue(now)}, Case: cs.ID, Open: true})
		}
		return cs, effects
	})
}

// Sized notes how many members Telegram counts in a group.
func (c *Groups) Sized(ctx context.Context, chat int64, members int) error {
	_, err := c.update(ctx, Key{Chat: chat, Want: Want{Size: true}}, func(d Docket, now time.Time) (Outcome, error) {
		d.Chat.Size.Members, d.Chat.Size.Asked = members, now
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}
