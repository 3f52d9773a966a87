package handlers

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Contest is what the notice of a case says of appeals, with its buttons.
func (h *Handlers) Contest(p locale.Printer, chat moderation.Chat, cs moderation.Case) (string, [][]wire.Button) {
	return view.ContestText(p, cs, h.now()), view.NoticeButtons(p, chat, cs, h.now(), h.tg.Me().Username, false)
}

// Why asks the author of a case for their sentence.
func Why(p locale.Printer, cs moderation.Case) string {
	return view.WhyCall(p, 1, 7, cs).Params["text"].(string)
}

// JuryCards is what a juror reads.
func JuryCards(p locale.Printer, cs moderation.Case, a moderation.Appeal, seen moderation.Evidence, until time.Time) []string {
	return view.JuryTexts(p, rulebook.DefaultBook().Rule(cs.Rule), cs, a, seen, until)
}

// JuryRows are the buttons under it.
func JuryRows(p locale.Printer, cs moderation.Case) [][]wire.Button {
	return view.JuryButtons(p, 7, cs)
}
