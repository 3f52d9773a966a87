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

// removeNow removes a command that everybody saw. If Telegram cannot do it at once it is kept for
// later. If the bot may not, it is done when the right is there, and until then the command stands.
func (h *commands) removeNow(ctx context.Context, m *wire.Message) (left, error) {
	call := wire.DeleteMessages(m.Chat.ID, []int64{m.ID})
	if booked, err := h.tg.Book(ctx, call); err != nil || !booked.OK {
		return commandRemoved, h.later(ctx, call)
	}
	_, err := h.tg.Do(ctx, call)
	switch wire.KindOf(err) {
	case wire.KindTemporary, wire.KindTooMany:
		return commandRemoved, h.later(ctx, call)
	case wire.KindNoRights:
		return commandStands, h.removeLater(ctx, m)
	case wire.KindOK:
		return commandRemoved, nil
	case wire.KindGone:
		return commandGone, nil
	default:
		h.log.Info("handlers: a visible command could not be removed", "error", err)
		return commandStands, nil
	}
}

// removeLater has a command removed when the bot may. If it may already, and Telegram refuses all the
// same, it never will be.
func (h *commands) removeLater(ctx context.Context, m *wire.Message) error {
	if may, err := h.find.MayDelete(ctx, m.Chat.ID); err == nil && may {
		return nil
	}
	gone := moderation.DeleteMessages{Messages: []int64{m.ID}}
	return h.court.Do(ctx, m.Chat.ID, []moderation.Effect{gone})
}
