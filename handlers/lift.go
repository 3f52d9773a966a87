package handlers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// restraint is what keeps somebody from writing at this moment, beside what the bot noted that it put on them.
type restraint struct {
	moderation.Restraint
	now  moderation.Restriction // as Telegram says
	gone bool                   // they are not in the group
}

// restraint asks Telegram what keeps somebody from writing.
func (h *Handlers) restraint(ctx context.Context, chat, person int64) (restraint, error) {
	was, err := h.memory.Restraint(ctx, chat, person)
	if err != nil {
		return restraint{}, err
	}
	m, err := h.find.Member(ctx, chat, person)
	return restraint{was, lookup.RestrictionOf(m), !m.InChat()}, err
}

// heldByHand reports whether somebody is kept from writing by what others than the bot put.
func (h *Handlers) heldByHand(ctx context.Context, chat, person int64) (bool, error) {
	r, err := h.restraint(ctx, chat, person)
	return !r.now.None() && !r.ours(), err
}

// ours reports whether what is in force is what the bot put. Whatever differs from that somebody else put since.
func (r restraint) ours() bool { return !r.now.None() && (same(r.now, r.Put) || same(r.now, r.Was)) }

// below is what somebody else put and the bot does not lift: what is in force, or what the bot found before it put its
// own. Once what the bot put has ended by itself, Telegram has forgotten the other.
func (r restraint) below(now time.Time) moderation.Restriction {
	over := r.now.None() && !r.Put.None() && !r.Put.Until.IsZero() && !r.Put.Until.After(now)
	switch {
	case !r.ours() && !over:
		return r.now
	case r.Found.Lasts(now):
		return r.Found
	}
	return moderation.Restriction{}
}

// put restricts somebody, having noted that the bot does, so that it is known what to lift even if it is
// killed in between. What an admin had put by hand comes back when that is over.
func (h *Handlers) put(ctx context.Context, e moderation.Effect, a moderation.Author, r restraint, want moderation.Restriction) error {
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
	err := h.deed(ctx, e, moderation.TopicFailed, restrict(chat, a, want))
	if errors.Is(err, ErrHeld) {
		return errors.Join(err, h.court.Restrain(ctx, chat, a.ID, r.Restraint, nil))
	}
	return err
}

// give lifts what the bot put, and leaves what others had put.
func (h *Handlers) give(ctx context.Context, e moderation.Effect, a moderation.Author, r restraint, left moderation.Restriction) error {
	chat := e.Waits().Chat
	if err := h.deed(ctx, e, moderation.TopicFailed, restrict(chat, a, left, r.now.Banned)); err != nil {
		return err
	}
	return h.court.Restrain(ctx, chat, a.ID, moderation.Restraint{}, nil)
}

// restrict is the call that leaves a restriction, or none, in force.
func restrict(chat int64, a moderation.Author, want moderation.Restriction, banned ...bool) bot.Call {
	switch {
	case a.Channel:
		return bot.BanSenderChat(chat, a.ID)
	case want.Banned:
		return bot.Ban(chat, a.ID, want.Until)
	case want.None() && slices.Contains(banned, true):
		return bot.Unban(chat, a.ID)
	}
	return bot.RestrictTo(chat, a.ID, want.Until, bot.PermissionsBut(want.Denied...))
}

// sending are the permissions by which restrictions are told apart. Of the others an older server knows some, and makes
// some follow from others.
var sending = append(bot.BeyondWords(), "can_send_messages")

// same reports whether two restrictions leave somebody to send the same things until the same time.
func same(a, b moderation.Restriction) bool {
	for _, name := range sending {
		if slices.Contains(a.Denied, name) != slices.Contains(b.Denied, name) {
			return false
		}
	}
	return a.Banned == b.Banned && a.Until.Equal(b.Until)
}

// atLeast reports whether a restriction that is in force keeps somebody from no less than another would, and for as long.
func atLeast(now, want moderation.Restriction) bool {
	longer := now.Until.IsZero() || !want.Until.IsZero() && now.Until.After(want.Until)
	if now.Banned && !want.Banned {
		return true // a mute would end the ban
	}
	return longer && now.Banned == want.Banned && lookup.Mutes(now)
}

// join is what is left to somebody whom both restrict. It has no end, since the second has none.
func join(a, b moderation.Restriction) moderation.Restriction {
	denied := append(slices.Clone(a.Denied), b.Denied...)
	slices.Sort(denied)
	return moderation.Restriction{Denied: slices.Compact(denied)}
}
