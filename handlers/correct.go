package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// correct is 📖 on an upheld case: it lists the rules, and the chosen one becomes the rule of the case.
func (h cases) correct(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	if t.Choice != "" && t.Choice != view.CorrectBack {
		_, err := h.court.Correct(ctx, t.Key(), t.Who, moderation.RuleID(t.Choice))
		return h.redraw(ctx, t, err)
	}
	if _, err := h.court.Note(ctx, t.Update, t.ChatID); err != nil {
		return nil, err
	}
	if t.Choice == view.CorrectBack {
		return h.redraw(ctx, t, nil)
	}
	return h.redrawWith(ctx, t, nil, view.CorrectButtons)
}

// correctTyped is /case with a rule behind the id. Anything that is not like a rule is taken for a remark and ignored.
func (h cases) correctTyped(ctx context.Context, a *request.Command, id, typed string) (calls []bot.Call, done bool, err error) {
	chat := a.Group
	rule, _, found := request.ListedRule(chat.Book, typed)
	switch {
	case !found && len(request.NearRules(a.Printer, chat.Book, typed)) == 0:
		return nil, false, nil
	case !found:
		calls, err = h.sayUnknown(ctx, a, chat.Book, typed)
		return calls, true, err
	}
	cs, err := h.court.Correct(ctx, moderation.Key{Update: a.Update, Chat: a.Message.Chat.ID, Case: id}, a.Who, rule)
	if err != nil {
		calls, err = a.Reply("", nil, err)
		return calls, true, err
	}
	text, err := h.caseText(ctx, a.Printer, chat, cs, true)
	return a.Answer(text, view.CaseButtons(a.Printer, chat, cs, h.now())), true, err
}
