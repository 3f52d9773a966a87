package view

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// RulesText lists the rules with what they cost, and an example of each. If that is too long it leaves out the examples
// first and then the last rules, and says so.
func RulesText(p locale.Printer, book rulebook.Book, room int) string {
	listed := book.Listed()
	if text := rulesUpTo(p, listed, len(listed), true); fits(text, room) {
		return text
	}
	for n := len(listed); n > 1; n-- {
		if text := rulesUpTo(p, listed, n, false); fits(text, room) {
			return text
		}
	}
	return rulesUpTo(p, listed, 1, false)
}

// rulesUpTo words the first n rules.
func rulesUpTo(p locale.Printer, listed rulebook.Book, n int, examples bool) string {
	lines := []string{p.Text("rules.title", nil)}
	for _, r := range listed[:n] {
		lines = append(lines, p.Text("rules.line", locale.Args{"rule": RuleName(p, r), "why": ruleWhy(p, r), "cost": costName(p, r.Severity)}))
		if breaks, _ := RuleExamples(p, r); examples && len(breaks) > 0 {
			lines = append(lines, p.Text("rules.example", locale.Args{"example": breaks[0]}))
		}
	}
	if left := len(listed) - n; left > 0 {
		lines = append(lines, p.Text("rules.more", locale.Args{"count": left}))
	}
	return strings.Join(append(lines, "", p.Text("rules.steps", nil)), "\n")
}
