package handlers

import (
	"context"
	"errors"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// tap is a button that somebody pressed. The group, and what the presser is there now, come from
// Telegram; what the button is about comes from their app, and may be anything.
type tap struct {
	update  int64
	id      string       // to answer with
	chat    int64        // the group it is about
	m       *bot.Message // of a lost press only where it can be answered
	lost    bool         // Telegram did not say on which message it was
	who     moderation.Member
	subject string
	choice  string
	extra   string
	printer locale.Printer
}

// seen reports whether everybody saw the command that the button follows from.
func (t *tap) seen() bool { return t.extra == view.ChoiceSeen }

func (h *Handlers) press(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	p := u.Press
	data, ok := view.ParseCallbackData(p.Data)
	if !ok || p.From.Bot {
		return h.strange(ctx, u)
	}
	if lost(p) && h.Lost != nil {
		h.Lost()
	}
	if data.Button == view.ButtonForget || data.Button == view.ButtonSettings && data.Part(0) == "0" {
		return h.pressedAlone(ctx, u, data)
	}
	t := &tap{update: u.ID, id: p.ID, m: p.Message, lost: lost(p)}
	needs, run, err := h.findButton(ctx, t, data)
	switch {
	case err != nil:
		return nil, err
	case run != nil && t.chat != 0:
		return h.tapped(ctx, t, u, needs, run)
	case data.Button == view.ButtonSettings && (t.lost || t.m.Chat.Private()):
		return h.pressedAlone(ctx, u, data)
	case run != nil && t.lost:
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
	case !private && lost(u.Press):
		return h.homeless(ctx, u, "lost.start")
	case !private:
		return h.strange(ctx, u)
	case data.Button == view.ButtonForget:
		return h.forget(ctx, u, m, data.Part(0))
	}
	return h.chooseAgain(ctx, u, m, data.Part(0) != "0")
}

// button is what is done when one of a kind is pressed.
type button func(*Handlers, context.Context, *tap) ([]bot.Call, error)

// findButton finds what a press asks for, of which group, and who may. It finds nothing where no button of ours can be.
func (h *Handlers) findButton(ctx context.Context, t *tap, data view.CallbackData) (needs who, run button, err error) {
	if run, needs, ok := grouped(data.Button); ok && (t.lost || needs == admins || t.m.Chat.Group() || t.m.Chat.Private()) {
		t.subject, t.choice = data.Part(1), data.Part(2)
		chat, err := h.groupOf(ctx, data.Part(0))
		t.chat = chat.ID
		if needs == admins && t.chat != 0 && !t.lost && !mayBecome(data, chat.Log, t.m) {
			run = (*Handlers).unknown
		}
		return needs, run, err
	}
	run, ok := buttons()[data.Button]
	if !ok || !t.lost && !t.m.Chat.Group() {
		return persons, nil, nil
	}
	subject, ref := view.CutGroup(data.Part(0))
	t.subject, t.choice, t.extra = subject, data.Part(1), data.Part(2)
	if !t.lost {
		t.chat = t.m.Chat.ID // what the button says of its group is not needed
		return persons, run, nil
	}
	chat, err := h.groupOf(ctx, ref)
	t.chat = chat.ID
	return persons, run, err
}

// grouped finds the button of a kind that names its group, and who may press it.
func grouped(kind string) (run func(*Handlers, context.Context, *tap) ([]bot.Call, error), needs who, ok bool) {
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
func (h *Handlers) tapped(ctx context.Context, t *tap, u *bot.Update, needs who, run button) ([]bot.Call, error) {
	from, err := &u.Press.From, error(nil)
	if t.printer, err = h.printer(ctx, t.chat, from.Language); err != nil {
		return nil, err
	}
	t.who, err = h.resolve.member(ctx, t.chat, from)
	switch {
	case err != nil:
	case needs == admins && !t.who.Admin:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseNotAdmin))
	case needs != anyone && !t.who.Present:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseOutsider))
	}
	found := true
	if err == nil && t.lost {
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
func (h *Handlers) unknown(ctx context.Context, t *tap) ([]bot.Call, error) {
	return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
}

// toast answers with a short text and marks the update as handled.
func (h *Handlers) toast(ctx context.Context, t *tap, key string) ([]bot.Call, error) {
	if _, err := h.court.Note(ctx, t.update, t.chat); err != nil {
		return nil, err
	}
	return t.toast(t.printer.Text(key, nil)), nil
}

// toast is a short text that only the presser sees.
func (t *tap) toast(text string) []bot.Call { return []bot.Call{bot.AnswerCallback(t.id, text, false)} }

// refuse answers with why not.
func (t *tap) refuse(err error) ([]bot.Call, error) {
	why, err := view.Refusal(t.printer, err)
	if err != nil {
		return nil, err
	}
	return t.toast(why), nil
}

// alone reports whether nobody but the presser sees the message whose button was pressed.
func (t *tap) alone() bool { return t.lost || t.m.EphemeralID != 0 || t.m.Chat.Private() }

// become ends the press and changes the message whose button it was. One that others see too stays as it is: what
// a button says comes from the presser's app, so that it need not be a button of that message at all.
func (t *tap) become(text string, rows [][]bot.Button) []bot.Call {
	if !t.alone() || t.lost && len(rows) == 0 && view.Length(text) <= view.LongestToast {
		return []bot.Call{bot.AnswerCallback(t.id, text, true)}
	}
	return []bot.Call{bot.AnswerCallback(t.id, "", false), t.edit(text, rows)}
}

// edit changes the message whose button was pressed: one that only the presser sees, or one in
// private or in the log channel.
func (t *tap) edit(text string, rows [][]bot.Button) bot.Call {
	switch {
	case t.lost:
		return t.anew(text, rows)
	case t.m.EphemeralID != 0:
		return bot.EditEphemeralText(t.m.Chat.ID, t.who.ID, t.m.EphemeralID, text).Keyboard(rows)
	}
	return bot.EditMessageText(t.m.Chat.ID, t.m.ID, text).Keyboard(rows)
}
