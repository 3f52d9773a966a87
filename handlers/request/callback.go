package request

import (
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Callback is a button that somebody pressed. The group, and what the presser is there now, come from
// Telegram; what the button is about comes from their app, and may be anything.
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

// IsLost reports whether Telegram did not say what was pressed on.
func IsLost(p *bot.Press) bool { return p.Message == nil }

// Seen reports whether everybody saw the command that the button follows from.
func (t *Callback) Seen() bool { return t.Extra == view.ChoiceSeen }

// Key is the case that the button is about.
func (t *Callback) Key() moderation.Key {
	return moderation.Key{Update: t.Update, Chat: t.ChatID, Case: t.Subject}
}

// Toast is a short text that only the presser sees.
func (t *Callback) Toast(text string) []bot.Call {
	return []bot.Call{bot.AnswerCallback(t.ID, text, false)}
}

// Refuse answers with why not.
func (t *Callback) Refuse(err error) ([]bot.Call, error) {
	why, err := view.Refusal(t.Printer, err)
	if err != nil {
		return nil, err
	}
	return t.Toast(why), nil
}

// Alone reports whether nobody but the presser sees the message whose button was pressed.
func (t *Callback) Alone() bool {
	return t.Lost || t.Message.EphemeralID != 0 || t.Message.Chat.Private()
}

// Become ends the press and changes the message whose button it was. One that others see too stays as it is: what
// a button says comes from the presser's app, so that it need not be a button of that message at all.
func (t *Callback) Become(text string, rows [][]bot.Button) []bot.Call {
	if !t.Alone() || t.Lost && len(rows) == 0 && view.Length(text) <= view.LongestToast {
		return []bot.Call{bot.AnswerCallback(t.ID, text, true)}
	}
	return []bot.Call{bot.AnswerCallback(t.ID, "", false), t.Edit(text, rows)}
}

// Edit changes the message whose button was pressed: one that only the presser sees, or one in
// private or in the log channel.
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

// EditSealed changes an entry of the log, but not the checkpoint below it: that says how things stood then.
func (t *Callback) EditSealed(text string, rows [][]bot.Button) bot.Call {
	seal := view.SealOf(t.Message.Text)
	if seal == "" {
		return t.Edit(text, rows)
	}
	whole, offset, length := view.Sealed(text, seal)
	return t.Edit(whole, rows).Fold(offset, length)
}

// Did is what stands above the case on a card that says which admin did something: that stays when the
// case is redrawn, or the log would forget who it was.
func (t *Callback) Did() (string, bool) {
	head, _, found := strings.Cut(t.Message.Text, "\n\n")
	if !found || strings.Contains(head, t.Subject) {
		return "", false
	}
	return head, true
}
