package lookup

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// RightsOf is what the bot may do where it is this member.
func RightsOf(me wire.Member) moderation.Rights {
	return moderation.Rights{
		Member: me.InChat(), Admin: me.Admin(), Delete: me.Admin() && me.CanDelete, Restrict: me.Admin() && me.CanRestrict,
	}
}

// MyRights asks Telegram what the bot may do at this moment. Telegram is known to answer at random that there is no such
// member: that it was removed, it says otherwise.
func (l Lookup) MyRights(ctx context.Context, chat moderation.Chat) (moderation.Rights, error) {
	me, err := l.Member(ctx, chat.ID, l.tg.Me().ID)
	switch {
	case err != nil:
		return moderation.Rights{}, err
	case !me.InChat():
		return moderation.Rights{}, ErrUnsure
	}
	return RightsOf(me), nil
}

// MayDelete asks Telegram whether the bot may remove messages at this moment.
func (l Lookup) MayDelete(ctx context.Context, chat int64) (bool, error) {
	me, err := l.Member(ctx, chat, l.tg.Me().ID)
	return me.Admin() && me.CanDelete, err
}

// RestrictionOf is what keeps a member from writing.
func RestrictionOf(m wire.Member) moderation.Restriction {
	r := moderation.Restriction{Banned: m.Status == "kicked", Denied: m.Denied}
	if m.Until != 0 && !r.None() {
		r.Until = time.Unix(m.Until, 0).UTC()
	}
	return r
}

// Held reports whether Telegram keeps somebody muted or banned. Of channels it does not tell.
func (l Lookup) Held(ctx context.Context, chat int64, who moderation.Author) (bool, error) {
	return l.held(ctx, chat, who, moderation.Restriction.Mutes)
}

// HeldBy reports whether it does so with this penalty.
func (l Lookup) HeldBy(ctx context.Context, chat int64, who moderation.Author, penalty ladder.Penalty) (bool, error) {
	return l.held(ctx, chat, who, func(r moderation.Restriction) bool { return r.Mutes() && r.Banned == (penalty == ladder.Ban) })
}

func (l Lookup) held(ctx context.Context, chat int64, who moderation.Author, by func(moderation.Restriction) bool) (bool, error) {
	if who.Channel {
		return true, nil
	}
	m, err := l.Member(ctx, chat, who.ID)
	return by(RestrictionOf(m)), err
}
