package request

import (
	"slices"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Callback is a button that somebody pressed. The group and who pressed come from Telegram. What the button is about
// comes from the app of who pressed, and may be forged.
type Callback struct {
	Update         int64
	ID             string          // to answer with
	ChatID         int64           // the group it is about
	Group          moderation.Chat // the same, as it was when the button was pressed
	Message        *wire.Message   // if it is unknown: only where it can be answered
	MessageUnknown bool            // Telegram did not say on which message it was
	Who            moderation.Member
	Subject        string
	Choice         string
	Extra          string
	Printer        locale.Printer
}

// MessageUnknown reports whether Telegram did not say on which message the button is.
func MessageUnknown(p *wire.CallbackQuery) bool { return p.Message == nil }

// Seen reports whether everybody saw the command before the button.
func (cb *Callback) Seen() bool { return cb.Extra == view.ChoiceSeen }

// Key is the case that the button is about.
func (cb *Callback) Key() moderation.Key {
	return moderation.Key{Update: cb.Update, Chat: cb.ChatID, Case: cb.Subject}
}

// Toast is a short text that only who pressed sees.
func (cb *Callback) Toast(text string) []wire.Call {
	return []wire.Call{wire.AnswerCallback(cb.ID, text, false)}
}

// Refuse says why a callback was refused.
func (cb *Callback) Refuse(err error) ([]wire.Call, error) {
	why, err := view.Refusal(cb.Printer, err)
	if err != nil {
		return nil, err
	}
	return cb.Toast(why), nil
}

// Alone reports whether only who pressed sees the message of the button.
func (cb *Callback) Alone() bool {
	return cb.MessageUnknown || cb.Message.EphemeralID != 0 || cb.Message.Chat.Private()
}

// Private reports whether the button is shown in the private chat.
func (cb *Callback) Private() bool { return !cb.MessageUnknown && cb.Message.Chat.Private() }

// DeleteReplied deletes what the presser sent in private, if the message of the button replies to it.
func (cb *Callback) DeleteReplied() []wire.Call {
	if !cb.Private() || cb.Message.ReplyTo == nil {
		return nil
	}
	return []wire.Call{wire.DeleteMessages(cb.Message.Chat.ID, []int64{cb.Message.ReplyTo.ID})}
}

// Become ends the callback and changes the message of the button. A message that others see too is left alone, because
// the button may be forged and belong to another message.
func (cb *Callback) Become(text string, rows [][]wire.Button) []wire.Call {
	if !cb.Alone() || cb.MessageUnknown && len(rows) == 0 && view.Length(text) <= view.LongestToast {
		return []wire.Call{wire.AnswerCallback(cb.ID, text, true)}
	}
	return []wire.Call{wire.AnswerCallback(cb.ID, "", false), cb.Edit(text, rows)}
}

// Edit changes the message of the button.
func (cb *Callback) Edit(text string, rows [][]wire.Button) wire.Call {
	switch {
	case cb.MessageUnknown:
		return cb.anew(text, rows)
	case cb.Message.EphemeralID != 0:
		return wire.EditEphemeralText(wire.EphemeralRef{Chat: cb.Message.Chat.ID, Receiver: cb.Who.ID, ID: cb.Message.EphemeralID}, text).Keyboard(rows)
	}
	return wire.EditMessageText(cb.Message.Chat.ID, cb.Message.ID, text).Keyboard(rows)
}

// anew shows what the message of the button would have become, if that message is unknown.
func (cb *Callback) anew(text string, rows [][]wire.Button) wire.Call {
	call := wire.SendMessage(cb.Message.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	if cb.Message.Chat.Group() {
		call = call.Ephemeral(cb.Who.ID, cb.ID, 0)
	}
	return call
}

// Show shows a text to who pressed, and to nobody else, in a message of its own.
func (cb *Callback) Show(text string) wire.Call {
	call := cb.anew(text, nil)
	if cb.Message.Chat.Group() {
		call = call.Thread(TopicAt(cb.Message))
	}
	return call
}

// EditSealed changes a log entry, but not the checkpoint below it, which says how things stood then.
func (cb *Callback) EditSealed(text string, rows [][]wire.Button) wire.Call {
	return cb.Edit(view.Sealed(text, view.SealOf(cb.Message)), rows)
}

// Did is what stands in a log entry above the line that names the case: the group, and which admin did what. It stays when the
// case below it changes. It is not found if there is no such line, or nothing above it.
func (cb *Callback) Did() (string, bool) {
	lines := strings.Split(view.OwnWords(cb.Message), "\n")
	names := slices.IndexFunc(lines, func(l string) bool { return strings.HasSuffix(locale.Visible(l), " · "+cb.Subject) })
	if names < 0 { // an earlier release named it otherwise
		names = slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, cb.Subject) })
	}
	did := strings.TrimSpace(strings.Join(lines[:max(0, names)], "\n")) // and left an empty line between
	return did, did != ""
}
