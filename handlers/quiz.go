package handlers

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// quizPrefix begins the start parameter by which somebody comes from their notice in the group to the quiz.
// It grants nothing; only the author of that very case is asked.
const quizPrefix = "quiz_"

func quizLink(username string, ref int64, id string) string {
	return "https://t.me/" + username + "?start=" + quizPrefix + strconv.FormatInt(ref, 36) + "_" + id
}

func parseQuiz(payload string) (ref int64, id string, ok bool) {
	rest, found := strings.CutPrefix(payload, quizPrefix)
	number, id, cut := strings.Cut(rest, "_")
	ref = parseRef(number)
	return ref, id, found && cut && ref > 0 && id != ""
}

// quizButton leads to the quiz: by a link out of the group, for it is nobody else's business.
func quizButton(p locale.Printer, username string, ref int64, id string, private bool) bot.Button {
	b := bot.Button{Text: p.Text("button.quiz", nil)}
	if private {
		b.Data = adminData(dataQuiz, ref, id)
	} else {
		b.URL = quizLink(username, ref, id)
	}
	return b
}

// answerData is the answer to a question: the sheet, the number of the question, and what was said.
func answerData(ref int64, page moderation.Page, answer moderation.Side) string {
	said := strings.Join([]string{strconv.FormatInt(page.Sheet, 36), strconv.Itoa(page.Number), string(answer)}, ".")
	return adminData(dataQuiz, ref, page.Case, said)
}

// parseAnswer fills in what somebody answered; what is no answer opens the quiz.
func parseAnswer(s *moderation.Sitting, said string) {
	parts := strings.Split(said, ".")
	if len(parts) != 3 {
		return
	}
	number, err := strconv.Atoi(parts[1])
	if sheet := parseRef(parts[0]); err == nil && sheet > 0 {
		s.Sheet, s.Number, s.Answer = sheet, number, moderation.Side(parts[2])
	}
}

// learnable reports whether a quiz can shorten what the case brought.
func learnable(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) bool {
	return chat.Policy.Quiz && cs.Learnable(now) && examplesOf(p, chat.Book.Rule(cs.Rule)).Enough()
}

// learnText says that a quiz could shorten the mute, if it could.
func learnText(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) string {
	if !learnable(p, chat, cs, now) {
		return ""
	}
	return "\n" + p.Text("notice.quiz", nil)
}

func examplesOf(p locale.Printer, r moderation.Rule) moderation.Examples {
	breaks, fine := ruleExamples(p, r)
	return moderation.Examples{Breaks: breaks, Fine: fine}
}

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
	who, err := h.member(ctx, chat.ID, a.m.From)
	if err != nil {
		return nil, err
	}
	if a.printer, err = h.printer(ctx, chat.ID, who.Language); err != nil {
		return nil, err
	}
	page, err := h.sit(ctx, a.printer, moderation.Sitting{Update: a.update, Chat: chat.ID, Case: id, By: who})
	return a.reply(quizText(a.printer, page), quizRows(a.printer, ref, page), err)
}

// sit takes somebody a step through the quiz.
func (h *Handlers) sit(ctx context.Context, p locale.Printer, s moderation.Sitting) (moderation.Page, error) {
	s.Examples = func(r moderation.Rule) moderation.Examples { return examplesOf(p, r) }
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
	parseAnswer(&s, t.choice)
	page, err := h.sit(ctx, t.printer, s)
	if err != nil {
		return t.refuse(err)
	}
	text, rows := quizText(t.printer, page), quizRows(t.printer, chat.Ref, page)
	if s.Sheet != 0 {
		return t.become(text, rows), nil
	}
	question := bot.SendMessage(t.m.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		question = question.Keyboard(rows)
	}
	return []bot.Call{bot.AnswerCallback(t.id, "", false), question}, nil
}

func quizRows(p locale.Printer, ref int64, page moderation.Page) [][]bot.Button {
	if page.Number >= moderation.Questions {
		return nil
	}
	return [][]bot.Button{{
		coloured(bot.Button{Text: p.Text("button.breaks", nil), Data: answerData(ref, page, moderation.Breaks)}),
		{Text: p.Text("button.fine", nil), Data: answerData(ref, page, moderation.Fine)},
	}}
}

// quizText is a question, or how the quiz ended.
func quizText(p locale.Printer, page moderation.Page) string {
	if page.Number < moderation.Questions {
		return p.Text("quiz.question", locale.Args{
			"number": strconv.Itoa(page.Number + 1), "rule": ruleName(p, page.Rule), "example": page.Question.Example,
		})
	}
	var lines []string
	for _, q := range page.Asked {
		lines = append(lines, markText(p, q))
	}
	lines = append(lines, "", p.Text("rules.short", locale.Args{"rule": ruleName(p, page.Rule), "why": ruleWhy(p, page.Rule)}), "")
	return strings.Join(append(lines, endText(p, page)), "\n")
}

// markText tells a right answer from a wrong one.
func markText(p locale.Printer, q moderation.Question) string {
	args := locale.Args{"example": q.Example}
	mark := "❌ "
	if q.Right() {
		mark = "✅ "
	}
	if q.Breaks {
		return mark + p.Text("quiz.breaks", args)
	}
	return mark + p.Text("quiz.fine", args)
}

// endText says what follows from the quiz.
func endText(p locale.Printer, page moderation.Page) string {
	switch {
	case page.Waits:
		return p.Text("quiz.waits", nil)
	case page.Passed && page.Until.IsZero():
		return p.Text("quiz.free", nil)
	case page.Passed:
		return p.Text("quiz.passed", locale.Args{"date": p.Time(page.Until)})
	case page.Until.After(page.Again):
		return p.Text("quiz.failed", locale.Args{"date": p.Time(page.Again)})
	default:
		return p.Text("quiz.failed_short", nil)
	}
}
