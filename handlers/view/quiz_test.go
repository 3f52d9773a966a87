package view_test

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestQuizLinkIsReadBack(t *testing.T) {
	t.Parallel()
	for _, ref := range []int64{1, 35, 36, 1 << 40} {
		link := view.QuizLink("OstrakonBot", ref, "7KQ2")
		_, payload, _ := strings.Cut(link, "?start=")
		if got, id, ok := view.ParseQuiz(payload); !ok || got != ref || id != "7KQ2" {
			t.Errorf("%s is read as %d, %q, %v", link, got, id, ok)
		}
	}
	for _, payload := range []string{"", "quiz", "quiz_", "quiz_7", "quiz_7_", "quiz__7KQ2", "quiz_0_7KQ2", "quiz_-7_7KQ2", "quiz_!_7KQ2", "about_7_7KQ2"} {
		if ref, id, ok := view.ParseQuiz(payload); ok {
			t.Errorf("%q is read as %d, %q", payload, ref, id)
		}
	}
}

func TestAnswerIsReadBack(t *testing.T) {
	t.Parallel()
	page := moderation.Page{Case: "7KQ2ZZ", Sheet: 1 << 48, Number: 2}
	data := view.AnswerData(1<<62, page, moderation.Breaks)
	if len(data) > 64 {
		t.Errorf("%s has %d bytes", data, len(data))
	}
	var s moderation.Sitting
	view.ParseAnswer(&s, data[strings.LastIndex(data, ":")+1:])
	if s.Sheet != page.Sheet || s.Number != 2 || s.Answer != moderation.Breaks {
		t.Errorf("%s is read as %+v", data, s)
	}
}

// Whatever an app sends, it is an answer to a question, or opens the quiz.
func FuzzParseAnswer(f *testing.F) {
	for _, said := range []string{"", "a7x.0.breaks", "1.2.fine", "-1.0.fine", "1.x.fine", "1.2", "..", "1.2.3.4", "0.0.fine"} {
		f.Add(said)
	}
	f.Fuzz(func(t *testing.T, said string) {
		var s moderation.Sitting
		view.ParseAnswer(&s, said)
		if opens := s.Sheet == 0; s.Sheet < 0 || opens && (s.Number != 0 || s.Answer != "") {
			t.Errorf("%q is read as %+v", said, s)
		}
	})
}
