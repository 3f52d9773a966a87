package handlers

import (
	"context"
	"errors"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// explanations shows authors the rule that they broke.
type explanations struct {
	*base
	store caseByID
}

// explain is 📖 below a notice. It shows its author the whole sentence of the rule and an example: in private the notice goes on
// with it, in the group it comes ephemerally.
func (h explanations) explain(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	cs, err := h.store.Case(ctx, cb.ChatID, cb.Subject)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return nil, err
	}
	if err != nil || cs.Verdict != moderation.Upheld || !cs.Author.Reachable() || cs.Author.ID != cb.Who.ID {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseNotYours))
	}
	if _, err := h.court.Note(ctx, cb.Update, cb.ChatID); err != nil {
		return nil, err
	}
	text := view.RuleText(cb.Printer, cb.Group, cs)
	answer := wire.AnswerCallback(cb.ID, "", false)
	if h.isNotice(cb) {
		rows := view.AfterRuleButtons(cb.Printer, cb.Group, cs, h.now(), h.find.Me().Username, true)
		return []wire.Call{answer, cb.Edit(cb.Message.Text+"\n\n"+text, rows).Entities(cb.Message.Entities)}, nil
	}
	rule := wire.SendMessage(cb.Message.Chat.ID, text).NoPreview()
	if cb.Message.Chat.Group() {
		rule = rule.Thread(request.TopicAt(cb.Message)).Ephemeral(cb.Who.ID, cb.ID, 0)
	}
	return []wire.Call{answer, rule}, nil
}

// isNotice reports whether the button is below its notice in private, which can be seen to be one: it has that button.
func (h explanations) isNotice(cb *request.Callback) bool {
	return cb.Private() && cb.Message.Text != "" &&
		slices.Contains(cb.Message.Buttons, view.GroupData(view.ButtonExplain, cb.Group.Ref, cb.Subject))
}
