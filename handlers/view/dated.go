package view

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Dated turns the marked times in the texts of a call into entities, so that apps show them in the reader's time zone.
func Dated(call wire.Call) wire.Call {
	return call.Marked(func(text string) (string, []wire.Entity) {
		plain, moments := locale.Split(text)
		var marked []wire.Entity
		for _, m := range moments {
			marked = append(marked, wire.TimeEntity(m.Offset, m.Length, m.Time.Unix()))
		}
		return plain, marked
	})
}

// AllDated marks the times in all calls of an answer.
func AllDated(calls []wire.Call) []wire.Call {
	for i, call := range calls {
		calls[i] = Dated(call)
	}
	return calls
}
