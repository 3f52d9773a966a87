package handlers

import (
	"context"
	"errors"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// tap is a button that somebody pressed. The group, and what the presser is there now, come from
// Telegram; what the button is about comes from their app, and may be anything.
type tap struct {
	update  int64
	id      string // to answer with
	chat    int64  // the group it is about
	m       *bot.Message
	who     moderation.Member
	subject string
	choice  string
	extra   string
	printer locale.Printer
}

// seen reports whether everybody saw the command that the button follows from.
func (t *tap) seen() bool { return t.extra == dataSeen }

func (h *Handlers) press(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	p := u.Press
	data, ok := parsePress(p.Data)
	if !ok || p.Message == nil || p.From.Bot {
		return h.strange(ctx, u)
	}
	t := &tap{update: u.ID, id: p.ID, m: p.Message}
	var run func(*Handlers, context.Context, *tap) ([]bot.Call, error)
	var needs who
	if run, needs, ok = grouped(data.kind); ok && (needs == admins || p.Message.Chat.Group() || p.Message.Chat.Private()) {
		t.subject, t.choice = data.part(1), data.part(2)
		// Of a group that the bot was removed from, Telegram says nothing any more, not even who is its admin.
		if chat, err := h.memory.ChatByRef(ctx, parseRef(data.part(0))); err == nil && chat.Rights.Member {
			t.chat = chat.ID
			if needs == admins && !mayBecome(data, chat.Log, p.Message) {
				run = (*Handlers).unknown
			}
		} else if err != nil && !errors.Is(err, moderation.ErrNoChat) {
			return nil, err
		}
	} else if run, ok = buttons()[data.kind]; ok && p.Message.Chat.Group() {
		needs = persons
		t.chat = p.Message.Chat.ID
		t.subject, t.choice, t.extra = data.part(0), data.part(1), data.part(2)
	}
	switch {
	case data.kind == dataSettings && t.chat == 0 && p.Message.Chat.Private():
		return h.chooseAgain(ctx, u, data.part(0) != "0")
	case data.kind == dataForget && p.Message.Chat.Private():
		return h.forget(ctx, u, data.part(0))
	case run == nil || t.chat == 0:
		return h.strange(ctx, u)
	}
	return h.tapped(ctx, t, &p.From, needs, run)
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
func mayBecome(data press, log int64, m *bot.Message) bool {
	switch {
	case m.EphemeralID != 0 || m.Chat.Private():
		return true
	case data.kind == dataEvidence || data.kind == dataPurge:
		return true // they leave such a message as it is
	case data.kind == dataSettings || data.kind == dataBook || m.Chat.ID != log:
		return false
	}
	return m.Inaccessible() || strings.Contains(m.Text, data.part(1))
}

// tapped finds out who presses, and gives the press to its button if they may.
func (h *Handlers) tapped(ctx context.Context, t *tap, from *bot.User, needs who, run func(*Handlers, context.Context, *tap) ([]bot.Call, error)) ([]bot.Call, error) {
	var err error
	if t.printer, err = h.printer(ctx, t.chat, from.Language); err != nil {
		return nil, err
	}
	t.who, err = h.member(ctx, t.chat, from)
	switch {
	case err != nil:
	case needs == admins && !t.who.Admin:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseNotAdmin))
	case needs != anyone && !t.who.Present:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseOutsider))
	}
	var calls []bot.Call
	if err == nil {
		calls, err = run(h, ctx, t)
	}
	if errors.Is(err, errUnsure) {
		return h.toast(ctx, t, "try_again")
	}
	return calls, err
}

// strange answers a press that no button of ours causes.
func (h *Handlers) strange(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	if _, err := h.court.Note(ctx, u.ID, 0); err != nil {
		return nil, err
	}
	return []bot.Call{bot.AnswerCallback(u.Press.ID, strangeText(&u.Press.From), false)}, nil
}

// strangeText is what somebody reads who pressed what is no button of ours.
func strangeText(who *bot.User) string {
	return locale.In(locale.Match(who.Language, locale.Default)).Text("refuse."+string(moderation.RefuseUnknown), nil)
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
	why, err := refused(t.printer, err)
	if err != nil {
		return nil, err
	}
	return t.toast(why), nil
}

// alone reports whether nobody but the presser sees the message whose button was pressed.
func (t *tap) alone() bool { return t.m.EphemeralID != 0 || t.m.Chat.Private() }

// become ends the press and changes the message whose button it was. One that others see too stays as it is: what
// a button says comes from the presser's app, so that it need not be a button of that message at all.
func (t *tap) become(text string, rows [][]bot.Button) []bot.Call {
	if !t.alone() {
		return []bot.Call{bot.AnswerCallback(t.id, text, true)}
	}
	return []bot.Call{bot.AnswerCallback(t.id, "", false), t.edit(text, rows)}
}

// edit changes the message whose button was pressed: one that only the presser sees, or one in
// private or in the log channel.
func (t *tap) edit(text string, rows [][]bot.Button) bot.Call {
	if t.m.EphemeralID != 0 {
		return bot.EditEphemeralText(t.m.Chat.ID, t.who.ID, t.m.EphemeralID, text).Keyboard(rows)
	}
	return bot.EditMessageText(t.m.Chat.ID, t.m.ID, text).Keyboard(rows)
}
