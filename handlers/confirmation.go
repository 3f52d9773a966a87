package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// undo is ↩️ on the confirmation of a report.
func (h reports) undo(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if err := h.court.Undo(ctx, cb.Update, cb.ChatID, cb.Subject, cb.Who.ID); err != nil {
		return cb.Refuse(err)
	}
	return cb.Become(cb.Printer.Text("report.undone", nil), nil), nil
}

// categorize chooses a rule for a report.
func (h reports) categorize(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	chat := cb.Group
	rule := rulebook.RuleID(cb.Choice)
	if err := h.court.Categorize(ctx, cb.Update, cb.ChatID, cb.Subject, cb.Who.ID, rule); err != nil {
		return cb.Refuse(err)
	}
	text, rows := view.Confirmation(cb.Printer, chat, moderation.Receipt{Case: cb.Subject, Rule: rule, Open: true}, cb.Seen())
	if !cb.Alone() || cb.Lost {
		return cb.Toast(cb.Printer.Text("report.chosen", map[string]any{"rule": view.RuleName(cb.Printer, chat.Book.Rule(rule))})), nil
	}
	return cb.Become(text, rows), nil
}
