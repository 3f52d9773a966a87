package handlers

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// How long a welcome may be, and the sentence of a rule in it, in characters.
const maxWelcome, maxWelcomeWhy = 1500, 100

// welcome tells a new member what holds in the group. One that comes late, or that Telegram refuses, is left
// out: nobody needs it so much that others should wait.
func (h *Handlers) welcome(ctx context.Context, e moderation.Effect) error {
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil || h.now().After(e.Until) || !chat.Policy.Quiz || !chat.Rights.Admin {
		return err
	}
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	_, err = h.do(ctx, bot.SendMessage(e.Chat, welcomeText(p, chat.Book)).NoPreview().Ephemeral(e.To.ID, "", 0))
	return h.settled(err)
}

// welcomeText is every rule in a line, and how to report; the sentences only if there is room.
func welcomeText(p locale.Printer, book moderation.Book) string {
	text := welcomeLines(p, book, true)
	if utf8.RuneCountInString(text) >= maxWelcome {
		text = welcomeLines(p, book, false)
	}
	return text
}

func welcomeLines(p locale.Printer, book moderation.Book, whys bool) string {
	lines := []string{p.Text("welcome.rules", nil)}
	for _, r := range book.Listed() {
		line := ruleName(p, r)
		if why := ruleWhy(p, r); whys && utf8.RuneCountInString(why) <= maxWelcomeWhy {
			line = p.Text("rules.short", locale.Args{"rule": ruleName(p, r), "why": why})
		}
		lines = append(lines, "• "+line)
	}
	return strings.Join(append(lines, "", p.Text("welcome.report", nil)), "\n")
}
