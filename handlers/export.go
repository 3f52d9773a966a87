package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// export is /export: a CSV file of the decided cases, which names no person.
func (h statistics) export(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat, err := h.court.Note(ctx, cmd.Update, cmd.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	closed, err := h.store.Closed(ctx, chat.ID, time.Unix(0, 0), midnight(h.now(), view.Zone(chat.Policy)))
	if err != nil {
		return nil, err
	}
	file, rows, err := view.CasesCSV(closed, view.Zone(chat.Policy), func(id rulebook.RuleID) string { return view.RuleName(cmd.Printer, chat.Book.Rule(id)) })
	if err != nil {
		return nil, err
	}
	if rows == 0 {
		return cmd.Answer(cmd.Printer.Text("export.empty", nil), nil), nil
	}
	caption := cmd.Printer.Text("export.done", locale.Args{"count": rows})
	return []wire.Call{cmd.Addressed(wire.SendDocument(cmd.Message.Chat.ID, "cases.csv", file, caption))}, nil
}
