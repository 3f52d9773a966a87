package deliver

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// deletions removes messages.
type deletions struct{ performer }

// remove removes messages, unless it was found while that waited for a right that they were fine.
func (h deletions) remove(ctx context.Context, e moderation.DeleteMessages) error {
	if e.Case != "" {
		cs, err := h.store.Case(ctx, e.Chat, e.Case)
		if err != nil && !errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Reversed == moderation.Overturned {
			return err
		}
	}
	if len(e.Messages) > wire.MaxDeleted {
		return h.split(ctx, e, slices.Collect(slices.Chunk(e.Messages, wire.MaxDeleted)), time.Time{})
	}
	return h.perform(ctx, e, moderation.TopicTooOld, wire.DeleteMessages(e.Chat, e.Messages))
}
