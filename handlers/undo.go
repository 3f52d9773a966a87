package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
)

// undo is ↩️ on the confirmation of a report.
func (h reports) undo(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if err := h.court.Undo(ctx, cb.Update, cb.ChatID, cb.Subject, cb.Who.ID); err != nil {
		return cb.Refuse(err)
	}
	return cb.Become(cb.Printer.Text("report.undone", nil), nil), nil
}
