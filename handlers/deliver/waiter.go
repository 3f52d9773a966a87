package deliver

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// waiter makes effects wait for a right.
type waiter struct{ *Sender }

// wait makes an effect wait for a right, for want of which Telegram refused it. What we noted of our rights may be older than
// the refusal, so Telegram is asked. If it says that the right is there, that is tried which the right allows. If Telegram
// refuses that too, the effect waits until it says something else of the rights.
func (h waiter) wait(ctx context.Context, e moderation.Effect, there func() error) error {
	chat, err := h.store.Chat(ctx, e.Waits().Chat)
	if err != nil {
		return err
	}
	rights, err := h.find.MyRights(ctx, chat)
	if err != nil {
		return err
	}
	need := moderation.NeededFor(e, chat.Kind)
	if rights.Has(need) {
		if err := there(); wire.KindOf(err) != wire.KindNoRights {
			return h.settled(err)
		}
	}
	waits, err := h.court.Await(ctx, e, need, rights, chat.Told.Turn)
	switch {
	case err != nil:
		return err
	case !waits:
		return &outbox.NotBefore{Until: h.now()}
	}
	return outbox.ErrHeld
}

// canPunish asks Telegram whether it would let the bot put somebody out: what the bot may do there, and beside that who they are.
func (h waiter) canPunish(ctx context.Context, id, person int64) (bool, error) {
	chat, err := h.store.Chat(ctx, id)
	if err != nil {
		return false, err
	}
	var rights moderation.Rights
	var m wire.Member
	var unsure error
	err = lookup.All(
		func() (err error) {
			rights, err = h.find.MyRights(ctx, chat)
			return err
		},
		func() error {
			m, unsure = h.find.Member(ctx, id, person)
			return nil
		},
	)
	if err != nil || !rights.Has(chat.Kind.Needs(moderation.RightRestrict)) {
		return false, err
	}
	if unsure != nil {
		return false, unsure
	}
	h.seen.keep(id, person, m, h.now())
	return !m.Admin(), nil
}
