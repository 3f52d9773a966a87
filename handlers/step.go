package handlers

import (
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// stepName gives a step of the ladder in words.
func stepName(p locale.Printer, s moderation.Step) string {
	key := "step." + string(s.Deed)
	if s.Deed == moderation.Ban && s.For > 0 {
		key += "_for"
	}
	return p.Text(key, locale.Args{"for": p.Duration(s.For)})
}
