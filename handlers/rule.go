package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// ruleBook shows the rule book, and changes it.
type ruleBook struct{ *base }

// rule is /rule: the rulebook, for those who may change it.
func (h ruleBook) rule(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	chat := a.Group
	o := request.ReadOrder(chat.Book, a.Args)
	switch o.Wrong {
	case "":
	case "book.wrong", "book.wrong_add", "book.wrong_edit", "book.wrong_remove", "refuse.rule_taken":
		return h.say(ctx, a, o.Wrong, nil)
	default:
		return h.sayUnknown(ctx, a, chat.Book, o.Typed)
	}
	if o.Kind == "" {
		chat, err := h.court.Note(ctx, a.Update, a.Message.Chat.ID)
		if err != nil {
			return nil, err
		}
		text, rows := view.BookOrPage(a.Printer, chat, o.Rule)
		return a.Answer(text, a.UnlessMasked(rows)), nil
	}
	amendment := moderation.Amendment{Update: a.Update, Chat: a.Message.Chat.ID, By: a.Who, Change: o.Amendment}
	book, id, err := h.court.Amend(ctx, amendment)
	if err != nil {
		return a.Reply("", nil, err)
	}
	chat.Book = book
	done := a.Printer.Text("book.done", nil)
	if o.Kind == moderation.AmendRemoved {
		done = a.Printer.Text("book.removed", locale.Args{"rule": view.RuleName(a.Printer, book.Rule(id))})
		id = ""
	}
	text, rows := view.BookOrPage(a.Printer, chat, id)
	return a.Answer(done+"\n\n"+text, a.UnlessMasked(rows)), nil
}

// amend is a callback in the rulebook: on a rule, or on a change of it.
func (h ruleBook) amend(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	chat := t.Group
	a := moderation.Amendment{Update: t.Update, Chat: t.ChatID, By: t.Who, Change: rulebook.Amendment{Rule: moderation.RuleID(t.Subject)}}
	place := view.PlaceOf(chat.Book, a.Change.Rule)
	switch t.Choice {
	case "", view.RuleRemove:
		chat, err := h.court.Note(ctx, t.Update, t.ChatID)
		if err != nil {
			return nil, err
		}
		if t.Choice == view.RuleRemove && place > 0 && a.Change.Rule != moderation.Other {
			text, rows := view.SurePage(t.Printer, chat, chat.Book.Rule(a.Change.Rule))
			return t.Become(text, rows), nil
		}
		text, rows := view.BookOrPage(t.Printer, chat, a.Change.Rule)
		return t.Become(text, rows), nil
	case view.RuleUp:
		a.Change.Kind, a.Change.Number = moderation.AmendPlace, place-1
	case view.RuleDown:
		a.Change.Kind, a.Change.Number = moderation.AmendPlace, place+1
	case view.RuleGo:
		a.Change.Kind = moderation.AmendRemoved
	case "1", "2", "3":
		a.Change.Kind, a.Change.Number = moderation.AmendSeverity, int(t.Choice[0]-'0')
	default:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	return h.amended(ctx, t, chat, a)
}

// amended makes a change and shows what is in force now, also after a change that came too late.
func (h ruleBook) amended(ctx context.Context, t *request.Callback, chat moderation.Chat, a moderation.Amendment) ([]bot.Call, error) {
	var why string
	book, id, err := h.court.Amend(ctx, a)
	if err != nil {
		if why, err = view.Refusal(t.Printer, err); err != nil {
			return nil, err
		}
		book, id = chat.Book, a.Change.Rule
	}
	chat.Book = book
	text, rows := view.BookOrPage(t.Printer, chat, id)
	return []bot.Call{bot.AnswerCallback(t.ID, why, false), t.Edit(text, rows)}, nil
}
