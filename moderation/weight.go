package moderation

import "time"

// What makes a newcomer, and what a newcomer's ballot weighs beside a member's 1.0.
const (
	NewcomerFor      = 24 * time.Hour
	NewcomerMessages = 5
	NewcomerWeight   = 0.25
	MemberWeight     = 1.0
)

// Weight is how much a member's ballot counts on a message written at sentAt.
//
// Who was there before the bot, or was seen joining a day ago and has written a little since,
// weighs 1. A newcomer weighs a quarter: twelve fresh accounts do what three members do. Who
// joined after the message was written has no vote on it: 0.
func Weight(r Record, sentAt, now time.Time) float64 {
	switch {
	case r.Late(sentAt):
		return 0
	case r.Newcomer(now):
		return NewcomerWeight
	default:
		return MemberWeight
	}
}

// Face is what a ballot weighs before newcomers are discounted.
func Face(r Record, sentAt time.Time) float64 {
	if r.Late(sentAt) {
		return 0
	}
	return MemberWeight
}

// Record is what a group knows of a member whom the bot saw joining. The zero Record is someone
// who was there before the bot.
type Record struct {
	Joined   time.Time // when the bot saw them join; zero if it did not
	Messages int       // written since, counted up to [NewcomerMessages]
	Silenced time.Time // until when their messages are removed (groups that cannot mute)
}

// Late reports whether they joined after the message was written. Times are whole seconds, so one
// who joined in the very second of the message is not late.
func (r Record) Late(sentAt time.Time) bool {
	return !r.Joined.IsZero() && r.Joined.After(sentAt)
}

// Newcomer reports whether they joined less than [NewcomerFor] ago or have not written
// [NewcomerMessages] messages since.
func (r Record) Newcomer(now time.Time) bool {
	if r.Joined.IsZero() {
		return false
	}
	return now.Sub(r.Joined) < NewcomerFor || r.Messages < NewcomerMessages
}
