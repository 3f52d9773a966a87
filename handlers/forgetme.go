package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// erasures deletes what is kept of somebody.
type erasures struct{ *base }

// forgetMe is /forgetme in private: it asks first.
func (h erasures) forgetMe(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	if err := h.court.Private(ctx, cmd.Update, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	rows := [][]wire.Button{{{Text: cmd.Printer.Text("button.forget", nil), Data: view.ButtonForget + ":" + forgetNow}}}
	return cmd.Answer(cmd.Printer.Text("forget.ask", nil), rows), nil
}

// forgetNow is the choice that confirms /forgetme.
const forgetNow = "now"

// forget has deleted what is kept of who pressed. They are told what was deleted, and what is retained, until when and why,
// when that is done.
func (h erasures) forget(ctx context.Context, u *wire.Update, m *wire.Message, choice string) ([]wire.Call, error) {
	who := u.Callback.From
	if choice != forgetNow || m.Chat.ID != who.ID {
		return h.strange(ctx, u)
	}
	cb := &request.Callback{
		ID: u.Callback.ID, Message: m, MessageUnknown: request.MessageUnknown(u.Callback),
		Printer: locale.In(locale.Match(who.Language, locale.Default)).On(h.now()),
	}
	if err := h.court.AskErase(ctx, u.ID, privateAsker(&who), who.Username); err != nil {
		return cb.Refuse(err)
	}
	return []wire.Call{wire.AnswerCallback(cb.ID, "", false), cb.Edit(cb.Printer.Text("forget.later", nil), nil)}, nil
}
