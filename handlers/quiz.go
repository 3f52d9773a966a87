package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// startQuiz is /start by the link to a quiz.
func (h *Handlers) startQuiz(ctx context.Context, a *ask, ref int64, id string) ([]bot.Call, error) {
	if err := h.court.Private(ctx, 0, a.m.From.ID, true); err != nil {
		return nil, err
	}
	chat, err := h.memory.ChatByRef(ctx, ref)
	if errors.Is(err, moderation.ErrNoChat) || err == nil && !chat.Rights.Member {
		return h.say(ctx, a, "refuse."+string(moderation.RefuseNotYours), nil)
	}
	if err != nil {
		return nil, err
	}
	who, err := h.resolve.member(ctx, chat.ID, a.m.From)
	if err != nil {
		return nil, err
	}
	if a.printer, err = h.printer(ctx, chat.ID, who.Language); err != nil {
		return nil, err
	}
	page, err := h.sit(ctx, a.printer, moderation.Sitting{Update: a.update, Chat: chat.ID, Case: id, By: who})
	return a.reply(view.QuizText(a.printer, page), view.QuizRows(a.printer, ref, page), err)
}

// sit takes somebody a step through the quiz.
func (h *Handlers) sit(ctx context.Context, p locale.Printer, s moderation.Sitting) (moderation.Page, error) {
	s.Examples = func(r moderation.Rule) moderation.Examples { return view.ExamplesOf(p, r) }
	return h.court.Quiz(ctx, s)
}

// quiz is 🎓 under a letter, which opens the quiz, or 🚩 or 👌 under a question.
func (h *Handlers) quiz(ctx context.Context, t *tap) ([]bot.Call, error) {
	if !t.m.Chat.Private() {
		return h.unknown(ctx, t)
	}
	chat, err := h.memory.Chat(ctx, t.chat)
	if err != nil {
		return nil, err
	}
	s := moderation.Sitting{Update: t.update, Chat: t.chat, Case: t.subject, By: t.who}
	view.ParseAnswer(&s, t.choice)
	page, err := h.sit(ctx, t.printer, s)
	if err != nil {
		return t.refuse(err)
	}
	text, rows := view.QuizText(t.printer, page), view.QuizRows(t.printer, chat.Ref, page)
	if s.Sheet != 0 {
		return t.become(text, rows), nil
	}
	question := bot.SendMessage(t.m.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		question = question.Keyboard(rows)
	}
	return []bot.Call{bot.AnswerCallback(t.id, "", false), question}, nil
}
