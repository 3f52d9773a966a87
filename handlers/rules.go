package handlers

import (
	"context"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// rules is /rules: the rule book, for all.
func (h *Handlers) rules(ctx context.Context, a *ask) ([]bot.Call, error) {
	chat, err := h.court.Note(ctx, a.update, group(a.m))
	if err != nil {
		return nil, err
	}
	room := maxText
	if a.stands {
		room -= utf16Len(a.printer.Text("visible.still", nil)) + 2
	}
	return a.answer(rulesText(a.printer, chat.Book, room), nil), nil
}

// rulesText is every rule in a line, with what it costs, and an example of what breaks it. If that is more
// than a message holds, the examples are left out; then the last rules, which is said.
func rulesText(p locale.Printer, book moderation.Book, room int) string {
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

func fits(text string, room int) bool { return utf16Len(text) <= room }

// rulesUpTo words the first n rules.
func rulesUpTo(p locale.Printer, listed moderation.Book, n int, examples bool) string {
	lines := []string{p.Text("rules.title", nil)}
	for _, r := range listed[:n] {
		lines = append(lines, p.Text("rules.line", locale.Args{"rule": ruleName(p, r), "why": ruleWhy(p, r), "cost": costName(p, r.Severity)}))
		if breaks, _ := ruleExamples(p, r); examples && len(breaks) > 0 {
			lines = append(lines, p.Text("rules.example", locale.Args{"example": breaks[0]}))
		}
	}
	if left := len(listed) - n; left > 0 {
		lines = append(lines, p.Text("rules.more", locale.Args{"count": left}))
	}
	return strings.Join(append(lines, "", p.Text("rules.steps", nil)), "\n")
}
