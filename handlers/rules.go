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

// show is 📖 under the greeting: the rules, for who pressed.
func (h ruleBook) show(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if _, err := h.court.Note(ctx, cb.Update, cb.ChatID); err != nil {
		return nil, err
	}
	text := view.RulesText(cb.Printer, cb.Group.Book, view.MaxText)
	return []wire.Call{wire.AnswerCallback(cb.ID, "", false), cb.Show(text)}, nil
}
