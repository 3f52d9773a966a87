package moderation

import "time"

// What makes a newcomer, and what is left of their ballot's weight. A member with no record weighs 1.
const (
	NewcomerFor      = 24 * time.Hour
	NewcomerMessages = 5
	NewcomerWeight   = 0.25
)

// Voter is what a group knows of a member who votes.
type Voter struct {
	ID       int64
	Language string
	Record   Record
	Track    Track
}

// Ballot is the voter's on a message written at sentAt, weighed: their credibility, by their tier, and a
// quarter of it for a newcomer. Who joined after the message was written has no vote on it: 0.
//
// It keeps its weight, whatever becomes of the voter later. Nothing else of them is kept in it.
func (v Voter) Ballot(side Side, sentAt, now time.Time) Ballot {
	track := v.Track.On(DayOf(now))
	b := Ballot{
		Voter: v.ID, Language: v.Language, Side: side, At: now,
		Face: track.Credibility() * v.Record.Conduct.Tier(DayOf(now)).Weight(), Joined: v.Record.Joined, Proven: track.Proven(),
	}
	if v.Record.Late(sentAt) {
		b.Face = 0
	}
	b.Weight = b.Face
	if v.Record.Newcomer(now) {
		b.Weight *= NewcomerWeight
	}
	return b
}

// Record is what a group knows of a member whom the bot saw joining, or whose standing is not full. The
// zero Record is someone who was there before the bot, and in good standing.
type Record struct {
	Joined   time.Time // when the bot saw them join; zero if it did not
	Messages int       // written since, counted up to [NewcomerMessages]
	Silenced time.Time // until when their messages are removed (groups that cannot mute)
	Conduct  Conduct
	Welcomed bool // they were told what holds in the group, once
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
