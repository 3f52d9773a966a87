package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// correct is 📖 on an upheld case: it lists the rules, and the chosen one becomes the rule of the case.
func (h cases) correct(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if cb.Choice != "" && cb.Choice != view.CorrectBack {
		_, err := h.court.Correct(ctx, cb.Key(), cb.Who, rulebook.RuleID(cb.Choice))
		return h.redraw(ctx, cb, err)
	}
	if _, err := h.court.Note(ctx, cb.Update, cb.ChatID); err != nil {
		return nil, err
	}
	if cb.Choice == view.CorrectBack {
		return h.redraw(ctx, cb, nil)
	}
	return h.redrawWith(ctx, cb, nil, view.CorrectButtons)
}

// correctTyped is /case with a rule behind the id. Anything that is not like a rule is taken for a remark and ignored.
func (h cases) correctTyped(ctx context.Context, cmd *request.Command, id, typed string) (calls []wire.Call, done bool, err error) {
	chat := cmd.Group
	rule, _, found := request.ListedRule(chat.Book, typed)
	switch {
	case !found && len(request.NearRules(cmd.Printer, chat.Book, typed)) == 0:
		return nil, false, nil
	case !found:
		calls, err = h.sayUnknown(ctx, cmd, chat.Book, typed)
		return calls, true, err
	}
	cs, err := h.court.Correct(ctx, moderation.Key{Update: cmd.Update, Chat: cmd.Message.Chat.ID, Case: id}, cmd.Who, rule)
	if err != nil {
		calls, err = cmd.Reply("", nil, err)
		return calls, true, err
	}
	text, err := h.caseText(ctx, cmd.Printer, chat, cs, true)
	return cmd.Answer(text, view.CaseButtons(cmd.Printer, chat, cs, h.now())), true, err
}
