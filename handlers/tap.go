package handlers

import (
	"context"
	"errors"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

func (h *Handlers) press(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	p := u.Press
	data, ok := view.ParseCallbackData(p.Data)
	if !ok || p.From.Bot {
		return h.strange(ctx, u)
	}
	if request.IsLost(p) && h.Lost != nil {
		h.Lost()
	}
	if data.Button == view.ButtonForget || data.Button == view.ButtonSettings && data.Part(0) == "0" {
		return h.pressedAlone(ctx, u, data)
	}
	t := &request.Callback{Update: u.ID, ID: p.ID, Message: p.Message, Lost: request.IsLost(p)}
	needs, run, err := h.findButton(ctx, t, data)
	switch {
	case err != nil:
		return nil, err
	case run != nil && t.ChatID != 0:
		return h.tapped(ctx, t, u, needs, run)
	case data.Button == view.ButtonSettings && (t.Lost || t.Message.Chat.Private()):
		return h.pressedAlone(ctx, u, data)
	case run != nil && t.Lost:
		return h.homeless(ctx, u, "lost.again")
	}
	return h.strange(ctx, u)
}

// pressedAlone is a press on a button that belongs to no group, and is shown in private alone.
func (h *Handlers) pressedAlone(ctx context.Context, u *bot.Update, data view.CallbackData) ([]bot.Call, error) {
	m, private, err := h.privately(ctx, u)
	switch {
	case err != nil:
		return nil, err
	case !private && request.IsLost(u.Press):
		return h.homeless(ctx, u, "lost.start")
	case !private:
		return h.strange(ctx, u)
	case data.Button == view.ButtonForget:
		return h.forget(ctx, u, m, data.Part(0))
	}
	return h.chooseAgain(ctx, u, m, data.Part(0) != "0")
}

// button is what is done when one of a kind is pressed.
type button func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error)

// findButton finds what a press asks for, of which group, and who may. It finds nothing where no button of ours can be.
func (h *Handlers) findButton(ctx context.Context, t *request.Callback, data view.CallbackData) (needs who, run button, err error) {
	if run, needs, ok := grouped(data.Button); ok && (t.Lost || needs == admins || t.Message.Chat.Group() || t.Message.Chat.Private()) {
		t.Subject, t.Choice = data.Part(1), data.Part(2)
		chat, err := h.groupOf(ctx, data.Part(0))
		t.ChatID = chat.ID
		if needs == admins && t.ChatID != 0 && !t.Lost && !mayBecome(data, chat.Log, t.Message) {
			run = (*Handlers).unknown
		}
		return needs, run, err
	}
	run, ok := buttons()[data.Button]
	if !ok || !t.Lost && !t.Message.Chat.Group() {
		return persons, nil, nil
	}
	subject, ref := view.CutGroup(data.Part(0))
	t.Subject, t.Choice, t.Extra = subject, data.Part(1), data.Part(2)
	if !t.Lost {
		t.ChatID = t.Message.Chat.ID // what the button says of its group is not needed
		return persons, run, nil
	}
	chat, err := h.groupOf(ctx, ref)
	t.ChatID = chat.ID
	return persons, run, err
}

// grouped finds the button of a kind that names its group, and who may press it.
func grouped(kind string) (run func(*Handlers, context.Context, *request.Callback) ([]bot.Call, error), needs who, ok bool) {
	if run, ok = ownButtons()[kind]; ok {
		return run, anyone, true
	}
	run, ok = adminButtons()[kind]
	return run, admins, ok
}

// mayBecome reports whether a message may become what a button for admins makes of it: one that only the
// presser sees, or the card of that very case in the log. Else whoever is admin of some group could have
// its settings written over what the bot says in another, and any admin over the log.
func mayBecome(data view.CallbackData, log int64, m *bot.Message) bool {
	switch {
	case m.EphemeralID != 0 || m.Chat.Private():
		return true
	case data.Button == view.ButtonEvidence || data.Button == view.ButtonPurge:
		return true // they leave such a message as it is
	case data.Button == view.ButtonSettings || data.Button == view.ButtonBook || m.Chat.ID != log:
		return false
	}
	return m.Inaccessible() || strings.Contains(m.Text, data.Part(1))
}

// tapped finds out who presses, and gives the press to its button if they may.
func (h *Handlers) tapped(ctx context.Context, t *request.Callback, u *bot.Update, needs who, run button) ([]bot.Call, error) {
	from, err := &u.Press.From, error(nil)
	if t.Printer, err = h.printer(ctx, t.ChatID, from.Language); err != nil {
		return nil, err
	}
	t.Who, err = h.resolve.Member(ctx, t.ChatID, from)
	switch {
	case err != nil:
	case needs == admins && !t.Who.Admin:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseNotAdmin))
	case needs != anyone && !t.Who.Present:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseOutsider))
	}
	found := true
	if err == nil && t.Lost {
		found, err = h.findPlace(ctx, t)
	}
	if !found && err == nil {
		return h.homeless(ctx, u, "lost.start")
	}
	var calls []bot.Call
	if err == nil {
		calls, err = run(h, ctx, t)
	}
	if errors.Is(err, lookup.ErrUnsure) {
		return h.toast(ctx, t, "try_again")
	}
	return calls, err
}

// strange answers a press that no button of ours causes.
func (h *Handlers) strange(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	return []bot.Call{bot.AnswerCallback(u.Press.ID, view.StrangeText(&u.Press.From), false)}, nil
}

// unknown answers a press on a message that has no such button.
func (h *Handlers) unknown(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
}

// toast answers with a short text and marks the update as handled.
func (h *Handlers) toast(ctx context.Context, t *request.Callback, key string) ([]bot.Call, error) {
	if _, err := h.court.Note(ctx, t.Update, t.ChatID); err != nil {
		return nil, err
	}
	return t.Toast(t.Printer.Text(key, nil)), nil
}
