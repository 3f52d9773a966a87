package view

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
)

// Name is the bot's name unless its operator chose another.
const Name = "Ostrakon"

// Text is what Telegram shows of the bot to those who read a language; an empty one stands for all others.
type Text struct {
	What     string // such as [wire.AboutShort]
	Language string
	Words    string
}

// About are the texts that Telegram shows of the bot. An old server does not know messages that only one member sees.
func About(old bool) (all []Text) {
	for _, lang := range append([]string{""}, locale.Languages()...) {
		p := locale.In(locale.Match(lang, locale.Default))
		description := p.Text("about.description", nil)
		if old {
			description = p.Text("about.description_private", nil)
		}
		all = append(all,
			Text{wire.AboutDescription, lang, description},
			Text{wire.AboutShort, lang, p.Text("about.short", nil)},
		)
	}
	return all
}
