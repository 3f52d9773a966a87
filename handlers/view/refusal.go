package view

import (
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Refusal words a refusal. Any other error is returned as it is.
func Refusal(p locale.Printer, err error) (string, error) {
	var no *moderation.Refusal
	if !errors.As(err, &no) {
		return "", err
	}
	return p.Text("refuse."+string(no.Code), locale.Args{"case": no.Case, "date": p.Time(no.Until)}), nil
}

// StrangeText answers a callback of an unknown button.
func StrangeText(who *wire.User) string {
	return locale.In(locale.Match(who.Language, locale.Default)).Text("refuse."+string(moderation.RefuseUnknown), nil)
}

// DroppedText tells somebody that their press was dropped.
func DroppedText(who *wire.User) string {
	return locale.In(locale.Match(who.Language, locale.Default)).Text("dropped", nil)
}

// TooFastToast tells somebody that a press did not count, because there were too many.
func TooFastToast(who *wire.User) string {
	return locale.In(locale.Match(who.Language, locale.Default)).Text("too_fast.press", nil)
}

// TooFastText tells somebody that a command or message was not handled, because there were too many.
func TooFastText(who *wire.User) string {
	return locale.In(locale.Match(who.Language, locale.Default)).Text("too_fast.command", nil)
}

// UnavailableText tells somebody that what they did is not counted yet.
func UnavailableText(who *wire.User) string {
	return locale.In(locale.Match(who.Language, locale.Default)).Text("unavailable", nil)
}
