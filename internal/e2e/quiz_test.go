package e2e

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// quizLines are what people do at a quiz. Which answer is right they know from the rule book.
var quizLines = []verb{
	{form: `{who} answers right`, run: func(w *world, a []string) error { return w.answer(a[0], true) }},
	{form: `{who} answers wrong`, run: func(w *world, a []string) error { return w.answer(a[0], false) }},
	{form: `{who} passes the quiz`, run: func(w *world, a []string) error { return w.answerAll(a[0], true) }},
	{form: `{who} fails the quiz`, run: func(w *world, a []string) error { return w.answerAll(a[0], false) }},
}

func (w *world) answerAll(name string, right bool) error {
	for range moderation.Questions {
		if err := w.answer(name, right); err != nil {
			return err
		}
	}
	return nil
}

// answer presses a button under the latest question that somebody was asked in private.
func (w *world) answer(name string, right bool) error {
	m := w.question(name)
	if m == nil {
		return fmt.Errorf("nobody asks %s anything:\n\t%s", name, strings.Join(w.privateView(w.who(name)), "\n\t"))
	}
	breaks, err := w.breaks(m)
	if err != nil {
		return err
	}
	label := "👌"
	if breaks == right {
		label = "🚩"
	}
	return w.press(name, label, m)
}

func (w *world) question(name string) *tgsim.Message {
	for _, i := range slices.Backward(w.who(name).Private(w.bot)) {
		if rows := i.Message.Buttons(); hasPrefix(i.Text, "🎓 ") && len(rows) == 1 && len(rows[0]) == 2 {
			return i.Message
		}
	}
	return nil
}

// breaks reports whether the example in a question is one that breaks a rule.
func (w *world) breaks(m *tgsim.Message) (bool, error) {
	shown := func(example string) bool { return strings.Contains(m.Text(), example) }
	store, err := w.openStore()
	if err != nil {
		return false, err
	}
	defer store.Close()
	for _, chat := range w.chats {
		found, err := store.Chat(w.ctx, chat.ID())
		if err != nil {
			return false, err
		}
		for _, r := range found.Book {
			if slices.ContainsFunc(r.Breaks, shown) || slices.ContainsFunc(r.Fine, shown) {
				return slices.ContainsFunc(r.Breaks, shown), nil
			}
		}
	}
	for _, lang := range locale.Languages() {
		for _, r := range rulebook.DefaultBook() {
			for _, n := range []string{"1", "2"} {
				p, rule := locale.In(lang), "rule."+string(r.ID)
				if breaks := shown(p.Text(rule+".breaks."+n, nil)); breaks || shown(p.Text(rule+".fine."+n, nil)) {
					return breaks, nil
				}
			}
		}
	}
	return false, fmt.Errorf("the question shows no example that is known: %s", m.Text())
}
