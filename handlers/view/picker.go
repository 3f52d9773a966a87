package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// How many messages the picker offers, and among how many recent ones it finds them.
const (
	pickerRows = 8
	PickerLook = 100
)

// Picker offers the messages that may be reported, with a button for each. An album counts as one message. In a topic,
// only messages of that topic are offered.
func Picker(p locale.Printer, recent []moderation.SeenMessage, now time.Time, skip map[int64]bool, topic int64, data func(message int64) string) [][]wire.Button {
	var rows [][]wire.Button
	albums := map[string]bool{}
	for _, s := range recent {
		switch {
		case len(rows) == pickerRows:
			return rows
		case skip[s.Author.ID] || s.Role != moderation.RoleMember:
		case now.Sub(s.At) >= moderation.MaxAge:
		case topic != 0 && s.Thread != topic:
		case s.Album != "" && albums[s.Album]:
		default:
			albums[s.Album] = true
			words := firstWords(s.Said)
			if words == "" {
				words = p.Text("picker.untitled", nil)
			}
			label := Shorten(NameText(p, s.Name)+": "+words, WordsKept+10)
			rows = append(rows, []wire.Button{{Text: label, Data: data(s.Message)}})
		}
	}
	return rows
}

// firstWords is how a message begins.
func firstWords(e moderation.Evidence) string {
	if e.Text == "" && e.Media != "" {
		return "[" + e.Media + "]"
	}
	return unturned(Shorten(e.Text, WordsKept))
}
