package view

import (
	"strings"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Dated turns what is marked in the texts of a call into entities: times, so that apps show them in the reader's time zone,
// and quotations, so that they cannot pass for words of the bot.
func Dated(call wire.Call) wire.Call {
	return call.Marked(func(text string) (string, []wire.Entity) {
		plain, marks := locale.Split(text)
		if len(marks) == 0 {
			return plain, nil
		}
		units := utf16.Encode([]rune(plain))
		var marked []wire.Entity
		for _, m := range marks {
			marked = append(marked, entityOf(m, units))
		}
		return plain, marked
	})
}

// A quotation of more lines or letters than these is folded up until it is tapped.
const foldedLines, foldedLetters = 5, 300

// entityOf is the entity of a mark in a text.
func entityOf(m locale.Mark, text []uint16) wire.Entity {
	switch m.Kind {
	case locale.MarkTime:
		return wire.TimeEntity(m.Offset, m.Length, m.Time.Unix())
	case locale.MarkQuote:
		lines := strings.Count(string(utf16.Decode(text[m.Offset:m.Offset+m.Length])), "\n") + 1
		if lines > foldedLines || m.Length > foldedLetters {
			return wire.Entity{Type: wire.FoldedQuote, Offset: m.Offset, Length: m.Length}
		}
		return wire.Entity{Type: wire.Quote, Offset: m.Offset, Length: m.Length}
	case locale.MarkFolded:
		return wire.Entity{Type: wire.FoldedQuote, Offset: m.Offset, Length: m.Length}
	case locale.MarkEmphasis:
		return wire.Entity{Type: wire.Italic, Offset: m.Offset, Length: m.Length}
	case locale.MarkDead:
		return wire.Entity{Type: wire.Code, Offset: m.Offset, Length: m.Length}
	default:
		return wire.Entity{Type: wire.Pre, Offset: m.Offset, Length: m.Length}
	}
}

// AllDated turns what is marked in all calls of an answer into entities.
func AllDated(calls []wire.Call) []wire.Call {
	for i, call := range calls {
		calls[i] = Dated(call)
	}
	return calls
}
