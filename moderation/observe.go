package moderation

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// SeenMessage is an ordinary message as it was seen to arrive.
type SeenMessage struct {
	Update  int64
	Chat    int64
	Kind    Kind
	Message int64
	Thread  int64
	Album   string
	At      time.Time
	Author  Author
	Name    string   // the author's first name, for the picker
	Handle  string   // their @username without the @, if they have one
	Said    Evidence // what it says, as evidence of a case would hold it; the name and the @username stand above
	Edited  bool     // it is an earlier message in its new form
	Role    Role     // RoleLinked and RoleAdmin as far as the message itself shows it; else RoleMember
	Counts  bool     // it counts towards a newcomer's messages: a member's own, no command
	Plain   bool     // text alone: no link, media, poll or forward
	Command bool     // it was edited into a command, and is being removed for that

	Origin      time.Time // of a forwarded message: when the original was sent; else zero
	Public      string    // the public name of the group, if it has one
	ChannelName string    // likewise of the group's own channel, if that wrote it
}

// Known is what the store knows of a message's author and album.
type Known struct {
	Record  Record
	Unknown bool     // the author is seen for the first time while the bot may have missed who joined; see [Chat.Blind]
	Album   Verdict  // of the album's latest case; empty if there is none
	Linked  int64    // the channel whose posts are the group's own, as far as known
	CopyOf  []string // the cases whose removed message it is a copy of, as long as copies go; see [LaterCopies]
}

// Noted is what a message changes.
type Noted struct {
	Record  *Record           // of the author, if it changed
	Turns   []standing.Change // of the author's conduct, new
	Linked  int64             // the group's own channel, if that is news; else 0
	Removed bool              // it is being removed, and so not to be offered for a report
	Effects []Effect
}

// Nothing reports whether a message changes nothing, so that only the message itself is stored.
func (n Noted) Nothing() bool {
	return n.Record == nil && n.Turns == nil && n.Linked == 0 && !n.Removed && n.Effects == nil
}

// Observer stores what was seen of ordinary messages.
type Observer interface {
	// Observe commits what was seen of ordinary messages, all of them in one transaction, skipping
	// those whose update was handled before. Note is run for each that is new.
	Observe(ctx context.Context, seen []SeenMessage, note func(SeenMessage, Known) Noted) error
}

// Observe notes ordinary messages. The picker and reports of albums need them. They tell when a new member is new no
// more, and on which days somebody regains standing. What a silenced member writes is removed, as is what a restricted
// one may not send, and the rest of an album that was removed.
func (c *Members) Observe(ctx context.Context, seen []SeenMessage) error {
	now := c.now().UTC()
	return c.observer.Observe(ctx, seen, func(s SeenMessage, k Known) Noted { return note(s, k, now) })
}

func note(s SeenMessage, k Known, now time.Time) Noted {
	if s.Role == RoleLinked && s.Author.ID != k.Linked {
		return Noted{Linked: s.Author.ID}
	}
	if s.Command {
		return Noted{Removed: true}
	}
	r, day := k.Record, DayOf(now)
	// Telegram keeps media and polls from those whose standing is low, but knows no permission for links and
	// forwards, and none at all in basic groups.
	bound := r.Conduct.Tier(day).Bound() && !s.Plain && !s.Author.Channel
	if r.Silenced.After(now) || bound || k.Album == Upheld {
		return Noted{Removed: true, Effects: []Effect{DeleteMessages{Messages: []int64{s.Message}}}}
	}
	noted := Noted{Effects: sweepLater(s, k)}
	if !s.Counts {
		return noted
	}
	if k.Unknown {
		r.Joined, r.Presumed, r.Messages = now.Truncate(time.Second), true, 0
	}
	if !r.Joined.IsZero() && r.Messages < NewMessages {
		r.Messages++
	}
	r.Conduct = r.Conduct.Write(day)
	if noted.Turns = k.Record.Conduct.Earned(day); noted.Turns != nil {
		noted.Effects = append(noted.Effects, unbind(s.Author, standing.TierOf(standing.FullStanding-k.Record.Conduct.Lost), r.Conduct.Tier(day))...)
	}
	if r != k.Record {
		noted.Record = &r
	}
	return noted
}

// unbind gives back what somebody may send, if their standing has risen so far.
func unbind(a Author, before, after standing.Tier) []Effect {
	if !before.Bound() || after.Bound() {
		return nil
	}
	to := Person{ID: a.ID, Language: a.Language}
	return []Effect{LimitSending{Author: a}, SendRegained{To: to}}
}

// sweepLater has a copy looked at that came after its original was removed.
func sweepLater(s SeenMessage, k Known) (effects []Effect) {
	if s.Role != RoleMember {
		return nil
	}
	for _, id := range k.CopyOf {
		effects = append(effects, SweepMessages{Case: id, Later: true})
	}
	return effects
}
