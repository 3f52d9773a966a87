package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// export is /export: a CSV file of the decided cases, without a person in it.
func (h *Handlers) export(ctx context.Context, a *ask) ([]bot.Call, error) {
	chat, err := h.court.Note(ctx, a.update, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	closed, err := h.memory.Closed(ctx, chat.ID, time.Unix(0, 0), midnight(h.now(), view.Zone(chat.Policy)))
	if err != nil {
		return nil, err
	}
	file, rows, err := view.CasesCSV(closed, view.Zone(chat.Policy), func(id moderation.RuleID) string { return view.RuleName(a.printer, chat.Book.Rule(id)) })
	if err != nil {
		return nil, err
	}
	if rows == 0 {
		return a.answer(a.printer.Text("export.empty", nil), nil), nil
	}
	caption := a.printer.Text("export.done", locale.Args{"count": rows})
	return []bot.Call{a.addressed(bot.SendDocument(a.m.Chat.ID, "cases.csv", file, caption))}, nil
}
