package moderation

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Pool is who could be drawn for a jury. Its order is one that chance made, out of reach of everybody, and says nothing else.
type Pool struct {
	Candidates []Candidate          // active within [ActiveFor], and [Candidate.Eligible]; of very many, as many as are looked at
	Sitting    []Candidate          // who sits on the jury of the case now
	Ties       weight.Ties          // among who sits and the first [Compared] candidates that [Docket.CouldSit]
	Records    map[int64]JuryRecord // of the case's author, and of who reported the message
}

// Compared is among how many candidates it is known who is tied to whom. Nobody behind them is drawn.
const Compared = 32

// Candidate is a member who wrote something within [ActiveFor].
type Candidate struct {
	Person   Person
	Record   Record
	Presence Presence
	Jury     JuryRecord
	Admin    bool
	Muted    bool // what the bot put on them, or found there, lets them write nothing
}

// Eligible reports whether somebody can be a juror in the group at all: an established member in good standing, no admin, who may
// write, and wants to be asked.
func (c Candidate) Eligible(chat Chat, now time.Time) bool {
	return !c.Admin && !c.Muted && chat.Established(Author{ID: c.Person.ID}, c.Record, c.Presence, now) && !c.Record.New(now) &&
		c.Record.Conduct.Tier(DayOf(now)) == standing.TierGood && !c.Record.Silenced.After(now) && c.Jury.willing(now)
}

// ballot is what the ties among jurors are found by: one that they would cast now.
func (c Candidate) ballot(now time.Time) weight.Ballot {
	return Voter{ID: c.Person.ID, Record: c.Record}.Ballot(Breaks, now, now).Ballot
}
