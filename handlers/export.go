package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// export is /export: a CSV file of the decided cases, which names no person.
func (h statistics) export(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	chat, err := h.court.Note(ctx, a.Update, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	closed, err := h.memory.Closed(ctx, chat.ID, time.Unix(0, 0), midnight(h.now(), view.Zone(chat.Policy)))
	if err != nil {
		return nil, err
	}
	file, rows, err := view.CasesCSV(closed, view.Zone(chat.Policy), func(id moderation.RuleID) string { return view.RuleName(a.Printer, chat.Book.Rule(id)) })
	if err != nil {
		return nil, err
	}
	if rows == 0 {
		return a.Answer(a.Printer.Text("export.empty", nil), nil), nil
	}
	caption := a.Printer.Text("export.done", locale.Args{"count": rows})
	return []bot.Call{a.Addressed(bot.SendDocument(a.Message.Chat.ID, "cases.csv", file, caption))}, nil
}
