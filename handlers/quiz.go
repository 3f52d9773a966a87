package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// quizzes asks authors about the rule that they broke.
type quizzes struct {
	*base
	memory numbered
}

// startQuiz opens the quiz by the start parameter of its link.
func (h quizzes) startQuiz(ctx context.Context, a *request.Command, ref int64, id string) ([]bot.Call, error) {
	if err := h.court.Private(ctx, 0, a.Message.From.ID, true); err != nil {
		return nil, err
	}
	chat, err := h.memory.ChatByRef(ctx, ref)
	if errors.Is(err, moderation.ErrNoChat) || err == nil && !chat.Rights.Member {
		return h.say(ctx, a, "refuse."+string(moderation.RefuseNotYours), nil)
	}
	if err != nil {
		return nil, err
	}
	who, err := h.resolve.Member(ctx, chat.ID, a.Message.From)
	if err != nil {
		return nil, err
	}
	if a.Printer, err = h.printer(ctx, chat.ID, who.Language); err != nil {
		return nil, err
	}
	page, err := h.sit(ctx, a.Printer, moderation.Sitting{Update: a.Update, Chat: chat.ID, Case: id, By: who})
	return a.Reply(view.QuizText(a.Printer, page), view.QuizRows(a.Printer, ref, page), err)
}

// sit takes somebody a step through the quiz.
func (h quizzes) sit(ctx context.Context, p locale.Printer, s moderation.Sitting) (moderation.Page, error) {
	s.Examples = func(r moderation.Rule) moderation.Examples { return view.ExamplesOf(p, r) }
	return h.court.Quiz(ctx, s)
}

// quiz is 🎓 below a notice, which opens the quiz, or 🚩 or 👌 below a question.
func (h quizzes) quiz(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	if !t.Message.Chat.Private() {
		return h.unknown(ctx, t)
	}
	chat := t.Group
	s := moderation.Sitting{Update: t.Update, Chat: t.ChatID, Case: t.Subject, By: t.Who}
	view.ParseAnswer(&s, t.Choice)
	page, err := h.sit(ctx, t.Printer, s)
	if err != nil {
		return t.Refuse(err)
	}
	text, rows := view.QuizText(t.Printer, page), view.QuizRows(t.Printer, chat.Ref, page)
	if s.Sheet != 0 {
		return t.Become(text, rows), nil
	}
	question := bot.SendMessage(t.Message.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		question = question.Keyboard(rows)
	}
	return []bot.Call{bot.AnswerCallback(t.ID, "", false), question}, nil
}
