package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// undo is ↩️ on the confirmation of a report.
func (h reports) undo(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	if err := h.court.Undo(ctx, t.Update, t.ChatID, t.Subject, t.Who.ID); err != nil {
		return t.Refuse(err)
	}
	return t.Become(t.Printer.Text("report.undone", nil), nil), nil
}

// categorize chooses a rule for a report.
func (h reports) categorize(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	chat := t.Group
	rule := moderation.RuleID(t.Choice)
	if err := h.court.Categorize(ctx, t.Update, t.ChatID, t.Subject, t.Who.ID, rule); err != nil {
		return t.Refuse(err)
	}
	text, rows := view.Confirmation(t.Printer, chat, moderation.Receipt{Case: t.Subject, Rule: rule, Open: true}, t.Seen())
	if !t.Alone() || t.Lost {
		return t.Toast(t.Printer.Text("report.chosen", map[string]any{"rule": view.RuleName(t.Printer, chat.Book.Rule(rule))})), nil
	}
	return t.Become(text, rows), nil
}
