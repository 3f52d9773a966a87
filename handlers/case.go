package handlers

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// showCase is /case: a case by its id, with what can be done about it.
func (h *Handlers) showCase(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	id := request.CaseID(a.Args)
	if id == "" {
		return h.say(ctx, a, "case.how", nil)
	}
	cs, err := h.memory.Case(ctx, a.Message.Chat.ID, id)
	// One that the group cannot see is none for admins either: when it was opened is when somebody reported.
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Hidden() {
		return h.say(ctx, a, "case.none", nil)
	}
	if err != nil {
		return nil, err
	}
	if _, typed := request.CutWord(a.Args); typed != "" {
		if calls, done, err := h.correctTyped(ctx, a, id, typed); done || err != nil {
			return calls, err
		}
	}
	chat, err := h.court.Note(ctx, a.Update, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	text, err := h.caseText(ctx, a.Printer, cs, true)
	if err != nil {
		return nil, err
	}
	return a.Answer(text, view.CaseButtons(a.Printer, chat, cs, h.now())), nil
}

// caseFile loads what is kept of a case.
func (h *Handlers) caseFile(ctx context.Context, chat moderation.Chat, cs moderation.Case) (view.CaseFile, error) {
	f := view.CaseFile{Chat: chat, Case: cs}
	e, kept, err := h.memory.Evidence(ctx, cs.Chat, cs.ID)
	if err != nil {
		return f, err
	}
	if kept {
		f.Evidence = &e
	}
	if cs.Appeal != moderation.BeforeAdmins || cs.Verdict == moderation.Open {
		return f, nil
	}
	a, found, err := h.memory.Appeal(ctx, cs.Chat, cs.ID)
	if found {
		f.Plea = a.Words
	}
	return f, err
}

// caseText loads what is kept of a case and words it for the admins.
func (h *Handlers) caseText(ctx context.Context, p locale.Printer, cs moderation.Case, asked bool) (string, error) {
	chat, err := h.memory.Chat(ctx, cs.Chat)
	if err != nil {
		return "", err
	}
	f, err := h.caseFile(ctx, chat, cs)
	return view.CaseText(p, f, h.now(), asked), err
}

// decideNow is 🚩 or 👌 on an open case, or 🚩 on one that is contested.
func (h *Handlers) decideNow(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	if t.Choice == view.ChoiceStands {
		_, err := h.court.UpholdAppeal(ctx, t.Key(), t.Who)
		return h.redraw(ctx, t, err)
	}
	v := moderation.Verdict(t.Choice)
	if v != moderation.Upheld && v != moderation.Dismissed {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	_, err := h.court.Decide(ctx, t.Key(), t.Who, v)
	return h.redraw(ctx, t, err)
}

// overturn is 👌 on an upheld case.
func (h *Handlers) overturn(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Overturn(ctx, t.Key(), t.Who)
	return h.redraw(ctx, t, err)
}

// harsher is ⚡ on an upheld case.
func (h *Handlers) harsher(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Harsher(ctx, t.Key(), t.Who, t.Choice)
	return h.redraw(ctx, t, err)
}

// confirm is 🚩 on a penalty that waits.
func (h *Handlers) confirm(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Confirm(ctx, t.Key(), t.Who, t.Choice)
	return h.redraw(ctx, t, err)
}

// drop is 👌 on a penalty that waits.
func (h *Handlers) drop(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	_, err := h.court.Drop(ctx, t.Key(), t.Who, t.Choice)
	return h.redraw(ctx, t, err)
}

// redraw shows the case as it stands after a tap: also after one that came too late, so that the next
// admin sees why.
func (h *Handlers) redraw(ctx context.Context, t *request.Callback, err error) ([]bot.Call, error) {
	return h.redrawWith(ctx, t, err, view.CaseButtons)
}

// redrawWith shows it with these buttons.
func (h *Handlers) redrawWith(ctx context.Context, t *request.Callback, err error, buttons func(locale.Printer, moderation.Chat, moderation.Case, time.Time) [][]bot.Button) ([]bot.Call, error) {
	var why string
	if err != nil {
		if why, err = view.Refusal(t.Printer, err); err != nil {
			return nil, err
		}
	}
	cs, err := h.memory.Case(ctx, t.ChatID, t.Subject)
	switch {
	case errors.Is(err, moderation.ErrNoCase), err == nil && cs.Hidden():
		return t.Toast(cmp.Or(why, t.Printer.Text("case.none", nil))), nil
	case err != nil:
		return nil, err
	}
	chat, err := h.memory.Chat(ctx, t.ChatID)
	if err != nil {
		return nil, err
	}
	p := t.Printer
	if !t.Alone() {
		if p, err = h.printer(ctx, t.ChatID, ""); err != nil { // the log channel is everybody's
			return nil, err
		}
	}
	text, err := h.caseText(ctx, p, cs, false)
	if err != nil {
		return nil, err
	}
	switch did, found := t.Did(); {
	case found:
		text = did + "\n\n" + text
	case t.Message.EphemeralID == 0:
		text = p.Text("entry.group", locale.Args{"group": h.find.Title(ctx, t.ChatID)}) + "\n" + text
	}
	return []bot.Call{bot.AnswerCallback(t.ID, why, false), t.EditSealed(text, buttons(p, chat, cs, h.now()))}, nil
}
