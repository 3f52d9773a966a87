package view

import (
	"sync"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// PrinterFor returns the printer for a member of a group, or for the whole group if language is empty.
func PrinterFor(chat moderation.Chat, language string, now time.Time) locale.Printer {
	return locale.In(locale.Match(language, chat.Policy.Language)).At(Zone(chat.Policy)).On(now)
}

// Zone is the time zone of a group.
func Zone(p moderation.Policy) *time.Location {
	if known, ok := zonesRead.Load(p.Timezone); ok {
		return known.(*time.Location)
	}
	found, err := time.LoadLocation(p.Timezone)
	if err != nil {
		found = time.UTC // a name that a newer list no longer has
	}
	zonesRead.Store(p.Timezone, found)
	return found
}

// zonesRead are those that were used, by name: Go reads them from the disk each time. There are few and they never
// change, so nothing is dropped.
var zonesRead sync.Map
