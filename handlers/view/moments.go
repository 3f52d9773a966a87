package view

import (
	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Dated turns the marked times in the texts of a call into entities, so that apps show them in the reader's time zone.
func Dated(call bot.Call) bot.Call {
	return call.Marked(func(text string) (string, []bot.Entity) {
		plain, moments := locale.Split(text)
		var marked []bot.Entity
		for _, m := range moments {
			marked = append(marked, bot.TimeEntity(m.Offset, m.Length, m.Time.Unix()))
		}
		return plain, marked
	})
}

// AllDated marks the times in all calls of an answer.
func AllDated(calls []bot.Call) []bot.Call {
	for i, call := range calls {
		calls[i] = Dated(call)
	}
	return calls
}
