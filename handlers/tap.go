package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// tap is a button that a member pressed in a group. Chat, message and presser come from Telegram, and
// that they are a member now; what the button is about comes from their app, and may be anything.
type tap struct {
	update  int64
	id      string // to answer with
	chat    int64
	m       *bot.Message
	who     moderation.Member
	subject string
	choice  string
	seen    bool // everybody saw the command that the button follows from
	printer locale.Printer
}

func (h *Handlers) press(ctx context.Context, u *bot.Update) ([]bot.Call, error) {
	p := u.Press
	data, ok := parsePress(p.Data)
	run := buttons()[data.kind]
	if !ok || run == nil || p.Message == nil || !p.Message.Chat.Group() || p.From.Bot {
		return h.strange(ctx, u)
	}
	t := &tap{
		update: u.ID, id: p.ID, chat: p.Message.Chat.ID, m: p.Message,
		subject: data.subject, choice: data.choice, seen: data.seen,
	}
	var err error
	if t.printer, err = h.printer(ctx, t.chat, p.From.Language); err != nil {
		return nil, err
	}
	if t.who, err = h.member(ctx, t.chat, &p.From); err == nil && !t.who.Present {
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
	p := locale.In(locale.Match(u.Press.From.Language, locale.Default))
	return []bot.Call{bot.AnswerCallback(u.Press.ID, p.Text("refuse."+string(moderation.RefuseUnknown), nil), false)}, nil
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

// become ends the press and changes the ephemeral message whose button it was.
func (t *tap) become(text string, rows [][]bot.Button) []bot.Call {
	return []bot.Call{
		bot.AnswerCallback(t.id, "", false),
		bot.EditEphemeralText(t.chat, t.who.ID, t.m.EphemeralID, text).Keyboard(rows),
	}
}
