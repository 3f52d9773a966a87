package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// restrainer restricts members, and remembers what the bot put on them.
type restrainer struct{ performer }

// restraint asks Telegram what keeps somebody from writing. What it said before is not used any more: the caller may change it.
func (h restrainer) restraint(ctx context.Context, chat, person int64) (restraint, error) {
	h.seen.take(chat, person, h.now())
	was, err := h.store.Restraint(ctx, chat, person)
	if err != nil {
		return restraint{}, err
	}
	m, err := h.find.Member(ctx, chat, person)
	return restraint{was, lookup.RestrictionOf(m), !m.InChat()}, err
}

// restraintNow is what [restrainer.restraint] is, if need be from what Telegram said of them before their notice went out.
func (h restrainer) restraintNow(ctx context.Context, chat, person int64) (restraint, error) {
	m, found := h.seen.take(chat, person, h.now())
	if !found {
		return h.restraint(ctx, chat, person)
	}
	was, err := h.store.Restraint(ctx, chat, person)
	return restraint{was, lookup.RestrictionOf(m), !m.InChat()}, err
}

// heldManually reports whether somebody is kept from writing by what others than the bot put.
func (h restrainer) heldManually(ctx context.Context, chat, person int64) (bool, error) {
	r, err := h.restraint(ctx, chat, person)
	return !r.now.None() && !r.ours(), err
}

// put restricts somebody, having noted that the bot does, so that it is known what to lift even if it is
// killed in between. What an admin had put comes back when that is over.
func (h restrainer) put(ctx context.Context, e moderation.Effect, a moderation.Author, r restraint, want moderation.Restriction) error {
	noted := moderation.Restraint{Put: want, Found: r.below(h.now())}
	if r.ours() {
		noted.Was = r.now
	}
	var after []moderation.Effect
	if noted.Found.Lasts(want.Until) && !want.Until.IsZero() {
		after = []moderation.Effect{moderation.LimitSending{Waiting: moderation.Waiting{Due: want.Until}, Author: a}}
	}
	chat := e.Waits().Chat
	if err := h.court.Restrain(ctx, chat, a.ID, noted, after); err != nil {
		return err
	}
	err := h.perform(ctx, e, moderation.TopicFailed, restrict(chat, a, want))
	if errors.Is(err, outbox.ErrHeld) {
		return errors.Join(err, h.court.Restrain(ctx, chat, a.ID, r.Restraint, nil))
	}
	return err
}

// give lifts what the bot put, and leaves what others had put.
func (h restrainer) give(ctx context.Context, e moderation.Effect, a moderation.Author, r restraint, left moderation.Restriction) error {
	chat := e.Waits().Chat
	if err := h.perform(ctx, e, moderation.TopicFailed, restrict(chat, a, left, r.now.Banned)); err != nil {
		return err
	}
	return h.court.Restrain(ctx, chat, a.ID, moderation.Restraint{}, nil)
}

// unbanChannel lifts the ban of a channel. Telegram does not tell who put one, nor whether there is one, so that the bot
// lifts it if it put one at all, or if an admin says so.
func (h restrainer) unbanChannel(ctx context.Context, e moderation.Effect, a moderation.Author, whoever bool) error {
	chat := e.Waits().Chat
	was, err := h.store.Restraint(ctx, chat, a.ID)
	if err != nil || !was.Put.Banned && !whoever {
		return err
	}
	if err := h.perform(ctx, e, moderation.TopicFailed, wire.UnbanSenderChat(chat, a.ID)); err != nil {
		return err
	}
	return h.court.Restrain(ctx, chat, a.ID, moderation.Restraint{}, nil)
}
