package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// rules is /rules: the rulebook, for everybody.
func (h ruleBook) rules(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	chat, err := h.court.Note(ctx, a.Update, request.GroupID(a.Message))
	if err != nil {
		return nil, err
	}
	room := view.MaxText
	if a.Stands {
		room -= view.Length(a.Printer.Text("visible.still", nil)) + 2
	}
	return a.Answer(view.RulesText(a.Printer, chat.Book, room), nil), nil
}
