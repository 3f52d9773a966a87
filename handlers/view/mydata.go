package view

import (
	"math"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// What /mydata puts into its file: what is kept of a person. Fields may be added. It leaves out how they voted, when, and how
// often they were right: whoever makes them show it before and after a case could read their side from it.
type (
	MyData struct {
		About   string    `json:"about"`
		Made    string    `json:"made"` // day, UTC
		Private bool      `json:"private_chat"`
		Groups  []MyGroup `json:"groups"`
		Votes   []MyVote  `json:"votes"`
	}
	MyGroup struct {
		Group     string       `json:"group"`
		Admin     bool         `json:"admin,omitempty"`
		FirstDay  string       `json:"first_day_seen_writing,omitempty"`
		Days      int          `json:"days_written_counted_up_to_3,omitempty"`
		Joined    string       `json:"seen_joining,omitempty"`
		Messages  int          `json:"messages_since_joining,omitempty"`
		LastWrote string       `json:"last_wrote,omitempty"`
		Standing  int          `json:"standing"`
		Changes   []myTurn     `json:"standing_changes,omitempty"`
		Votes     *myRecord    `json:"record_of_votes,omitempty"`
		Quiz      *myQuiz      `json:"quiz,omitempty"`
		Juries    *myJuries    `json:"juries,omitempty"`
		Put       *myLimit     `json:"put_on_you_by_the_bot,omitempty"`
		Found     *myLimit     `json:"put_on_you_by_others_before,omitempty"`
		Decisions []MyDecision `json:"decisions,omitempty"`
	}
	myLimit struct {
		Banned bool     `json:"banned,omitempty"`
		Denied []string `json:"denied,omitempty"`
		Until  string   `json:"until,omitempty"`
	}
	myQuiz struct {
		Case   string `json:"case,omitempty"`
		Passed string `json:"last_passed,omitempty"`
		Failed string `json:"last_failed,omitempty"`
	}
	myJuries struct {
		Asked    int    `json:"asked_to_be_a_juror_within_a_day,omitempty"`
		Declines bool   `json:"does_not_want_to_be_asked,omitempty"`
		Willing  string `json:"wants_to_be_asked_again_since,omitempty"`
		Brought  int    `json:"juries_brought_by_your_reports_within_a_day,omitempty"`
		Appealed string `json:"last_jury_for_your_appeal,omitempty"`
		Shielded string `json:"votes_only_remove_your_messages_until,omitempty"`
		Held     string `json:"last_muted_until_a_jury_spoke,omitempty"`
	}
	myTurn struct {
		Day    string         `json:"day"`
		Points int            `json:"points"`
		Cause  standing.Cause `json:"cause"`
		Case   string         `json:"case,omitempty"`
	}
	myRecord struct {
		Cases  float64 `json:"cases"`
		Paused string  `json:"reporting_paused_until,omitempty"`
	}
	MyDecision struct {
		Case     string                 `json:"case"`
		Verdict  moderation.Verdict     `json:"verdict"`
		Rule     string                 `json:"rule,omitempty"`
		Penalty  string                 `json:"penalty,omitempty"`
		Removal  moderation.Progress    `json:"removal,omitempty"`
		Put      moderation.Progress    `json:"penalty_put,omitempty"`
		Day      string                 `json:"day,omitempty"`
		Until    string                 `json:"until,omitempty"`
		Counts   bool                   `json:"counts_on_the_ladder,omitempty"`
		Reversed moderation.Reversal    `json:"reversed,omitempty"`
		Appeal   moderation.AppealState `json:"appeal,omitempty"`
		Said     string                 `json:"you_said_against_it,omitempty"`
		Message  *myMessage             `json:"message,omitempty"`
	}
	myMessage struct {
		Name     string   `json:"name,omitempty"`
		Username string   `json:"username,omitempty"`
		Text     string   `json:"text,omitempty"`
		Media    string   `json:"media,omitempty"`
		Sent     string   `json:"sent,omitempty"`
		Album    []string `json:"rest_of_the_album,omitempty"`
		Files    []myFile `json:"files,omitempty"`
		ReplyTo  *myReply `json:"in_reply_to,omitempty"`
		Edits    []myEdit `json:"edits,omitempty"`
	}
	myFile struct {
		Kind string `json:"kind"`
		Name string `json:"name,omitempty"`
		Size int64  `json:"bytes,omitempty"`
	}
	myReply struct {
		Text  string `json:"text,omitempty"`
		Media string `json:"media,omitempty"`
	}
	myEdit struct {
		At    string `json:"at"`
		Text  string `json:"text,omitempty"`
		Media string `json:"media,omitempty"`
	}
	MyVote struct {
		Group string          `json:"group"`
		Case  string          `json:"case"`
		Rule  rulebook.RuleID `json:"rule,omitempty"`
	}
)

// GroupOfMine is what one group keeps of a person, without the decisions.
func GroupOfMine(k moderation.Kept, title string, now time.Time) MyGroup {
	day := moderation.DayOf(now)
	g := MyGroup{Group: title, Admin: k.Admin, Messages: k.Record.Messages, Standing: k.Record.Conduct.Score(day)}
	g.Joined = instant(k.Record.Joined)
	if k.Presence.First != 0 {
		g.FirstDay, g.Days = dayText(k.Presence.First), k.Presence.Days
	}
	if k.Active != 0 {
		g.LastWrote = dayText(k.Active)
	}
	for _, t := range k.Turns {
		g.Changes = append(g.Changes, myTurn{dayText(t.Day), t.Points, t.Cause, t.Case})
	}
	if t := k.VoteRecord.On(day); !k.Wiped && k.VoteRecord != (weight.VoteRecord{}) {
		g.Votes = &myRecord{Cases: tenth(t.Voted)}
		g.Votes.Paused = instant(t.Abuse.Paused(now))
	}
	if q := k.Quiz; q.Case != "" || !q.Passed.IsZero() || !q.Failed.IsZero() {
		g.Quiz = &myQuiz{q.Case, instant(q.Passed), instant(q.Failed)}
	}
	g.Juries = myJuriesOf(k)
	g.Put, g.Found = myLimitOf(k.Put.Put), myLimitOf(k.Put.Found)
	return g
}

// myJuriesOf is what a group remembers of somebody and juries; nil if it is nothing that they are told. It does not say that new members
// reported them.
func myJuriesOf(k moderation.Kept) *myJuries {
	m := myJuries{
		Declines: k.Jury.Declines, Willing: instant(k.Jury.Willing), Appealed: instant(k.Jury.Appealed),
		Shielded: instant(k.Record.Shielded), Held: instant(k.Record.Held),
	}
	if !k.Wiped {
		m.Asked, m.Brought = len(k.Jury.Asked), len(k.Jury.Caused)
	}
	if m == (myJuries{}) {
		return nil
	}
	return &m
}

// myLimitOf is what keeps somebody from writing; nil if nothing does.
func myLimitOf(r moderation.Restriction) *myLimit {
	if r.None() {
		return nil
	}
	return &myLimit{r.Banned, r.Denied, instant(r.Until)}
}

// DecisionOf is what a case says about its author.
func DecisionOf(c moderation.Case, now time.Time) MyDecision {
	d := MyDecision{Case: c.ID, Verdict: c.Verdict, Reversed: c.Reversed}
	if c.Verdict.Final() {
		d.Day = c.Decided.Format(time.DateOnly)
	}
	if c.Verdict == moderation.Upheld {
		d.Rule, d.Penalty, d.Removal, d.Put = string(c.Rule), c.Penalty.String(), c.Removal, c.PutAt(now)
		d.Appeal = c.Appeal // else it is no appeal
	}
	d.Until = instant(c.Until)
	return d
}

// VoteOfMine is a ballot that a person cast.
func VoteOfMine(b moderation.Ballot, group, id string) MyVote {
	if b.Quiet {
		b.Rule = "" // of the report that they wiped
	}
	return MyVote{group, id, b.Rule}
}

// MyMessageOf is what is kept of a message. It leaves out who wrote the message that it replied to.
func MyMessageOf(e moderation.Evidence) *myMessage {
	m := &myMessage{Name: e.Name, Username: e.Handle, Text: e.Text, Media: e.Media, Sent: instant(e.SentAt), Album: e.Rest}
	for _, f := range e.Files {
		m.Files = append(m.Files, myFile{f.Kind, f.Name, f.Size})
	}
	if e.Reply != nil {
		m.ReplyTo = &myReply{e.Reply.Text, e.Reply.Media}
	}
	for _, d := range e.Edits {
		m.Edits = append(m.Edits, myEdit{instant(d.At), d.Text, d.Media})
	}
	return m
}

// instant is a time as the file has it; empty if there is none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func dayText(day int64) string { return weight.Midnight(day).Format(time.DateOnly) }

func tenth(x float64) float64 { return math.Round(x*10) / 10 }
