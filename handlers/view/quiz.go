package view

import (
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// quizButton leads to the quiz: by a link out of the group, for it is nobody else's business.
func quizButton(p locale.Printer, username string, ref int64, id string, private bool) wire.Button {
	b := wire.Button{Text: p.Text("button.quiz", nil)}
	if private {
		b.Data = GroupData(ButtonQuiz, ref, id)
	} else {
		b.URL = QuizLink(username, ref, id)
	}
	return b
}

// AnswerData carries the answer to a question of the quiz: the sheet, the number of the question, and the answer.
func AnswerData(ref int64, page moderation.Page, answer moderation.Side) string {
	said := strings.Join([]string{strconv.FormatInt(page.Sheet, 36), strconv.Itoa(page.Number), string(answer)}, ".")
	return GroupData(ButtonQuiz, ref, page.Case, said)
}

// ParseAnswer fills in an answer to a question of the quiz. Anything else opens the quiz.
func ParseAnswer(s *moderation.Sitting, said string) {
	parts := strings.Split(said, ".")
	if len(parts) != 3 {
		return
	}
	number, err := strconv.Atoi(parts[1])
	if sheet := ParseRef(parts[0]); err == nil && sheet > 0 {
		s.Sheet, s.Number, s.Answer = sheet, number, moderation.Side(parts[2])
	}
}

// QuizRows offers the two answers to a question. It is empty once the quiz is over.
func QuizRows(p locale.Printer, ref int64, page moderation.Page) [][]wire.Button {
	if page.Number >= moderation.Questions {
		return nil
	}
	return [][]wire.Button{{
		Coloured(wire.Button{Text: p.Text("button.breaks", nil), Data: AnswerData(ref, page, moderation.Breaks)}),
		{Text: p.Text("button.fine", nil), Data: AnswerData(ref, page, moderation.Fine)},
	}}
}

// QuizText is a question, or the result of the quiz.
func QuizText(p locale.Printer, page moderation.Page) string {
	if page.Number < moderation.Questions {
		return p.Text("quiz.question", locale.Args{
			"number": strconv.Itoa(page.Number + 1), "rule": RuleName(p, page.Rule), "example": page.Question.Example,
		})
	}
	var lines []string
	for _, q := range page.Asked {
		lines = append(lines, markText(p, q))
	}
	lines = append(lines, "", p.Text("rules.short", locale.Args{"rule": RuleName(p, page.Rule), "why": ruleWhy(p, page.Rule)}), "")
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
