package deliver

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// restraint is what keeps somebody from writing at this moment, beside what the bot noted that it put on them.
type restraint struct {
	moderation.Restraint
	now  moderation.Restriction // as Telegram says
	gone bool                   // they are not in the group
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

// restrict is the call that leaves a restriction, or none, in force.
func restrict(chat int64, a moderation.Author, want moderation.Restriction, banned ...bool) wire.Call {
	switch {
	case a.Channel:
		return wire.BanSenderChat(chat, a.ID)
	case want.Banned:
		return wire.Ban(chat, a.ID, want.Until)
	case want.None() && slices.Contains(banned, true):
		return wire.Unban(chat, a.ID)
	}
	return wire.RestrictTo(chat, a.ID, want.Until, wire.PermissionsBut(want.Denied...))
}

// sending are the permissions by which restrictions are told apart. Of the others an older server knows some, and makes
// some follow from others.
var sending = append(wire.BeyondWords(), "can_send_messages")

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
	return longer && now.Banned == want.Banned && now.Mutes()
}

// join is what is left to somebody whom both restrict. It has no end, since the second has none.
func join(a, b moderation.Restriction) moderation.Restriction {
	denied := append(slices.Clone(a.Denied), b.Denied...)
	slices.Sort(denied)
	return moderation.Restriction{Denied: slices.Compact(denied)}
}
