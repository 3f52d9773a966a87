package rulebook

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// RuleID names a rule. Those of the rules every group starts with are words, which the locale explains.
// Those of a group's own are r and a number, in the order in which they were added.
type RuleID string

// The rules every group starts with.
const (
	Spam     RuleID = "spam"
	Scam     RuleID = "scam"
	Insult   RuleID = "insult"
	Hate     RuleID = "hate"
	Sexual   RuleID = "sexual"
	Violence RuleID = "violence"
	OffTopic RuleID = "offtopic"
	Other    RuleID = "other"
)

// Rule is one line of a rule book. Words that are empty are the locale's, in the language of whoever
// reads them; those that an admin wrote are as they wrote them.
type Rule struct {
	ID       RuleID   `json:"id"`
	Severity int      `json:"severity"`          // 1 to 3: how many steps of the ladder an offence costs
	Name     string   `json:"name,omitempty"`    // a word or two
	Why      string   `json:"why,omitempty"`     // a sentence
	Breaks   []string `json:"breaks,omitempty"`  // messages that break it
	Fine     []string `json:"fine,omitempty"`    // messages that do not
	Removed  bool     `json:"removed,omitempty"` // for new cases; old ones still name it
	Sweep    Sweep    `json:"sweep,omitempty"`   // what goes with a message that is removed under it
}

// Limits of a rule and of a book, as in the sentences that explain them. Lengths are in characters.
const (
	MinSeverity, MaxSeverity = 1, 3

	MaxName     = 24
	MaxWhy      = 300
	MaxExample  = 200
	MaxExamples = 5  // of each sort
	MaxRules    = 20 // that hold
	MaxRemoved  = 60 // that hold no more, and are kept for the cases that name them
)

// Own reports whether a group made the rule, so that the locale has no words for it.
func (r Rule) Own() bool {
	for _, d := range DefaultBook() {
		if d.ID == r.ID {
			return false
		}
	}
	return true
}

// RuleName is a name as it is kept: blanks between its words, and nothing else.
func RuleName(typed string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(typed, "_", " ")), " ")
}

// nameable reports whether a rule can be called so: not by a number alone, or it would be taken for its
// place in the book.
func nameable(name string) bool { return name == RuleName(name) && sayable(name, MaxName) }

// sayable reports whether a text is one line with a letter in it, and not too long.
func sayable(text string, most int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= most &&
		strings.ContainsFunc(text, unicode.IsLetter) && !strings.ContainsFunc(text, breaksLine)
}

func breaksLine(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }
