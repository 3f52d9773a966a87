package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// ruleBook shows the rule book, and changes it.
type ruleBook struct{ *base }

// rule is /rule: the rulebook, for those who may change it.
func (h ruleBook) rule(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	chat := cmd.Group
	o := request.ReadOrder(chat.Book, cmd.Args)
	switch o.Wrong {
	case "":
	case "book.wrong", "book.wrong_add", "book.wrong_edit", "book.wrong_remove", "refuse.rule_taken":
		return h.say(ctx, cmd, o.Wrong, nil)
	default:
		return h.sayUnknown(ctx, cmd, chat.Book, o.Typed)
	}
	if o.Kind == "" {
		chat, err := h.court.Note(ctx, cmd.Update, cmd.Message.Chat.ID)
		if err != nil {
			return nil, err
		}
		text, rows := view.BookOrPage(cmd.Printer, chat, o.Rule)
		return cmd.Answer(text, cmd.UnlessMasked(rows)), nil
	}
	amendment := moderation.Amendment{Update: cmd.Update, Chat: cmd.Message.Chat.ID, By: cmd.Who, Change: o.Amendment}
	book, id, err := h.court.Amend(ctx, amendment)
	if err != nil {
		return cmd.Reply("", nil, err)
	}
	chat.Book = book
	done := cmd.Printer.Text("book.done", nil)
	if o.Kind == rulebook.AmendRemoved {
		done = cmd.Printer.Text("book.removed", locale.Args{"rule": view.RuleName(cmd.Printer, book.Rule(id))})
		id = ""
	}
	text, rows := view.BookOrPage(cmd.Printer, chat, id)
	return cmd.Answer(done+"\n\n"+text, cmd.UnlessMasked(rows)), nil
}

// amend is a callback in the rulebook: on a rule, or on a change of it.
func (h ruleBook) amend(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	chat := cb.Group
	a := moderation.Amendment{Update: cb.Update, Chat: cb.ChatID, By: cb.Who, Change: rulebook.Amendment{Rule: rulebook.RuleID(cb.Subject)}}
	place := view.PlaceOf(chat.Book, a.Change.Rule)
	switch cb.Choice {
	case "", view.RuleRemove:
		chat, err := h.court.Note(ctx, cb.Update, cb.ChatID)
		if err != nil {
			return nil, err
		}
		if cb.Choice == view.RuleRemove && place > 0 && a.Change.Rule != rulebook.Other {
			text, rows := view.SurePage(cb.Printer, chat, chat.Book.Rule(a.Change.Rule))
			return cb.Become(text, rows), nil
		}
		text, rows := view.BookOrPage(cb.Printer, chat, a.Change.Rule)
		return cb.Become(text, rows), nil
	case view.RuleUp:
		a.Change.Kind, a.Change.Number = rulebook.AmendPlace, place-1
	case view.RuleDown:
		a.Change.Kind, a.Change.Number = rulebook.AmendPlace, place+1
	case view.RuleGo:
		a.Change.Kind = rulebook.AmendRemoved
	case string(rulebook.SweepOn), string(rulebook.SweepOff):
		a.Change.Kind, a.Change.Text = rulebook.AmendSweep, cb.Choice
	case "1", "2", "3":
		a.Change.Kind, a.Change.Number = rulebook.AmendSeverity, int(cb.Choice[0]-'0')
	default:
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	return h.amended(ctx, cb, chat, a)
}

// amended makes a change and shows what is in force now, also after a change that came too late.
func (h ruleBook) amended(ctx context.Context, cb *request.Callback, chat moderation.Chat, a moderation.Amendment) ([]wire.Call, error) {
	var why string
	book, id, err := h.court.Amend(ctx, a)
	if err != nil {
		if why, err = view.Refusal(cb.Printer, err); err != nil {
			return nil, err
		}
		book, id = chat.Book, a.Change.Rule
	}
	chat.Book = book
	text, rows := view.BookOrPage(cb.Printer, chat, id)
	return []wire.Call{wire.AnswerCallback(cb.ID, why, false), cb.Edit(text, rows)}, nil
}
