package moderation

import (
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Entry is something that admins are told. Each sort of it is a type of its own.
type Entry interface {
	// Topic names what it is about.
	Topic() Topic

	// About is the case that it is about, empty if there is none.
	About() string

	// Doer is the admin who did it, zero if nobody did. They are not told.
	Doer() Admin

	// entryKey is what the [Effect] that tells it has as key, if a later one takes its place.
	entryKey() string

	store(*storedEffect)
}

// caseKey is the key of entries of which only the latest is worth telling.
func caseKey(t Topic, id string) string {
	if once[t] {
		return string(t) + "/" + id
	}
	return ""
}

// CaseEntry shows a case, and says what happened to it.
type CaseEntry struct {
	What Topic
	Case string
	By   Admin // who did it; zero if no admin did
}

// Topic implements [Entry].
func (n CaseEntry) Topic() Topic { return n.What }

// About implements [Entry].
func (n CaseEntry) About() string { return n.Case }

// Doer implements [Entry].
func (n CaseEntry) Doer() Admin { return n.By }

func (n CaseEntry) entryKey() string { return caseKey(n.What, n.Case) }

func (n CaseEntry) store(s *storedEffect) { s.Topic, s.Case, s.By = n.What, n.Case, n.By }

// Trouble says what cannot be done, or not as usual.
type Trouble struct {
	What Topic
	Case string // empty if it is about none
}

// Topic implements [Entry].
func (n Trouble) Topic() Topic { return n.What }

// About implements [Entry].
func (n Trouble) About() string { return n.Case }

// Doer implements [Entry].
func (Trouble) Doer() Admin { return Admin{} }

func (n Trouble) entryKey() string { return caseKey(n.What, n.Case) }

func (n Trouble) store(s *storedEffect) { s.Topic, s.Case = n.What, n.Case }

// RightsDue says that the bot's rights are to be looked at: if the admins do not know how they are, they are told
// [RightsEntry].
type RightsDue struct{}

// Topic implements [Entry].
func (RightsDue) Topic() Topic { return TopicRights }

// About implements [Entry].
func (RightsDue) About() string { return "" }

// Doer implements [Entry].
func (RightsDue) Doer() Admin { return Admin{} }

func (RightsDue) entryKey() string { return caseKey(TopicRights, "") }

func (RightsDue) store(s *storedEffect) { s.Topic = TopicRights }

// RightsEntry says which of the bot's rights are back or missing.
type RightsEntry struct {
	Back    []Right `json:"back,omitempty"`
	Missing []Right `json:"missing,omitempty"` // all that are missing at that time
}

// Topic implements [Entry].
func (RightsEntry) Topic() Topic { return TopicRights }

// About implements [Entry].
func (RightsEntry) About() string { return "" }

// Doer implements [Entry].
func (RightsEntry) Doer() Admin { return Admin{} }

func (RightsEntry) entryKey() string { return "" } // each was noted as told

func (n RightsEntry) store(s *storedEffect) { s.Topic, s.Rights = TopicRights, &n }

// ManualPenaltyKept says that a mute or ban stays which others than the bot put.
type ManualPenaltyKept struct {
	Case string
	Name string // whose, if there is no case
}

// Topic implements [Entry].
func (ManualPenaltyKept) Topic() Topic { return TopicManualKept }

// About implements [Entry].
func (n ManualPenaltyKept) About() string { return n.Case }

// Doer implements [Entry].
func (ManualPenaltyKept) Doer() Admin { return Admin{} }

func (n ManualPenaltyKept) entryKey() string { return caseKey(TopicManualKept, n.Case) }

func (n ManualPenaltyKept) store(s *storedEffect) {
	s.Topic, s.Case, s.Name = TopicManualKept, n.Case, n.Name
}

// PenaltyEnded says that an admin ended a mute or ban.
type PenaltyEnded struct {
	Step ladder.Step // a mute or a ban
	By   Admin
	Name string // whose
}

// Topic implements [Entry].
func (PenaltyEnded) Topic() Topic { return TopicFreed }

// About implements [Entry].
func (PenaltyEnded) About() string { return "" }

// Doer implements [Entry].
func (n PenaltyEnded) Doer() Admin { return n.By }

func (PenaltyEnded) entryKey() string { return "" }

func (n PenaltyEnded) store(s *storedEffect) {
	s.Topic, s.Step, s.By, s.Name = TopicFreed, n.Step, n.By, n.Name
}

// MessagesPurged says that an admin removed messages.
type MessagesPurged struct {
	By    Admin
	Count int
}

// Topic implements [Entry].
func (MessagesPurged) Topic() Topic { return TopicPurged }

// About implements [Entry].
func (MessagesPurged) About() string { return "" }

// Doer implements [Entry].
func (n MessagesPurged) Doer() Admin { return n.By }

func (MessagesPurged) entryKey() string { return "" }

func (n MessagesPurged) store(s *storedEffect) { s.Topic, s.By, s.Count = TopicPurged, n.By, n.Count }

// SettingChanged says that an admin changed a setting.
type SettingChanged struct {
	By     Admin
	Change Change
}

// Topic implements [Entry].
func (SettingChanged) Topic() Topic { return TopicSetting }

// About implements [Entry].
func (SettingChanged) About() string { return "" }

// Doer implements [Entry].
func (n SettingChanged) Doer() Admin { return n.By }

func (SettingChanged) entryKey() string { return "" }

func (n SettingChanged) store(s *storedEffect) {
	s.Topic, s.By, s.Change = TopicSetting, n.By, n.Change
}

// SettingLog is what the log channel is called in a [Change].
const SettingLog = "logchannel"

// ChangesLog reports whether an entry says that the group got another log channel, or none.
func ChangesLog(n Entry) bool {
	set, ok := n.(SettingChanged)
	return ok && set.Change.Setting == SettingLog
}

// RuleChanged says that an admin changed the rule book.
type RuleChanged struct {
	By      Admin
	Amended rulebook.Amended
}

// Topic implements [Entry].
func (RuleChanged) Topic() Topic { return TopicRule }

// About implements [Entry].
func (RuleChanged) About() string { return "" }

// Doer implements [Entry].
func (n RuleChanged) Doer() Admin { return n.By }

func (RuleChanged) entryKey() string { return "" }

func (n RuleChanged) store(s *storedEffect) { s.Topic, s.By, s.Amended = TopicRule, n.By, n.Amended }
