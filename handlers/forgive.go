package handlers

import (
	"context"
	"fmt"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/casefile"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// forgive is ↩️ below the answer to a manual penalty: it does for that case what /pardon does for the latest.
func (h penalties) forgive(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	cs, err := h.court.Forgive(ctx, cb.Key(), cb.Who, cb.Choice)
	if err != nil {
		return cb.Refuse(err)
	}
	kept, err := casefile.Load(ctx, h.store, cb.Group, cs)
	if err != nil {
		return nil, fmt.Errorf("look whose penalty was taken back: %w", err)
	}
	args := locale.Args{"name": view.AuthorName(cb.Printer, kept), "case": cs.ID}
	if held, unsure := h.find.Held(ctx, cb.ChatID, cs.Author); held || unsure != nil {
		if missing := h.lacking(ctx, cb.Printer, cb.Group, moderation.RightRestrict); missing != "" {
			args["right"] = missing
			return cb.Become(cb.Printer.Text("hand.pardoned_waits", args), nil), nil
		}
	}
	return cb.Become(cb.Printer.Text("hand.pardoned", args), nil), nil
}
