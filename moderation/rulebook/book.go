package rulebook

import (
	"strings"
	"unicode"
	"unicode/utf8"
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

// removed are the rules that hold no more, the one removed first in front.
func (b Book) removed() Book {
	var gone Book
	for _, r := range b.rules() {
		if r.Removed {
			gone = append(gone, r)
		}
	}
	return gone
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

// Named finds the rule that somebody names at the beginning of what they typed, in any case. First it
// looks for what the group calls it, which may be several words, then for its id, and then for its usual
// other names. Anything else is no rule: a report with a comment still counts.
func (b Book) Named(typed string) (RuleID, bool) {
	best, length := RuleID(""), 0
	for _, r := range b.Listed() {
		if n := Leads(r.Name, typed); n > length {
			best, length = r.ID, n
		}
	}
	words := strings.Fields(strings.ToLower(typed))
	if length > 0 || len(words) == 0 {
		return best, length > 0
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

// Leads says how many bytes of what somebody typed are a name. Upper and lower case, white space or
// underscores between its words, and a quote before it make no difference. It is 0 if the text does not
// begin with that name as whole words.
func Leads(name, typed string) int {
	at := 0
	for i, word := range strings.Fields(name) {
		gap := len(typed) - at - len(strings.TrimLeft(typed[at:], gaps))
		if i > 0 && gap == 0 {
			return 0
		}
		at += gap
		n := foldedPrefix(typed[at:], word)
		if n == 0 {
			return 0
		}
		at += n
	}
	if next, _ := utf8.DecodeRuneInString(typed[at:]); unicode.IsLetter(next) || unicode.IsDigit(next) {
		return 0
	}
	return at
}

// gaps are what can stand before a word of a name.
const gaps = " \t\r\n\u00a0\u3000_\"'“”„«»‘’「」『』"

// foldedPrefix is how many bytes of a text are a word in some case, 0 if it does not begin with it.
func foldedPrefix(text, word string) int {
	left := []rune(word)
	for i, r := range text {
		if len(left) == 0 {
			return i
		}
		if unicode.ToLower(unicode.ToUpper(r)) != unicode.ToLower(unicode.ToUpper(left[0])) {
			return 0
		}
		left = left[1:]
	}
	if len(left) > 0 {
		return 0
	}
	return len(text)
}
