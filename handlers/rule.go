package handlers

import (
	"context"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// rule is /rule: the rule book for those who may change it.
func (h *Handlers) rule(ctx context.Context, a *ask) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	o := readOrder(chat.Book, a.args)
	switch o.wrong {
	case "":
	case "book.wrong", "book.wrong_add", "book.wrong_edit", "book.wrong_remove", "refuse.rule_taken":
		return h.say(ctx, a, o.wrong, nil)
	default:
		return h.sayUnknown(ctx, a, chat.Book, o.typed)
	}
	if o.Kind == "" {
		if chat, err = h.court.Note(ctx, a.update, a.m.Chat.ID); err != nil {
			return nil, err
		}
		text, rows := view.BookOrPage(a.printer, chat, o.Rule)
		return a.answer(text, a.unlessMasked(rows)), nil
	}
	o.Update, o.Chat, o.By = a.update, a.m.Chat.ID, a.who
	book, id, err := h.court.Amend(ctx, o.Amendment)
	if err != nil {
		return a.reply("", nil, err)
	}
	chat.Book = book
	done := a.printer.Text("book.done", nil)
	if o.Kind == moderation.AmendRemoved {
		done = a.printer.Text("book.removed", locale.Args{"rule": view.RuleName(a.printer, book.Rule(id))})
		id = ""
	}
	text, rows := view.BookOrPage(a.printer, chat, id)
	return a.answer(done+"\n\n"+text, a.unlessMasked(rows)), nil
}

// unlessMasked are buttons for an answer that only who asked sees. All see what one in the group's name is
// answered, and nobody could press them there.
func (a *ask) unlessMasked(rows [][]bot.Button) [][]bot.Button {
	if a.masked() {
		return nil
	}
	return rows
}

// sayUnknown answers who named a rule that is not in the book.
func (h *Handlers) sayUnknown(ctx context.Context, a *ask, book moderation.Book, typed string) ([]bot.Call, error) {
	for _, r := range book {
		named := func(name string) bool { return moderation.Leads(name, typed) > 0 }
		if r.Removed && slices.ContainsFunc(called(r), named) {
			return h.say(ctx, a, "book.was_removed", locale.Args{"rule": view.RuleName(a.printer, r)})
		}
	}
	near := nearRules(a.printer, book, strings.TrimLeft(typed, openers))
	if len(near) == 0 {
		return h.say(ctx, a, "refuse."+string(moderation.RefuseNoRule), nil)
	}
	for i, name := range near {
		near[i] = a.printer.Text("book.quoted", locale.Args{"rule": name})
	}
	return h.say(ctx, a, "book.near", locale.Args{"near": view.List(a.printer, near)})
}

// amend is a tap in the rule book: on a rule, or on what is to become of it.
func (h *Handlers) amend(ctx context.Context, t *tap) ([]bot.Call, error) {
	chat, err := h.memory.Chat(ctx, t.chat)
	if err != nil {
		return nil, err
	}
	a := moderation.Amendment{Update: t.update, Chat: t.chat, By: t.who, Rule: moderation.RuleID(t.subject)}
	place := view.PlaceOf(chat.Book, a.Rule)
	switch t.choice {
	case "", view.RuleRemove:
		if chat, err = h.court.Note(ctx, t.update, t.chat); err != nil {
			return nil, err
		}
		if t.choice == view.RuleRemove && place > 0 && a.Rule != moderation.Other {
			text, rows := view.SurePage(t.printer, chat, chat.Book.Rule(a.Rule))
			return t.become(text, rows), nil
		}
		text, rows := view.BookOrPage(t.printer, chat, a.Rule)
		return t.become(text, rows), nil
	case view.RuleUp:
		a.Kind, a.Number = moderation.AmendPlace, place-1
	case view.RuleDown:
		a.Kind, a.Number = moderation.AmendPlace, place+1
	case view.RuleGo:
		a.Kind = moderation.AmendRemoved
	case "1", "2", "3":
		a.Kind, a.Number = moderation.AmendSeverity, int(t.choice[0]-'0')
	default:
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	return h.amended(ctx, t, chat, a)
}

// amended makes a change, and shows what holds now: also after one that came too late.
func (h *Handlers) amended(ctx context.Context, t *tap, chat moderation.Chat, a moderation.Amendment) ([]bot.Call, error) {
	var why string
	book, id, err := h.court.Amend(ctx, a)
	if err != nil {
		if why, err = view.Refusal(t.printer, err); err != nil {
			return nil, err
		}
		book, id = chat.Book, a.Rule
	}
	chat.Book = book
	text, rows := view.BookOrPage(t.printer, chat, id)
	return []bot.Call{bot.AnswerCallback(t.id, why, false), t.edit(text, rows)}, nil
}
