package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Chat is a group.
type Chat struct {
	ID       int64
	Ref      int64 // its own number in the store, which stays when the group migrates
	Former   int64 // its number before it became a supergroup; 0 if it never did while the bot was there
	Kind     Kind
	Rights   Rights
	Policy   Policy
	Book     rulebook.Book
	Linked   int64     // the channel whose posts are the group's own, 0 if none
	Intro    int64     // the message in which the bot introduced itself, 0 if none
	Greeted  time.Time // when that was, or when it said that it leaves
	Since    time.Time // when the bot first could watch the group, as an admin; zero if it never could
	GapEnded time.Time // when it began to watch again after it had not; zero if it always did
	Paused   time.Time // until when no vote decides; zero if votes do. See [Court.Pause]
	Size     Size

	NewCaused time.Time // when reports of new members alone last brought a jury
	Told      RightsTold
	Bots      OtherBots
	Changed   []ChangedSettings // what of the settings was changed lately, the latest last

	Log      int64     // the chat that is its log channel, 0 if none
	LogLost  bool      // the admins know that the log channel is out of reach
	LinkCode string    // what links a log group when it is posted there; empty if none was asked for
	LinkEnds time.Time // when the code is worth nothing any more

	DigestFrom time.Time // the end of what the last digest told, so the beginning of the next
	DigestDue  time.Time // when the next digest comes; zero = to be planned, [Never] = not at all
}

// Never is a time that does not come.
var Never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// PausedAt reports whether votes decide nothing in the group at this time.
func (c Chat) PausedAt(now time.Time) bool { return c.Paused.After(now) }
