package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// wipes deletes what somebody was shown of their own reports and votes.
type wipes struct{ *base }

// wipe is 🧹. Whoever presses it, wherever, wipes what they were shown themselves: the button names nobody, so that nothing can be
// forged. The toast is seen by them alone, and what is deleted was.
func (h wipes) wipe(ctx context.Context, u *wire.Update) ([]wire.Call, error) {
	who := &u.Callback.From
	if err := h.court.AskWipe(ctx, u.ID, moderation.Person{ID: who.ID, Language: who.Language}, pressedOn(u.Callback)); err != nil {
		return nil, err
	}
	p := locale.In(locale.Match(who.Language, locale.Default)).On(h.now())
	return []wire.Call{wire.AnswerCallback(u.Callback.ID, p.Text("wipe.done", nil), false)}, nil
}

// pressedOn is the message of a button, if only who pressed sees it; else nothing. So it can be deleted though nobody noted it.
func pressedOn(p *wire.CallbackQuery) moderation.Shown {
	m := p.Message
	switch {
	case request.MessageUnknown(p):
		return moderation.Shown{}
	case m.EphemeralID != 0:
		return moderation.Shown{Chat: m.Chat.ID, Ephemeral: m.EphemeralID}
	case m.Chat.Private() && m.Chat.ID == p.From.ID:
		return moderation.Shown{Chat: m.Chat.ID, Message: m.ID, File: m.Media != ""}
	}
	return moderation.Shown{}
}

// wipeableKinds are the buttons whose answers tell of the presser's own reports and votes.
var wipeableKinds = map[string]bool{
	view.ButtonVote: true, view.ButtonUndo: true, view.ButtonRule: true, view.ButtonPicked: true, view.ButtonJury: true, view.ButtonReceipt: true,
}
