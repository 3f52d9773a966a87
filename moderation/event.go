package moderation

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// EventKind says what happened.
type EventKind string

// The events that the ledger keeps. Docs/ledger.md lists them with their fields.
const (
	EventOpened     EventKind = "opened"     // a case, by a report or by a manual penalty
	EventBallot     EventKind = "ballot"     // somebody voted; not which side they took, nor that they changed it
	EventWithdrawn  EventKind = "withdrawn"  // a ballot was taken back
	EventVerdict    EventKind = "verdict"    // a case ended
	EventPenalty    EventKind = "penalty"    // what the author got, at first or instead
	EventRule       EventKind = "rule"       // an admin corrected the rule of a case
	EventAppeal     EventKind = "appeal"     // an appeal was filed, went on, or ended
	EventOverturned EventKind = "overturned" // a verdict was
	EventPardoned   EventKind = "pardoned"   // a case was
	EventEnded      EventKind = "ended"      // an admin ended a penalty before its time
	EventSetting    EventKind = "setting"    // an admin changed one
	EventAction     EventKind = "action"     // an admin removed messages, or ended a mute or ban
)

// Concerns says who can be given the opening of an event: what it says, and the salt that proves it.
type Concerns string

// Whom an event concerns.
const (
	ConcernsVoter  Concerns = "voter"  // only whose ballot it is, and only until the ballots are destroyed
	ConcernsAuthor Concerns = "author" // the author of the case, and who reported or voted
	ConcernsGroup  Concerns = "group"  // nobody in person
)

// Event is one line of the ledger. No person is in it: whoever holds its opening shows what happened in a case,
// and not to whom.
type Event struct {
	Kind     EventKind
	Case     string
	Concerns Concerns
	At       time.Time // told to the day

	Rule    rulebook.RuleID // of a verdict
	Verdict Verdict         // of a verdict
	By      string          // "votes", "admin", "jury" or "time"
	Penalty string          // as an admin types it
	Until   time.Time       // the penalty's end
	Appeal  AppealState     // how the appeal stands now
	Setting string
	From    string
	To      string
	Count   int
}

// eventVersion is 2 since ballots name neither their side nor a rule. In those of version 1 a field "side" comes behind "at".
const eventVersion = 2

// line is the JSON of an event. Fields may be added behind; none is renamed, or old receipts would mean nothing.
type line struct {
	Version int             `json:"v"`
	Kind    EventKind       `json:"kind"`
	Group   string          `json:"group"`
	Case    string          `json:"case,omitempty"`
	At      string          `json:"at"`
	Rule    rulebook.RuleID `json:"rule,omitempty"`
	Verdict Verdict         `json:"verdict,omitempty"`
	By      string          `json:"by,omitempty"`
	Penalty string          `json:"penalty,omitempty"`
	Until   string          `json:"until,omitempty"`
	Appeal  AppealState     `json:"appeal,omitempty"`
	Setting string          `json:"setting,omitempty"`
	From    string          `json:"from,omitempty"`
	To      string          `json:"to,omitempty"`
	Count   int             `json:"count,omitempty"`
}

// NamesSide reports whether the text of an event tells which side somebody took, as that of a ballot of version 1 does.
func NamesSide(text string) bool {
	var l struct{ Side json.RawMessage }
	return json.Unmarshal([]byte(text), &l) != nil || l.Side != nil
}

// Text is what the ledger commits to: one line of JSON. Group is what the group is called in it.
func (e Event) Text(group string) (string, error) {
	l := line{
		Version: eventVersion, Kind: e.Kind, Group: group, Case: e.Case, At: e.At.UTC().Format(time.DateOnly), Rule: e.Rule,
		Verdict: e.Verdict, By: e.By, Penalty: e.Penalty, Appeal: e.Appeal, Setting: e.Setting, From: e.From, To: e.To, Count: e.Count,
	}
	if !e.Until.IsZero() {
		l.Until = e.Until.UTC().Format(time.RFC3339)
	}
	text, err := json.Marshal(l)
	if err != nil {
		return "", fmt.Errorf("write an event: %w", err)
	}
	return string(text), nil
}
