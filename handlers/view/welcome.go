package view

import (
	"strings"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// How long a welcome may be, and the sentence of a rule in it, in characters.
const maxWelcome, maxWelcomeWhy = 1500, 100

// WelcomeText lists the rules for a new member and says how to report. It explains the rules only if there is room.
func WelcomeText(p locale.Printer, book rulebook.Book, say ReportTexts) string {
	text := welcomeLines(p, book, say, true)
	if utf8.RuneCountInString(text) >= maxWelcome {
		text = welcomeLines(p, book, say, false)
	}
	return text
}

func welcomeLines(p locale.Printer, book rulebook.Book, say ReportTexts, whys bool) string {
	lines := []string{p.Text("welcome.rules", nil)}
	for _, r := range book.Listed() {
		line := RuleName(p, r)
		if why := ruleWhy(p, r); whys && utf8.RuneCountInString(why) <= maxWelcomeWhy {
			line = p.Text("rules.short", locale.Args{"rule": RuleName(p, r), "why": why})
		}
		lines = append(lines, "• "+line)
	}
	return strings.Join(append(lines, "", p.Text("welcome.report", locale.Args{"way": say.Way(p)})), "\n")
}
