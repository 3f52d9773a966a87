package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// LookAtRights asks Telegram what the bot may do where something waits for a right. The update about it may have been missed,
// as when the bot was down for more than a day.
func (h *Sender) LookAtRights(ctx context.Context, groups []int64) error {
	var failed error
	for _, group := range groups {
		chat, err := h.store.Chat(ctx, group)
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

func (h *Sender) lookAtRights(ctx context.Context, chat moderation.Chat) error {
	me, err := h.find.Member(ctx, chat.ID, h.tg.Me().ID)
	if err != nil || !me.InChat() {
		return nil //nolint:nilerr // Telegram does not say, so it is asked next time
	}
	return h.court.Look(ctx, chat.ID, lookup.RightsOf(me))
}
