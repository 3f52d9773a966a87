package moderation

import (
	"context"
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Kept is what is kept of a person in one group, but for their votes.
type Kept struct {
	Chat       Chat
	Record     Record
	VoteRecord weight.VoteRecord
	Turns      []standing.Change // of their standing, the newest first
	History    []Offence         // in the order of time
	Cases      []Case            // about what they wrote, the newest first
	Quiz       Quiz
	Put        Restraint
	Jury       JuryRecord
	Active     int64 // the day on which they wrote last, if that is kept; else 0
	Presence   Presence
	Admin      bool
	Reported   bool // they reported something within the hour
	Wiped      bool // they wiped what they were shown of their reports and votes, and are shown none of it
}

// Retained is why something of a person cannot be deleted yet.
type Retained string

// Why something stays, as far as people are told: each protects the group from whoever could begin anew at will.
const (
	RetainedCases    Retained = "cases"    // open, or final for less than a week, so that they can be appealed
	RetainedSteps    Retained = "steps"    // on the ladder, or a penalty that runs
	RetainedStanding Retained = "standing" // not full
	RetainedNew      Retained = "new"      // they joined lately
	RetainedQuiz     Retained = "quiz"     // they took one, and may not take another yet
)

// Remainder is what stays, why, and until when, if that is known.
type Remainder struct {
	Why   Retained
	Until time.Time
}

// Bare reports whether nothing is kept that the person could not be told of without telling them that somebody reported
// them and nobody knows of it.
func (k Kept) Bare() bool {
	hidden := func(c Case) bool { return c.Verdict != Upheld && c.HiddenFromAuthor() }
	return k.Record == (Record{}) && (k.Wiped || k.VoteRecord == (weight.VoteRecord{})) && len(k.Turns) == 0 && len(k.History) == 0 && k.Quiz.bare() && k.Put.None() &&
		k.Active == 0 && k.Presence == (Presence{}) && !k.Admin && (k.Wiped || !k.Reported) && k.bareOfJuries() && !slices.ContainsFunc(k.Cases, func(c Case) bool { return !hidden(c) })
}

// bareOfJuries reports the same of what is remembered of the person and juries. That they were reported by new members alone they are
// not told. Nor are they told, once they wiped, when they were asked, or what their reports brought.
func (k Kept) bareOfJuries() bool {
	j := k.Jury
	return !j.Declines && j.Willing.IsZero() && j.Appealed.IsZero() && (k.Wiped || len(j.Asked) == 0 && len(j.Caused) == 0 && j.Rests.IsZero())
}

// Erasure is what is deleted of a person in a group on their demand, and what stays.
type Erasure struct {
	Cases      []string // are made nobody's, and their evidence goes
	Steps      bool     // the offences
	Turns      bool
	VoteRecord bool
	Record     bool
	Quiz       bool
	Jury       JuryRecord // what stays of that
	Remains    []Remainder
}

// joinedMatters is for how long it matters when somebody joined.
const joinedMatters = weight.JoinedFor

// Erasure says what of it can be deleted now. What protects the group from somebody stays until it would have lapsed
// by itself: else whoever is banned, or votes badly, would ask to be forgotten.
func (k Kept) Erasure(now time.Time) Erasure {
	f := Erasure{}
	day, full := DayOf(now), k.Record.Conduct.Score(DayOf(now)) == standing.FullStanding
	lapsed := Level(k.History, k.Chat.Policy.Lapse, now) == 0 && !k.punished(now)
	if !lapsed {
		f.remain(RetainedSteps, k.stepsEnd(now))
	}
	f.Steps = lapsed && !slices.ContainsFunc(k.Cases, func(c Case) bool { return c.Verdict == Upheld && c.needed(now) }) // overturning takes them back
	if f.Turns = full; !full {
		f.remain(RetainedStanding, time.Time{})
	}
	worst, waits := time.Time{}, false
	for _, c := range k.Cases {
		switch until := c.neededUntil(); {
		case c.needed(now):
			// That there is a case which nobody sees yet would tell its author that somebody reported them.
			if c.HiddenFromAuthor() {
				continue
			}
			waits = true
			if c.Appeal.Open() && c.AppealDue.After(until) {
				until = c.AppealDue
			}
			if until.After(worst) && until.After(now) {
				worst = until
			}
		case c.Verdict != Upheld || f.Steps:
			f.Cases = append(f.Cases, c.ID)
		}
	}
	if waits {
		f.remain(RetainedCases, worst)
	}
	votes := k.VoteRecord.On(day)
	// That it stays nobody is told: it would prove that they voted.
	f.VoteRecord = votes.Voted < 1 && votes.Abuse.Paused(now).IsZero()
	settled := k.Record.Joined.IsZero() || now.Sub(k.Record.Joined) >= joinedMatters && !k.Record.New(now)
	if f.Record = settled && full && !k.Record.Silenced.After(now); !settled {
		f.remain(RetainedNew, k.Record.Joined.Add(joinedMatters))
	}
	// Nor are they told of this, which would prove that they reported.
	f.Jury = JuryRecord{Caused: k.Jury.Caused, Rests: k.Jury.Rests, Accused: k.Jury.Accused, Appealed: k.Jury.Appealed}
	again := k.Quiz.again()
	if f.Quiz = !again.After(now); !f.Quiz {
		f.remain(RetainedQuiz, again)
	}
	return f
}

func (f *Erasure) remain(why Retained, until time.Time) {
	f.Remains = append(f.Remains, Remainder{why, until})
}

// punished reports whether a penalty runs.
func (k Kept) punished(now time.Time) bool {
	for _, o := range k.History {
		if (o.Penalty.Kind == ladder.Mute || o.Penalty.Kind == ladder.Ban) && o.runs(now) {
			return true
		}
	}
	return false
}

// stepsEnd is when all steps will have lapsed and all penalties are over; zero if one has no end.
func (k Kept) stepsEnd(now time.Time) time.Time {
	var end time.Time
	if n := len(k.History); n > 0 {
		end = k.History[n-1].At.Add(time.Duration(Level(k.History, k.Chat.Policy.Lapse, k.History[n-1].At)) * k.Chat.Policy.Lapse)
	}
	for _, o := range k.History {
		if o.Penalty.Kind == ladder.Ban && o.Until.IsZero() {
			return time.Time{}
		}
		if o.Until.After(end) {
			end = o.Until
		}
	}
	if !end.After(now) {
		return time.Time{}
	}
	return end
}

// Persons keeps what is known of persons across groups.
type Persons interface {
	// ForgetPerson runs decide on what is kept of the person in each group and deletes what it says, a transaction a
	// group. Doing it again does no harm. Handle is their present @username, by which they are known too.
	ForgetPerson(ctx context.Context, person int64, handle string, decide func(Kept) Erasure) ([]Erasure, error)
}

// Forget deletes what is kept of a person and can be, everywhere, and says what stays, group by group.
func (c *Members) Forget(ctx context.Context, persons Persons, person int64, handle string) (map[int64]Erasure, error) {
	now := c.now().UTC().Truncate(time.Second)
	said := map[int64]Erasure{}
	_, err := persons.ForgetPerson(ctx, person, handle, func(k Kept) Erasure {
		f := k.Erasure(now)
		said[k.Chat.ID] = f
		return f
	})
	return said, err
}
