package moderation

import "strings"

// RuleID names a rule. Those of the rules every group starts with are words, which the locale explains;
// those of a group's own are drawn when the rule is added.
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
}

// Limits of a rule, as in the sentences that explain them.
const (
	MinSeverity, MaxSeverity = 1, 3
)

// Book is a group's rule book, in the order shown. The zero Book is that of a group that has not written
// its own: [DefaultBook].
type Book []Rule

// DefaultBook is what every group starts with.
func DefaultBook() Book {
	return Book{
		{ID: Spam, Severity: 1},
		{ID: Scam, Severity: 2},
		{ID: Insult, Severity: 1},
		{ID: Hate, Severity: 2},
		{ID: Sexual, Severity: 2},
		{ID: Violence, Severity: 3},
		{ID: OffTopic, Severity: 1},
		{ID: Other, Severity: 1},
	}
}

// Listed are the rules that hold.
func (b Book) Listed() Book {
	listed := make(Book, 0, len(b))
	for _, r := range b.rules() {
		if !r.Removed {
			listed = append(listed, r)
		}
	}
	return listed
}

// Has reports whether a rule holds.
func (b Book) Has(id RuleID) bool {
	r, ok := b.find(id)
	return ok && !r.Removed
}

// Rule is a rule, also one that holds no more. One that was never in the book counts as [Other].
func (b Book) Rule(id RuleID) Rule {
	if r, ok := b.find(id); ok {
		return r
	}
	if r, ok := b.find(Other); ok {
		return r
	}
	return Rule{ID: Other, Severity: MinSeverity}
}

// rules are the rules of the book, or of the one that it stands for.
func (b Book) rules() Book {
	if len(b) == 0 {
		return DefaultBook()
	}
	return b
}

func (b Book) find(id RuleID) (Rule, bool) {
	for _, r := range b.rules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// aliases are other words that people type for a rule.
var aliases = map[string]RuleID{
	"ad": Spam, "ads": Spam, "advertising": Spam, "flood": Spam,
	"fraud": Scam, "phishing": Scam,
	"abuse": Insult, "harassment": Insult, "bullying": Insult,
	"racism": Hate, "porn": Sexual, "nsfw": Sexual, "sex": Sexual,
	"illegal": Violence, "drugs": Violence, "threat": Violence,
	"off-topic": OffTopic, "off_topic": OffTopic, "topic": OffTopic,
}

// Named finds the rule a member typed after /report: the first word, in any case, or one of
// its usual other names. Anything else is no rule: a report with a comment still counts.
func (b Book) Named(typed string) (RuleID, bool) {
	words := strings.Fields(strings.ToLower(typed))
	if len(words) == 0 {
		return "", false
	}
	word := strings.Trim(words[0], ".,:;!?")
	if id, ok := aliases[word]; ok && b.Has(id) {
		return id, true
	}
	if b.Has(RuleID(word)) {
		return RuleID(word), true
	}
	return "", false
}

// Charge is the rule that the ballots name most often; on a tie the milder one, then the one that
// stands first in the book. If nobody named any it is [Other].
func (b Book) Charge(ballots []Ballot) RuleID {
	named := map[RuleID]int{}
	for _, v := range ballots {
		if v.Side == Breaks && v.Rule != "" {
			named[v.Rule]++
		}
	}
	best, votes := b.Rule(Other), 0
	for _, r := range b.Listed() {
		n := named[r.ID]
		if n > votes || n > 0 && n == votes && r.Severity < best.Severity {
			best, votes = r, n
		}
	}
	return best.ID
}
