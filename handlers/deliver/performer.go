package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// performer does to messages and people what a verdict brings, and notes how far that is.
type performer struct{ teller }

// perform removes, mutes or bans. What is refused for want of a right waits for it; what is refused
// for good is told to the admins, in the words of topic.
func (h performer) perform(ctx context.Context, e moderation.Effect, topic moderation.Topic, call wire.Call) error {
	_, err := h.Do(ctx, call)
	switch wire.KindOf(err) {
	case wire.KindNoRights:
		return h.refused(ctx, e, topic, call)
	case wire.KindTargetIsAdmin:
		return h.giveUp(ctx, e, moderation.TopicTargetAdmin)
	case wire.KindGone:
		if _, puts := e.(moderation.PutPenalty); puts {
			return h.giveUp(ctx, e, topic)
		}
		return h.delivered(ctx, e, moderation.ProgressDone)
	case wire.KindOK, wire.KindNotModified:
		return h.delivered(ctx, e, moderation.ProgressDone)
	case wire.KindUnsupported, wire.KindInvalid:
		h.log.Info("handlers: Telegram refused", "error", err)
		return h.giveUp(ctx, e, topic)
	}
	return h.settled(err)
}

// giveUp tells the admins that Telegram refuses something for good. A restriction follows from a standing:
// there is no case to tell of.
func (h performer) giveUp(ctx context.Context, e moderation.Effect, topic moderation.Topic) error {
	if _, limits := e.(moderation.LimitSending); limits {
		return nil
	}
	if err := h.court.Failed(ctx, e, topic); err != nil {
		return err
	}
	return outbox.ErrNoted
}

// refused tells the things apart that Telegram calls by the same name. The bot may not, or it may since a moment ago,
// or nobody may since the message is too old.
func (h performer) refused(ctx context.Context, e moderation.Effect, topic moderation.Topic, call wire.Call) error {
	removal, deletes := e.(moderation.DeleteMessages)
	if !deletes {
		return h.wait(ctx, e, func() error {
			if _, err := h.Do(ctx, call); err != nil {
				return err
			}
			return h.delivered(ctx, e, moderation.ProgressDone)
		})
	}
	return h.wait(ctx, e, func() error { return h.removeInParts(ctx, removal, topic) })
}

// delivered notes how far an effect of a case is, which is done with that.
func (h performer) delivered(ctx context.Context, e moderation.Effect, p moderation.Progress) error {
	_, deletes := e.(moderation.DeleteMessages)
	_, puts := e.(moderation.PutPenalty)
	id := moderation.CaseOf(e)
	if id == "" || !deletes && !puts {
		return nil
	}
	cs, err := h.store.Case(ctx, e.Waits().Chat, id)
	if errors.Is(err, moderation.ErrNoCase) {
		return nil
	}
	if err != nil {
		return err
	}
	was := cs.Put
	if deletes {
		was = cs.Removal
	}
	if err := h.court.Delivered(ctx, e, was, p); err != nil {
		return err
	}
	return outbox.ErrNoted
}
