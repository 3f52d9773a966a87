package moderation

import "strings"

// RuleID names a rule. Its words are the locale's.
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

// Rule is one line of the rule book.
type Rule struct {
	ID       RuleID
	Severity int // 1 to 3: how many steps of the ladder an offence costs
}

// DefaultRules is the rule book of a group that has not written its own, in the order shown.
var DefaultRules = []Rule{
	{Spam, 1}, {Scam, 2}, {Insult, 1}, {Hate, 2}, {Sexual, 2}, {Violence, 3}, {OffTopic, 1}, {Other, 1},
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

// FindRule finds the rule a member typed after /report: the first word, in any case, or one of
// its usual other names. Anything else is no rule: a report with a comment still counts.
func FindRule(typed string) (RuleID, bool) {
	words := strings.Fields(strings.ToLower(typed))
	if len(words) == 0 {
		return "", false
	}
	word := strings.Trim(words[0], ".,:;!?")
	if id, ok := aliases[word]; ok {
		return id, true
	}
	if _, ok := ruleByID(RuleID(word)); ok {
		return RuleID(word), true
	}
	return "", false
}

// SeverityOf is the rule's severity; a rule that is not in the book counts as [Other].
func SeverityOf(id RuleID) int {
	if r, ok := ruleByID(id); ok {
		return r.Severity
	}
	return 1
}

func ruleByID(id RuleID) (Rule, bool) {
	for _, r := range DefaultRules {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// Charge is the rule that the ballots name most often; on a tie the milder one, then the one that
// stands first in the book. If nobody named any it is [Other].
func Charge(ballots []Ballot) RuleID {
	named := map[RuleID]int{}
	for _, b := range ballots {
		if b.Side == Breaks && b.Rule != "" {
			named[b.Rule]++
		}
	}
	best, votes := Other, 0
	for _, r := range DefaultRules {
		n := named[r.ID]
		if n > votes || n > 0 && n == votes && r.Severity < SeverityOf(best) {
			best, votes = r.ID, n
		}
	}
	return best
}
