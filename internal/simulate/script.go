package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Member is somebody in a group.
type Member struct {
	Accuracy float64   // how often they are right
	Joined   time.Time // when the bot saw them join; zero if it did not
	Fluent   time.Time // when they had written enough not to be a newcomer for that
	Honest   bool
}

// Arrival is somebody who sees a message, and will vote if there is a vote to cast.
type Arrival struct {
	Member int
	Side   moderation.Side
	Rule   moderation.RuleID
	At     time.Time
}

// Message is one that somebody will report.
type Message struct {
	Author   int
	Breaks   bool // it does break the rules
	SentAt   time.Time
	Arrivals []Arrival     // in the order of time
	Looks    time.Time     // when an admin comes upon the case; zero if none does
	Answer   time.Duration // how long admins take if it is handed to them
	Appealed bool          // if it is wrongly upheld, that will be appealed
	Taught   bool          // votes decide nothing here: an admin does, after the last of them
	Row      int           // where it is counted; negative if nowhere
}

// Script is what happens in one group, whatever way it decides.
type Script struct {
	Members  []Member  // by number; 0 is nobody
	Messages []Message // in the order of time
}
