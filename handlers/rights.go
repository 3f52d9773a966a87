package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wait makes an effect wait for a right, for want of which Telegram refused it. What we noted of our rights may be older than
// the refusal, so Telegram is asked. If it says that the right is there, that is tried which the right allows; if it refuses
// that, too, the effect waits until Telegram says something else of the rights.
func (h *Handlers) wait(ctx context.Context, e moderation.Effect, there func() error) error {
	chat, err := h.memory.Chat(ctx, e.Waits().Chat)
	if err != nil {
		return err
	}
	rights, err := h.find.MyRights(ctx, chat)
	if err != nil {
		return err
	}
	need := moderation.NeededFor(e, chat.Kind)
	if rights.Has(need) {
		if err := there(); bot.KindOf(err) != bot.KindNoRights {
			return h.settled(err)
		}
	}
	waits, err := h.court.Await(ctx, e, need, rights, chat.Told.Turn)
	switch {
	case err != nil:
		return err
	case !waits:
		return &NotYet{Until: h.now()}
	}
	return ErrHeld
}

// LookAtRights asks Telegram what the bot may do where something waits for a right: its word of that may have been missed, such
// as when the bot was down for more than a day.
func (h *Handlers) LookAtRights(ctx context.Context, groups []int64) error {
	var failed error
	for _, group := range groups {
		chat, err := h.memory.Chat(ctx, group)
		if err == nil && chat.Rights.Member {
			err = h.lookAtRights(ctx, chat)
		}
		if errors.Is(err, moderation.ErrUnavailable) {
			return err
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

func (h *Handlers) lookAtRights(ctx context.Context, chat moderation.Chat) error {
	me, err := h.find.Member(ctx, chat.ID, h.tg.Me().ID)
	if err != nil || !me.InChat() {
		return nil //nolint:nilerr // Telegram does not say, so it is asked next time
	}
	return h.court.Look(ctx, chat.ID, lookup.RightsOf(me))
}
