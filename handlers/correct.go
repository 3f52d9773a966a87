package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// correctBack is the way back from the list of rules to the case.
const correctBack = "-"

// correct is 📖 on an upheld case: the card lists the rules, and the one that is chosen is what the case
// comes under.
func (h *Handlers) correct(ctx context.Context, t *tap) ([]bot.Call, error) {
	if t.choice != "" && t.choice != correctBack {
		_, err := h.court.Correct(ctx, t.key(), t.who, moderation.RuleID(t.choice))
		return h.redraw(ctx, t, err)
	}
	if _, err := h.court.Note(ctx, t.update, t.chat); err != nil {
		return nil, err
	}
	if t.choice == correctBack {
		return h.redraw(ctx, t, nil)
	}
	return h.redrawWith(ctx, t, nil, correctButtons)
}

// correctButtons are the rules that an upheld case can come under, and the way back.
func correctButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) [][]bot.Button {
	if cs.Verdict != moderation.Upheld || cs.Reversed != "" {
		return caseButtons(p, chat, cs, now)
	}
	choose := func(choice string) string { return adminData(dataCorrect, chat.Ref, cs.ID, choice) }
	rows := ruleRows(p, chat.Book, func(r moderation.Rule) string { return choose(string(r.ID)) })
	for _, row := range rows {
		for i := range row {
			if row[i].Data == choose(string(cs.Rule)) {
				row[i].Text = "✅ " + row[i].Text
			}
		}
	}
	return append(rows, []bot.Button{{Text: p.Text("button.back", nil), Data: choose(correctBack)}})
}

// correctTyped is /case with a rule behind the id. What is no rule, and like none, is a remark: nothing is done.
func (h *Handlers) correctTyped(ctx context.Context, a *ask, id, typed string) (calls []bot.Call, done bool, err error) {
	chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
	if err != nil {
		return nil, false, err
	}
	rule, _, found := listedRule(chat.Book, typed)
	switch {
	case !found && len(nearRules(a.printer, chat.Book, typed)) == 0:
		return nil, false, nil
	case !found:
		calls, err = h.sayUnknown(ctx, a, chat.Book, typed)
		return calls, true, err
	}
	cs, err := h.court.Correct(ctx, moderation.Key{Update: a.update, Chat: a.m.Chat.ID, Case: id}, a.who, rule)
	if err != nil {
		calls, err = a.reply("", nil, err)
		return calls, true, err
	}
	text, err := h.caseText(ctx, a.printer, cs, true)
	return a.answer(text, caseButtons(a.printer, chat, cs, h.now())), true, err
}
