package handlers

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// showCase is /case: a case by its id, with what can be done about it.
func (h *Handlers) showCase(ctx context.Context, a *ask) ([]bot.Call, error) {
	id := caseID(a.args)
	if id == "" {
		return h.say(ctx, a, "case.how", nil)
	}
	cs, err := h.memory.Case(ctx, a.m.Chat.ID, id)
	// One that the group cannot see is none for admins either: when it was opened is when somebody reported.
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Hidden() {
		return h.say(ctx, a, "case.none", nil)
	}
	if err != nil {
		return nil, err
	}
	if _, typed := cutWord(a.args); typed != "" {
		if calls, done, err := h.correctTyped(ctx, a, id, typed); done || err != nil {
			return calls, err
		}
	}
	chat, err := h.court.Note(ctx, a.update, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	text, err := h.caseText(ctx, a.printer, cs, true)
	if err != nil {
		return nil, err
	}
	return a.answer(text, view.CaseButtons(a.printer, chat, cs, h.now())), nil
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
func (h *Handlers) decideNow(ctx context.Context, t *tap) ([]bot.Call, error) {
	if t.choice == view.ChoiceStands {
		_, err := h.court.UpholdAppeal(ctx, t.key(), t.who)
		return h.redraw(ctx, t, err)
	}
	v := moderation.Verdict(t.choice)
	if v != moderation.Upheld && v != moderation.Dismissed {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	_, err := h.court.Decide(ctx, t.key(), t.who, v)
	return h.redraw(ctx, t, err)
}

// overturn is 👌 on an upheld case.
func (h *Handlers) overturn(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Overturn(ctx, t.key(), t.who)
	return h.redraw(ctx, t, err)
}

// harsher is ⚡ on an upheld case.
func (h *Handlers) harsher(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Harsher(ctx, t.key(), t.who, t.choice)
	return h.redraw(ctx, t, err)
}

// confirm is 🚩 on a penalty that waits.
func (h *Handlers) confirm(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Confirm(ctx, t.key(), t.who, t.choice)
	return h.redraw(ctx, t, err)
}

// drop is 👌 on a penalty that waits.
func (h *Handlers) drop(ctx context.Context, t *tap) ([]bot.Call, error) {
	_, err := h.court.Drop(ctx, t.key(), t.who, t.choice)
	return h.redraw(ctx, t, err)
}

func (t *tap) key() moderation.Key {
	return moderation.Key{Update: t.update, Chat: t.chat, Case: t.subject}
}

// redraw shows the case as it stands after a tap: also after one that came too late, so that the next
// admin sees why.
func (h *Handlers) redraw(ctx context.Context, t *tap, err error) ([]bot.Call, error) {
	return h.redrawWith(ctx, t, err, view.CaseButtons)
}

// redrawWith shows it with these buttons.
func (h *Handlers) redrawWith(ctx context.Context, t *tap, err error, buttons func(locale.Printer, moderation.Chat, moderation.Case, time.Time) [][]bot.Button) ([]bot.Call, error) {
	var why string
	if err != nil {
		if why, err = view.Refusal(t.printer, err); err != nil {
			return nil, err
		}
	}
	cs, err := h.memory.Case(ctx, t.chat, t.subject)
	switch {
	case errors.Is(err, moderation.ErrNoCase), err == nil && cs.Hidden():
		return t.toast(cmp.Or(why, t.printer.Text("case.none", nil))), nil
	case err != nil:
		return nil, err
	}
	chat, err := h.memory.Chat(ctx, t.chat)
	if err != nil {
		return nil, err
	}
	p := t.printer
	if !t.alone() {
		if p, err = h.printer(ctx, t.chat, ""); err != nil { // the log channel is everybody's
			return nil, err
		}
	}
	text, err := h.caseText(ctx, p, cs, false)
	if err != nil {
		return nil, err
	}
	switch did, found := t.did(); {
	case found:
		text = did + "\n\n" + text
	case t.m.EphemeralID == 0:
		text = p.Text("entry.group", locale.Args{"group": h.find.Title(ctx, t.chat)}) + "\n" + text
	}
	return []bot.Call{bot.AnswerCallback(t.id, why, false), t.editSealed(text, buttons(p, chat, cs, h.now()))}, nil
}

// editSealed changes an entry of the log, but not the checkpoint below it: that says how things stood then.
func (t *tap) editSealed(text string, rows [][]bot.Button) bot.Call {
	seal := view.SealOf(t.m.Text)
	if seal == "" {
		return t.edit(text, rows)
	}
	whole, offset, length := view.Sealed(text, seal)
	return t.edit(whole, rows).Fold(offset, length)
}

// did is what stands above the case on a card that says which admin did something: that stays when the
// case is redrawn, or the log would forget who it was.
func (t *tap) did() (string, bool) {
	head, _, found := strings.Cut(t.m.Text, "\n\n")
	if !found || strings.Contains(head, t.subject) {
		return "", false
	}
	return head, true
}
