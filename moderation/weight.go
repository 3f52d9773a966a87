package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// What makes a new member. Their ballots bring a case, and decide nothing.
const (
	NewFor      = 24 * time.Hour
	NewMessages = 5
)

// Voter is what a group knows of a member who votes.
type Voter struct {
	ID         int64
	Language   string
	Record     Record
	VoteRecord weight.VoteRecord
}

// Ballot is the voter's on a message written at sentAt, weighed by their credibility and their tier. Who joined after
// the message was written has no vote on it: 0.
//
// It keeps its weight, whatever becomes of the voter later. Nothing else of them is kept in it.
func (v Voter) Ballot(side Side, sentAt, now time.Time) Ballot {
	b := Ballot{
		Ballot: weight.Ballot{Voter: v.ID, Side: side, At: now, Joined: v.Record.Joined, New: v.Record.New(now), Weight: v.VoteRecord.On(DayOf(now)).Credibility() * v.Record.Conduct.Tier(DayOf(now)).Weight()}, Language: v.Language,
	}
	if v.Record.Late(sentAt) {
		b.Weight = 0
	}
	if v.Record.Presumed {
		b.Joined = time.Time{} // with whom they joined, nobody knows
	}
	return b
}

// Record is what a group knows of a member whom the bot saw joining, or whose standing is not full. The
// zero Record is someone who was there before the bot, and in good standing.
type Record struct {
	Joined   time.Time // when the bot saw them join; zero if it did not
	Presumed bool      // it did not see that either, but saw them first while it may have missed who joined; see [Chat.Blind]
	Messages int       // written since, counted up to [NewMessages]
	Silenced time.Time // until when their messages are removed (groups that cannot mute)
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
