package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// What makes a new member. Their ballots bring a case, and decide nothing.
const (
	NewFor      = 24 * time.Hour
	NewMessages = 5
)

// Record is what a group knows of a member whom the bot saw joining, or whose standing is not full. The
// zero Record is someone who was there before the bot, and in good standing.
type Record struct {
	Joined   time.Time // when the bot saw them join; zero if it did not
	Presumed bool      // it did not see that either, but saw them first while it may have missed who joined; see [Chat.Blind]
	Messages int       // written since, counted up to [NewMessages]
	Silenced time.Time // until when their messages are removed (groups that cannot mute)
	Shielded time.Time // until when votes alone only remove their messages; see [ShieldedFor]
	Held     time.Time // when a mute of theirs last began that lasts until a jury speaks; see [HeldFor]
	Conduct  standing.Conduct
	Welcomed bool // they were told what holds in the group, once
}

// Late reports whether they joined after the message was written. Times are whole seconds, so one
// who joined in the very second of the message is not late.
func (r Record) Late(sentAt time.Time) bool {
	return !r.Joined.IsZero() && r.Joined.After(sentAt)
}

// New reports whether they are a new member: they joined less than [NewFor] ago or have not written
// [NewMessages] messages since.
func (r Record) New(now time.Time) bool {
	if r.Joined.IsZero() {
		return false
	}
	return now.Sub(r.Joined) < NewFor || r.Messages < NewMessages
}
