package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// presence is what is known of when a member wrote: each day since they, or the bot, came.
func presence(m Member, at time.Time) moderation.Presence {
	if m.Seldom {
		return moderation.Presence{}
	}
	since := epoch
	if m.Joined.After(since) {
		since = m.Joined
	}
	first := moderation.DayOf(since)
	return moderation.Presence{First: first, Days: int(max(0, min(moderation.EstablishedDays, moderation.DayOf(at)-first+1)))}
}

// established reports whether a member is an established one.
func established(m Member, at time.Time) bool {
	chat := moderation.Chat{Since: epoch}
	return chat.Established(moderation.Author{ID: 1}, moderation.Record{Joined: m.Joined}, presence(m, at), at)
}
