package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// correct is 📖 on an upheld case: the card lists the rules, and the one that is chosen is what the case
// comes under.
func (h *Handlers) correct(ctx context.Context, t *tap) ([]bot.Call, error) {
	if t.choice != "" && t.choice != view.CorrectBack {
		_, err := h.court.Correct(ctx, t.key(), t.who, moderation.RuleID(t.choice))
		return h.redraw(ctx, t, err)
	}
	if _, err := h.court.Note(ctx, t.update, t.chat); err != nil {
		return nil, err
	}
	if t.choice == view.CorrectBack {
		return h.redraw(ctx, t, nil)
	}
	return h.redrawWith(ctx, t, nil, view.CorrectButtons)
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
	return a.answer(text, view.CaseButtons(a.printer, chat, cs, h.now())), true, err
}
