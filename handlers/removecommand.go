package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What becomes of a command that everybody saw.
type left int

const (
	commandRemoved left = iota // or it soon will be
	commandGone                // somebody removed it before
	commandStands              // since the bot may not remove it
)

// removeNow removes a command that everybody saw, and waits until Telegram answers.
func (h *commands) removeNow(ctx context.Context, m *wire.Message) (left, error) {
	booked, err := remove(ctx, h.tg, m)
	return h.settleRemoval(ctx, m, booked, err)
}

// endRemoval says what became of a removal that was begun. If Telegram takes its time, nobody waits for that: the outbox then
// removes the command too, so that it goes whatever becomes of the first call.
func (h *commands) endRemoval(ctx context.Context, m *wire.Message, r *removal) (left, error) {
	if !r.wait(ctx) {
		return commandRemoved, h.court.Do(ctx, m.Chat.ID, removalEffect(m))
	}
	return h.settleRemoval(ctx, m, r.booked, r.err)
}

// settleRemoval sees to a command according to Telegram's answer. If Telegram could not remove it at once that is kept for
// later. If the bot may not, it is done when the right is there, and until then the command stands.
func (h *commands) settleRemoval(ctx context.Context, m *wire.Message, booked bool, err error) (left, error) {
	call := removalCall(m)
	if !booked {
		return commandRemoved, h.later(ctx, call)
	}
	switch wire.KindOf(err) {
	case wire.KindTemporary, wire.KindTooMany:
		return commandRemoved, h.later(ctx, call)
	case wire.KindNoRights:
		return h.removeLater(ctx, m)
	case wire.KindOK:
		return commandRemoved, nil
	case wire.KindGone:
		return commandGone, nil
	default:
		h.log.Info("handlers: a visible command could not be removed", "error", err)
		return commandStands, nil
	}
}

// removeLater has a command removed when the bot may. If it may already, that can be since Telegram refused, for a removal that
// was begun ahead is some time ago. If Telegram refuses again, it always will.
func (h *commands) removeLater(ctx context.Context, m *wire.Message) (left, error) {
	if may, err := h.find.MayDelete(ctx, m.Chat.ID); err != nil || !may {
		return commandStands, h.court.Do(ctx, m.Chat.ID, removalEffect(m))
	}
	booked, err := remove(ctx, h.tg, m)
	if wire.KindOf(err) == wire.KindNoRights {
		return commandStands, nil
	}
	return h.settleRemoval(ctx, m, booked, err)
}

// removalEffect is the removal of a command as an effect.
func removalEffect(m *wire.Message) []moderation.Effect {
	return []moderation.Effect{moderation.DeleteMessages{Messages: []int64{m.ID}}}
}
