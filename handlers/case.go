package handlers

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/casefile"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// cases shows cases to admins, and takes what they decide.
type cases struct {
	*base
	store caseFiles
}

// showCase is /case: it shows a case and what can be done about it.
func (h cases) showCase(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	id := request.CaseID(cmd.Args)
	if id == "" {
		return h.say(ctx, cmd, "case.how", nil)
	}
	cs, err := h.store.Case(ctx, cmd.Message.Chat.ID, id)
	// One that the group cannot see is none for admins either: when it was opened is when somebody reported.
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Hidden() {
		return h.say(ctx, cmd, "case.none", nil)
	}
	if err != nil {
		return nil, err
	}
	if _, typed := request.CutWord(cmd.Args); typed != "" {
		if calls, done, err := h.correctTyped(ctx, cmd, id, typed); done || err != nil {
			return calls, err
		}
	}
	chat, err := h.court.Note(ctx, cmd.Update, cmd.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	text, err := h.caseText(ctx, cmd.Printer, chat, cs, true)
	if err != nil {
		return nil, err
	}
	return cmd.Answer(text, view.CaseButtons(cmd.Printer, chat, cs, h.now())), nil
}

// caseText finds what is kept of a case and words it for the admins.
func (h cases) caseText(ctx context.Context, p locale.Printer, chat moderation.Chat, cs moderation.Case, asked bool) (string, error) {
	f, err := casefile.Load(ctx, h.store, chat, cs)
	return view.CaseText(p, f, h.now(), asked), err
}

// redraw shows the case as it is after a callback, also after one that came too late, so that the next admin sees why.
func (h cases) redraw(ctx context.Context, cb *request.Callback, err error) ([]wire.Call, error) {
	return h.redrawWith(ctx, cb, err, view.CaseButtons)
}

// redrawWith does so with other buttons.
func (h cases) redrawWith(ctx context.Context, cb *request.Callback, err error, buttons func(locale.Printer, moderation.Chat, moderation.Case, time.Time) [][]wire.Button) ([]wire.Call, error) {
	var why string
	if err != nil {
		if why, err = view.Refusal(cb.Printer, err); err != nil {
			return nil, err
		}
	}
	cs, err := h.store.Case(ctx, cb.ChatID, cb.Subject)
	switch {
	case errors.Is(err, moderation.ErrNoCase), err == nil && cs.Hidden():
		return cb.Toast(cmp.Or(why, cb.Printer.Text("case.none", nil))), nil
	case err != nil:
		return nil, err
	}
	chat := cb.Group
	p := cb.Printer
	if !cb.Alone() {
		p = view.PrinterFor(chat, "", h.now()) // the log channel is everybody's
		// What stands there is changed only as long as the log belongs to the admins. What was pressed counts all the same.
		if found, err := h.find.LogChat(ctx, cb.ChatID, cb.Message.Chat.ID); err != nil || found.Open || !found.Trusted() {
			return cb.Toast(cmp.Or(why, cb.Printer.Text("book.done", nil))), nil //nolint:nilerr // it counts, and the entry stays as it is
		}
	}
	text, err := h.caseText(ctx, p, chat, cs, false)
	if err != nil {
		return nil, err
	}
	switch did, found := cb.Did(); {
	case found:
		text = did + "\n" + text
	case cb.Message.EphemeralID == 0:
		text = p.Text("entry.group", locale.Args{"group": h.find.Title(ctx, cb.ChatID)}) + "\n" + text
	}
	return []wire.Call{wire.AnswerCallback(cb.ID, why, false), cb.EditSealed(text, buttons(p, chat, cs, h.now()))}, nil
}
