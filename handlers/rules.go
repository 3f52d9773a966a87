package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// rules is /rules: the rule book, for all.
func (h *Handlers) rules(ctx context.Context, a *ask) ([]bot.Call, error) {
	chat, err := h.court.Note(ctx, a.update, group(a.m))
	if err != nil {
		return nil, err
	}
	room := view.MaxText
	if a.stands {
		room -= view.Length(a.printer.Text("visible.still", nil)) + 2
	}
	return a.answer(view.RulesText(a.printer, chat.Book, room), nil), nil
}
