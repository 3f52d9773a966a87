package simulate

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Member is somebody in a group.
type Member struct {
	Accuracy float64   // how often they are right
	Joined   time.Time // when the bot saw them join; zero if it did not
	Fluent   time.Time // when they had written enough not to be a new member for that
	Right    float64   // right ballots on record when the bot's watch began
	Honest   bool
	Apart    bool  // they sit on no jury: theirs is another attack than the one that is looked into
	Passing  bool  // they come to break the rules, and neither vote nor sit on a jury
	Seldom   bool  // they write too seldom to be established
	Declines bool  // they do not want to be asked to be a juror
	Juror    juror // what they do as one, if they are not honest
}

// right is how often an honest member is right about a message.
func (m Member) right(about Message) float64 {
	if about.Hard > 0 {
		return 1 - about.Hard
	}
	return m.Accuracy
}

// juror is what an attacker does who is drawn for a jury. They say what is not true.
type juror struct {
	Silent bool          // they never answer
	Waits  time.Duration // before they answer
}

// Arrival is somebody who sees a message, and will vote if there is a vote to cast. A second arrival of the same
// member changes their ballot.
type Arrival struct {
	Member int
	Side   moderation.Side
	Rule   rulebook.RuleID // that they name if they report it; empty if they name none
	At     time.Time
	Asked  bool // they only say something where there is a card
	Taps   bool // where there is a card they tap on it, which names no rule
	Again  bool // they would also report what was dismissed
	Undo   bool // they take their ballot back
}

// Message is one that somebody will report.
type Message struct {
	Author   int
	Breaks   bool // it does break the rules
	SentAt   time.Time
	Arrivals []Arrival // in the order of time
	Looks    time.Time // when an admin comes upon the case; zero if none does
	Appealed bool      // if it is upheld, that will be appealed
	Hard     float64   // the part of honest people who misjudge it; 0 = each as often as usual
	Taught   bool      // votes decide nothing here: an admin does, after the last of them
	Row      int       // where it is counted; negative if nowhere
}

// Script is what happens in one group, whatever way it decides.
type Script struct {
	NoSummons bool      // stalled votes are brought to nobody
	Threshold int       // that the group has set, if it is not that of the parameters
	Response  float64   // the part of jurors who answer, likewise
	Unasked   bool      // nobody is brought a stalled vote
	NoAdmins  bool      // who would decide something
	Size      int       // members, as Telegram counts them
	Seed      uint64    // of what depends on how it decides: who is drawn for a jury, and what they say
	Members   []Member  // by number; 0 is nobody
	Messages  []Message // in the order of time
}
