package moderation

import (
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// News is something that admins are told. Each sort of it is a type of its own.
type News interface {
	// Topic names what it is about.
	Topic() Topic

	// About is the case that it is about, empty if there is none.
	About() string

	// Doer is the admin who did it, zero if nobody did. They are not told.
	Doer() Admin

	// newsKey is what the [Effect] that tells it has as key, if a later one takes its place.
	newsKey() string

	store(*storedEffect)
}

// caseKey is the key of news of which only the latest is worth telling.
func caseKey(t Topic, id string) string {
	if once[t] {
		return string(t) + "/" + id
	}
	return ""
}

// CaseNews shows a case, and says what happened to it.
type CaseNews struct {
	What Topic
	Case string
	By   Admin // who did it; zero if no admin did
}

// Topic implements [News].
func (n CaseNews) Topic() Topic { return n.What }

// About implements [News].
func (n CaseNews) About() string { return n.Case }

// Doer implements [News].
func (n CaseNews) Doer() Admin { return n.By }

func (n CaseNews) newsKey() string { return caseKey(n.What, n.Case) }

func (n CaseNews) store(s *storedEffect) { s.Topic, s.Case, s.By = n.What, n.Case, n.By }

// Trouble says what cannot be done, or not as usual.
type Trouble struct {
	What Topic
	Case string // empty if it is about none
}

// Topic implements [News].
func (n Trouble) Topic() Topic { return n.What }

// About implements [News].
func (n Trouble) About() string { return n.Case }

// Doer implements [News].
func (Trouble) Doer() Admin { return Admin{} }

func (n Trouble) newsKey() string { return caseKey(n.What, n.Case) }

func (n Trouble) store(s *storedEffect) { s.Topic, s.Case = n.What, n.Case }

// RightsDue says that the bot's rights are to be looked at: if the admins do not know how they are, they are told
// [RightsNews].
type RightsDue struct{}

// Topic implements [News].
func (RightsDue) Topic() Topic { return TopicRights }

// About implements [News].
func (RightsDue) About() string { return "" }

// Doer implements [News].
func (RightsDue) Doer() Admin { return Admin{} }

func (RightsDue) newsKey() string { return caseKey(TopicRights, "") }

func (RightsDue) store(s *storedEffect) { s.Topic = TopicRights }

// RightsNews says which of the bot's rights are back or missing.
type RightsNews struct {
	Back    []Right `json:"back,omitempty"`
	Missing []Right `json:"missing,omitempty"` // all that are missing at that time
}

// Topic implements [News].
func (RightsNews) Topic() Topic { return TopicRights }

// About implements [News].
func (RightsNews) About() string { return "" }

// Doer implements [News].
func (RightsNews) Doer() Admin { return Admin{} }

func (RightsNews) newsKey() string { return "" } // each was noted as told

func (n RightsNews) store(s *storedEffect) { s.Topic, s.Rights = TopicRights, &n }

// ManualPenalty says that a mute or ban stays which others than the bot put.
type ManualPenalty struct {
	Case string
	Name string // whose, if there is no case
}

// Topic implements [News].
func (ManualPenalty) Topic() Topic { return TopicByHand }

// About implements [News].
func (n ManualPenalty) About() string { return n.Case }

// Doer implements [News].
func (ManualPenalty) Doer() Admin { return Admin{} }

func (n ManualPenalty) newsKey() string { return caseKey(TopicByHand, n.Case) }

func (n ManualPenalty) store(s *storedEffect) { s.Topic, s.Case, s.Name = TopicByHand, n.Case, n.Name }

// PenaltyEnded says that an admin ended a mute or ban.
type PenaltyEnded struct {
	Step ladder.Step // a mute or a ban
	By   Admin
	Name string // whose
}

// Topic implements [News].
func (PenaltyEnded) Topic() Topic { return TopicFreed }

// About implements [News].
func (PenaltyEnded) About() string { return "" }

// Doer implements [News].
func (n PenaltyEnded) Doer() Admin { return n.By }

func (PenaltyEnded) newsKey() string { return "" }

func (n PenaltyEnded) store(s *storedEffect) {
	s.Topic, s.Step, s.By, s.Name = TopicFreed, n.Step, n.By, n.Name
}

// MessagesPurged says that an admin removed messages.
type MessagesPurged struct {
	By    Admin
	Count int
}

// Topic implements [News].
func (MessagesPurged) Topic() Topic { return TopicPurged }

// About implements [News].
func (MessagesPurged) About() string { return "" }

// Doer implements [News].
func (n MessagesPurged) Doer() Admin { return n.By }

func (MessagesPurged) newsKey() string { return "" }

func (n MessagesPurged) store(s *storedEffect) { s.Topic, s.By, s.Count = TopicPurged, n.By, n.Count }

// SettingChanged says that an admin changed a setting.
type SettingChanged struct {
	By     Admin
	Change Change
}

// Topic implements [News].
func (SettingChanged) Topic() Topic { return TopicSetting }

// About implements [News].
func (SettingChanged) About() string { return "" }

// Doer implements [News].
func (n SettingChanged) Doer() Admin { return n.By }

func (SettingChanged) newsKey() string { return "" }

func (n SettingChanged) store(s *storedEffect) {
	s.Topic, s.By, s.Change = TopicSetting, n.By, n.Change
}

// RuleChanged says that an admin changed the rule book.
type RuleChanged struct {
	By      Admin
	Amended rulebook.Amended
}

// Topic implements [News].
func (RuleChanged) Topic() Topic { return TopicRule }

// About implements [News].
func (RuleChanged) About() string { return "" }

// Doer implements [News].
func (n RuleChanged) Doer() Admin { return n.By }

func (RuleChanged) newsKey() string { return "" }

func (n RuleChanged) store(s *storedEffect) { s.Topic, s.By, s.Amended = TopicRule, n.By, n.Amended }
