package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// categorize is a rule below the confirmation of a report: the one that the message breaks.
func (h reports) categorize(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	chat := cb.Group
	rule := rulebook.RuleID(cb.Choice)
	if err := h.court.Categorize(ctx, cb.Update, cb.ChatID, cb.Subject, cb.Who.ID, rule); err != nil {
		return cb.Refuse(err)
	}
	if !cb.Alone() || cb.MessageUnknown {
		return cb.Toast(cb.Printer.Text("report.chosen", map[string]any{"rule": view.RuleName(cb.Printer, chat.Book.Rule(rule)), "case": cb.Subject})), nil
	}
	text, rows := h.confirmation(ctx, cb, moderation.Receipt{Case: cb.Subject, Rule: rule, Open: true})
	return cb.Become(text, rows), nil
}
