package moderation

import "time"

// Case is one reported message; an album counts as one.
type Case struct {
	ID       string // short, unique in its group, see PRODUCT 15
	Chat     int64
	Message  int64  // the message first reported; 0 once it is out of reach (the group was upgraded)
	Thread   int64  // the topic it stands in, 0 outside forums
	Album    string // what its messages share, empty if it is no album
	SentAt   time.Time
	Author   Author
	Verdict  Verdict
	Rule     RuleID // of a final case; see [Charge]
	Penalty  Step   // of an upheld case
	Votes    int    // of an open case so far, of a final one at its verdict; both sides
	Breaks   int    // how many of them say it breaks the rules
	ByAdmin  bool   // decided by an admin, not by votes
	Opened   time.Time
	Deadline time.Time // when an open case expires
	Decided  time.Time

	CardWanted bool // enough reports for a card
	Card       int64
	CardEdited time.Time // when the card was last sent or edited
	Unheard    bool      // the author could not be told; the outcome card offers a way
}

// Over reports whether the time for votes has passed, though nobody may have noted it yet.
func (c Case) Over(now time.Time) bool { return !c.Deadline.After(now) }

// Author is who wrote a message: a person, a bot, or a channel that speaks as itself.
type Author struct {
	ID       int64
	Channel  bool
	Bot      bool
	Language string // of a person; empty if unknown
}

// Reachable reports whether a notice can be sent to the author at all.
func (a Author) Reachable() bool { return !a.Channel && !a.Bot }

// Older messages cannot be removed (Telegram's limit), so they are not judged.
const MaxAge = 48 * time.Hour

// CardSpacing is the least time between two edits of one card.
const CardSpacing = 3 * time.Second
