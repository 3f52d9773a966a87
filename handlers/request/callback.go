package request

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Callback is a button that somebody pressed. The group and who pressed come from Telegram. What the button is about
// comes from the app of who pressed, and may be forged.
type Callback struct {
	Update  int64
	ID      string          // to answer with
	ChatID  int64           // the group it is about
	Group   moderation.Chat // the same, as it was when the button was pressed
	Message *bot.Message    // of a lost press only where it can be answered
	Lost    bool            // Telegram did not say on which message it was
	Who     moderation.Member
	Subject string
	Choice  string
	Extra   string
	Printer locale.Printer
}

// IsLost reports whether Telegram did not say on which message the button is.
func IsLost(p *bot.Press) bool { return p.Message == nil }

// Seen reports whether everybody saw the command before the button.
func (t *Callback) Seen() bool { return t.Extra == view.ChoiceSeen }

// Key is the case that the button is about.
func (t *Callback) Key() moderation.Key {
	return moderation.Key{Update: t.Update, Chat: t.ChatID, Case: t.Subject}
}

// Toast is a short text that only who pressed sees.
func (t *Callback) Toast(text string) []bot.Call {
	return []bot.Call{bot.AnswerCallback(t.ID, text, false)}
}

// Refuse says why a callback was refused.
func (t *Callback) Refuse(err error) ([]bot.Call, error) {
	why, err := view.Refusal(t.Printer, err)
	if err != nil {
		return nil, err
	}
	return t.Toast(why), nil
}

// Alone reports whether only who pressed sees the message of the button.
func (t *Callback) Alone() bool {
	return t.Lost || t.Message.EphemeralID != 0 || t.Message.Chat.Private()
}

// Become ends the callback and changes the message of the button. A message that others see too is left alone, because
// the button may be forged and belong to another message.
func (t *Callback) Become(text string, rows [][]bot.Button) []bot.Call {
	if !t.Alone() || t.Lost && len(rows) == 0 && view.Length(text) <= view.LongestToast {
		return []bot.Call{bot.AnswerCallback(t.ID, text, true)}
	}
	return []bot.Call{bot.AnswerCallback(t.ID, "", false), t.Edit(text, rows)}
}

// Edit changes the message of the button.
func (t *Callback) Edit(text string, rows [][]bot.Button) bot.Call {
	switch {
	case t.Lost:
		return t.anew(text, rows)
	case t.Message.EphemeralID != 0:
		return bot.EditEphemeralText(bot.EphemeralRef{Chat: t.Message.Chat.ID, Receiver: t.Who.ID, ID: t.Message.EphemeralID}, text).Keyboard(rows)
	}
	return bot.EditMessageText(t.Message.Chat.ID, t.Message.ID, text).Keyboard(rows)
}

// anew shows at the place of a lost press what its message would have become.
func (t *Callback) anew(text string, rows [][]bot.Button) bot.Call {
	call := bot.SendMessage(t.Message.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	if t.Message.Chat.Group() {
		call = call.Ephemeral(t.Who.ID, t.ID, 0)
	}
	return call
}

// EditSealed changes a log entry, but not the checkpoint below it, which says how things stood then.
func (t *Callback) EditSealed(text string, rows [][]bot.Button) bot.Call {
	seal := view.SealOf(t.Message.Text)
	if seal == "" {
		return t.Edit(text, rows)
	}
	whole, offset, length := view.Sealed(text, seal)
	return t.Edit(whole, rows).Fold(offset, length)
}

// Did is the line of a log entry that says which admin did what. It stays when the case below it changes.
func (t *Callback) Did() (string, bool) {
	head, _, found := strings.Cut(t.Message.Text, "\n\n")
	if !found || strings.Contains(head, t.Subject) {
		return "", false
	}
	return head, true
}
