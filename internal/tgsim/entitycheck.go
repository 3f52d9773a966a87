package tgsim

import (
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/ostrakon-bot/ostrakon/internal/tgsim/richtext"
	"github.com/ostrakon-bot/ostrakon/internal/tgsim/wire"
)

// checkEntities refuses entities that are none: outside of the text, inside of a character, or with fields that their type
// does not have. Telegram only drops some of them, but a bot that sends such a thing has counted wrong.
func (c *call) checkEntities(entities []wire.Entity, text string) ([]wire.Entity, *wire.Error) {
	units := utf16.Encode([]rune(text))
	for _, e := range entities {
		if why := richtext.Wrong(e, units); why != "" {
			c.violate(c.method + ": " + why + " (" + e.Type + ")")
			return nil, wire.BadRequest(why)
		}
	}
	slices.SortStableFunc(entities, func(a, b wire.Entity) int { return a.Offset - b.Offset })
	return entities, nil
}

// Timed are the words of a message that tell a time, which apps show by the reader's clock.
type Timed struct {
	Words string
	Time  time.Time
}

// Times are all times that the item tells, in order.
func (i Item) Times() []Timed {
	var all []Timed
	units := utf16.Encode([]rune(strings.TrimPrefix(i.Text, forwarded)))
	for _, e := range i.Entities {
		if e.Type == "date_time" {
			words := string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
			all = append(all, Timed{Words: words, Time: time.Unix(e.UnixTime, 0).UTC()})
		}
	}
	return all
}
