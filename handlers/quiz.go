package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// quizzes asks authors about the rule that they broke.
type quizzes struct {
	*base
	store groupsByRef
}

// startQuiz opens the quiz by the start parameter of its link.
func (h quizzes) startQuiz(ctx context.Context, cmd *request.Command, ref int64, id string) ([]wire.Call, error) {
	if err := h.court.Private(ctx, 0, cmd.Message.From.ID, true); err != nil {
		return nil, err
	}
	chat, err := h.store.ChatByRef(ctx, ref)
	if errors.Is(err, moderation.ErrNoChat) || err == nil && !chat.Rights.Member {
		return h.say(ctx, cmd, "refuse."+string(moderation.RefuseNotYours), nil)
	}
	if err != nil {
		return nil, err
	}
	who, err := h.resolve.Member(ctx, chat.ID, cmd.Message.From)
	if err != nil {
		return nil, err
	}
	if cmd.Printer, err = h.printer(ctx, chat.ID, who.Language); err != nil {
		return nil, err
	}
	page, err := h.sit(ctx, cmd.Printer, moderation.Sitting{Update: cmd.Update, Chat: chat.ID, Case: id, By: who})
	return cmd.Reply(view.QuizText(cmd.Printer, page), view.QuizRows(cmd.Printer, ref, page), err)
}

// sit takes somebody a step through the quiz.
func (h quizzes) sit(ctx context.Context, p locale.Printer, s moderation.Sitting) (moderation.Page, error) {
	s.Examples = func(r rulebook.Rule) moderation.Examples { return view.ExamplesOf(p, r) }
	return h.court.Quiz(ctx, s)
}

// quiz is 🎓 below a notice, which opens the quiz, or 🚩 or 👌 below a question.
func (h quizzes) quiz(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if !cb.Message.Chat.Private() {
		return h.unknown(ctx, cb)
	}
	chat := cb.Group
	s := moderation.Sitting{Update: cb.Update, Chat: cb.ChatID, Case: cb.Subject, By: cb.Who}
	view.ParseAnswer(&s, cb.Choice)
	page, err := h.sit(ctx, cb.Printer, s)
	if err != nil {
		return cb.Refuse(err)
	}
	text, rows := view.QuizText(cb.Printer, page), view.QuizRows(cb.Printer, chat.Ref, page)
	if s.Sheet != 0 {
		return cb.Become(text, rows), nil
	}
	question := wire.SendMessage(cb.Message.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		question = question.Keyboard(rows)
	}
	return []wire.Call{wire.AnswerCallback(cb.ID, "", false), question}, nil
}
