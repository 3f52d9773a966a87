package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
)

// rules is /rules: the rulebook, for everybody.
func (h ruleBook) rules(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat, err := h.court.Note(ctx, cmd.Update, request.GroupID(cmd.Message))
	if err != nil {
		return nil, err
	}
	room := view.MaxText
	if cmd.Stands {
		room -= view.Length(cmd.Printer.Text("visible.still", nil)) + 2
	}
	return cmd.Answer(view.RulesText(cmd.Printer, chat.Book, room), nil), nil
}
