package moderation

import "github.com/ostrakon-bot/ostrakon/moderation/rulebook"

// Moved: goes when its users follow.
type (
	// Rule is [rulebook.Rule].
	Rule = rulebook.Rule
	// RuleID is [rulebook.RuleID].
	RuleID = rulebook.RuleID
	// Book is [rulebook.Book].
	Book = rulebook.Book
	// Amended is [rulebook.Amended].
	Amended = rulebook.Amended
	// AmendKind is [rulebook.AmendKind].
	AmendKind = rulebook.AmendKind
)

// Moved: goes when its users follow.
const (
	Spam          = rulebook.Spam
	Scam          = rulebook.Scam
	Insult        = rulebook.Insult
	Hate          = rulebook.Hate
	Sexual        = rulebook.Sexual
	Violence      = rulebook.Violence
	OffTopic      = rulebook.OffTopic
	Other         = rulebook.Other
	AmendAdded    = rulebook.AmendAdded
	AmendRestored = rulebook.AmendRestored
	AmendRemoved  = rulebook.AmendRemoved
	AmendSeverity = rulebook.AmendSeverity
	AmendPlace    = rulebook.AmendPlace
	AmendName     = rulebook.AmendName
	AmendWhy      = rulebook.AmendWhy
	AmendBreaks   = rulebook.AmendBreaks
	AmendFine     = rulebook.AmendFine
	AmendCleared  = rulebook.AmendCleared
	MinSeverity   = rulebook.MinSeverity
	MaxSeverity   = rulebook.MaxSeverity
	MaxName       = rulebook.MaxName
	MaxWhy        = rulebook.MaxWhy
	MaxExample    = rulebook.MaxExample
	MaxExamples   = rulebook.MaxExamples
	MaxRules      = rulebook.MaxRules
	MaxRemoved    = rulebook.MaxRemoved
)

// DefaultBook is [rulebook.DefaultBook]. Moved: goes when its users follow.
func DefaultBook() rulebook.Book { return rulebook.DefaultBook() }

// RuleName is [rulebook.RuleName]. Moved: goes when its users follow.
func RuleName(typed string) string { return rulebook.RuleName(typed) }

// Leads is [rulebook.Leads]. Moved: goes when its users follow.
func Leads(name, typed string) int { return rulebook.Leads(name, typed) }
