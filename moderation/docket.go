package moderation

import (
	"slices"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Key says what a decision is about, so that the store can load its [Docket].
type Key struct {
	Update  int64  // the update that causes it, handled once; 0 for what the clock causes
	Chat    int64  // the group; 0 for the private chat
	Kind    Kind   // what sort of group, to note it when it is first seen; empty if unknown
	Case    string // the case by its id, or
	Message int64  // by a message, or
	Album   string // by the album that the message belongs to
	Actor   int64  // whose record, vote record and bucket are wanted
	Author  int64  // whose history and conduct are wanted, when there may be no case yet; else the case's author's

	Want
	Rows
}

// Want says what else a decision wants to look at. What is [Wanted] in the docket can be read only if it is asked for here.
type Want struct {
	Turns     bool           // the turns of that conduct are wanted too
	Quiz      bool           // the actor's quiz is wanted, and dice
	Queue     bool           // how much waits to be told to single persons is wanted
	Restraint bool           // what the bot put on the author is wanted
	Bare      bool           // nothing is wanted but the group and the case
	Size      bool           // how many write in the group is wanted
	Pool      bool           // who could be drawn for a jury is wanted
	Juror     bool           // what is remembered of the actor and juries is wanted
	Fresh     bool           // an id for a new case is wanted, though the message may have one
	Period    bool           // what the next digest tells is wanted
	Daily     Daily          // whether the actor asked for this today already is wanted
	Practice  bool           // the practice of the group is wanted
	Wiper     int64          // when this person wiped last is wanted, if there is no actor
	Gathered  string         // what waits under this key is wanted
	Sweep     *SweepQuestion // what is known of these messages and their authors is wanted
}

// Rows names the waiting effects that a decision is about.
type Rows struct {
	Done OutboxRef // the effect that is done with this decision, if it waits in the store
	Held OutboxRef // the effect that waits for a right from this decision on; see [Outcome.Waits]
}

// Docket is all that a decision may look at.
type Docket struct {
	Now  time.Time // of the decision, whole seconds
	Chat Chat
	Case *Case // nil if there is none; a withdrawn case counts as none when looked for by message, see [CaseView]

	CaseView
	ActorView
	AuthorView
	Period   Wanted[PeriodView]
	Practice Wanted[PracticeView]
	Sweep    Wanted[SweepView]

	Gathered *GatherEntries // what [Want.Gathered] asks for, with its [OutboxRef]; nil if nothing waits
}

// CaseView is what is known about the case of a decision.
type CaseView struct {
	Ballots   []Ballot
	Retracted []int64     // who took their ballot back
	Ties      weight.Ties // among the voters and the actor of an open case; the actor's vote record is always there
	Earlier   []Ballot    // of the dismissed case that Case opens again
	Captured  *Evidence   // of Case, if that is final and was looked for by a message; if it opens another again, of that one
	Messages  []int64     // of the case's or key's album, as far as they have arrived; or the one message
	FreshID   string      // for a new case, if there is none that is open
	FreshSeed uint64      // for that case; drawn anew for each decision
	Withdrawn *Case       // the latest case about a message, if it was withdrawn: a report of it is about that case again
	Appeal    *Appeal     // of the case, as long as its ballots are kept
	Jury      *jury.Jury  // likewise; the one that sits, or the last
	Pool      Wanted[Pool]
}

// ActorView is what is known of who acts.
type ActorView struct {
	Record  Record       // of the actor
	Unknown bool         // the actor is seen for the first time while the bot may have missed who joined; see [Chat.Blind]
	Bucket  Bucket       // of the actor
	Wiped   time.Time    // when the actor, or [Want.Wiper], wiped last what they were shown; zero if never
	Brought CardsBrought // by the actor's reports against the author, if there is no case yet or its card has not appeared
	Quiz    Wanted[QuizView]
	Juror   Wanted[JuryRecord] // of the actor
	Queue   Wanted[int]        // rows of the group that wait in the class [Personal]
	Asked   Wanted[bool]       // the actor asked for [Want.Daily] today
}

// QuizView is what a decision about a quiz looks at.
type QuizView struct {
	Quiz Quiz // of the actor
	Dice Dice // drawn anew for each decision
}

// AuthorView is what is known of the author of the case.
type AuthorView struct {
	Private   bool // the author opened the private chat
	History   []Offence
	Author    Record                    // of the author
	Presence  Presence                  // of the author
	Conduct   standing.Conduct          // of the author
	Turns     Wanted[[]standing.Change] // of the author, the newest first
	Restraint Wanted[Restraint]         // of the author
}

// PeriodView is what a digest tells of.
type PeriodView struct {
	Closed     []Closed     // the final cases of the period and of the one before it
	Complaints []Complaints // reports against admins, a day each
}

// PracticeView is what a decision about a practice looks at.
type PracticeView struct {
	Practice Practice // of the group; its number is 0 if there is none
	Seed     uint64   // for a new one, drawn anew for each decision
}

// Outcome is all that a decision changes. What is nil or empty stays as it is.
type Outcome struct {
	Chat     *Chat
	Case     *Case
	Admins   []int64 // all its admins, if not nil
	Removed  []int64 // messages that are being removed, and so not to be offered for a report
	Effects  []Effect
	Practice *Practice // of the group; one that never began is forgotten
	Events   []Event   // what of all this the ledger keeps; see [Record]

	CaseChanges
	ActorChanges
	AuthorChanges
	OtherCases
	RowChanges
	SweepChanges
}

// CaseChanges are what changes about the case of a decision, beside the case itself.
type CaseChanges struct {
	Cast     *Ballot    // the actor's ballot in Case, new or changed
	Retract  int64      // the voter whose ballot is taken back
	Appeal   *Appeal    // of Case, new or changed
	Jury     *jury.Jury // likewise
	Evidence *Evidence  // of Case, if it has none yet
}

// ActorChanges are what changes about who acts.
type ActorChanges struct {
	Bucket  *Bucket       // of the actor
	Brought *CardsBrought // likewise
	Record  *Record       // of the actor
	Quiz    *Quiz         // of the actor
	Daily   Daily         // what the actor asks for, once a day
	Asks    string        // the case about which the actor is asked for their sentence
	Against int64         // the message of an admin's that the actor reports
	Admin   *bool         // whether the actor is an admin of the group
	Private *bool         // whether the actor can be written to in private
	Wipes   bool          // the actor wipes what they were shown of their reports and votes
	Pressed *Shown        // the message on which the actor asks for that
}

// AuthorChanges are what changes about the author of the case.
type AuthorChanges struct {
	Silence   *Silence          // of an author in a group that cannot mute
	Offence   *Offence          // of the case's author, new or changed
	Conduct   *standing.Conduct // of the author
	Turns     []standing.Change // of the author's conduct, new, in the order of time
	Restraint *Restraint        // of the author; one of none is forgotten
	Shielded  time.Time         // votes alone only remove the author's messages until then; zero = as it is
	Held      time.Time         // the author's mute lasts until a jury speaks, since then; likewise
}

// OtherCases holds what a decision changes about other cases than its own.
type OtherCases struct {
	Taken    string        // the case whose offence is taken back
	Pardoned string        // the case that is marked as pardoned
	Ended    []string      // cases whose penalty ends now
	Wrong    string        // the dismissed case whose verdict turns out to have been wrong
	Righted  string        // the same, if it turns out that it was right after all
	Shift    time.Duration // by which the deadlines and juries of all open cases of the group move

	JuryRecords map[int64]JuryRecord // of members, new or changed; one of none may be forgotten
}

// RowChanges are what changes about effects that wait.
type RowChanges struct {
	Release []Right // effects that wait for one of these may go
	Waits   Right   // what the effect Key.Held waits for, once whoever delivers it gives it back as held

	Dropped []string // keys of effects that wait no more
}

// Silence is a mute where Telegram has none: the author's messages are removed until then.
type Silence struct {
	Author  int64
	Until   time.Time
	Shorten bool // also if that ends one that would last longer
}

// CaseRef names a case.
type CaseRef struct {
	Chat int64
	ID   string
}

// firstSeen is the actor's record, if need be as that of somebody who is first seen just now; then it is to be kept.
func (d Docket) firstSeen(now time.Time) (r Record, fresh bool) {
	if !d.Unknown {
		return d.Record, false
	}
	r = d.Record
	r.Joined, r.Presumed, r.Messages = now, true, 0
	return r, true
}

// voter is what the group knows of the actor.
func (d Docket) voter(m Member) Voter {
	return Voter{ID: m.ID, Language: m.Language, Record: d.Record, VoteRecord: d.Ties.Records[m.ID]}
}

// deadline is when a case ends whose clock starts then.
func (d Docket) deadline(start time.Time) time.Time {
	return d.clockFrom(start).Add(d.Chat.Policy.Window)
}

// clockFrom is when a clock begins that starts now: in a pause, clocks stand still.
func (d Docket) clockFrom(now time.Time) time.Time {
	if d.Chat.PausedAt(now) {
		return d.Chat.Paused
	}
	return now
}

// waits reports whether penalties wait for a right at this time.
func (d Docket) waits() bool {
	return d.Chat.Kind != Basic && slices.Contains(d.Chat.Missing(), RightRestrict)
}

// others is the author's history but for one case.
func others(d Docket, id string) []Offence {
	return slices.DeleteFunc(slices.Clone(d.History), func(o Offence) bool { return o.Case == id })
}
