package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
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
