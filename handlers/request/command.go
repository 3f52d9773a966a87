package request

import (
	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Command is a command that somebody gave.
type Command struct {
	Update  int64
	Message *bot.Message
	Args    string
	Public  bool                    // everybody saw it
	Stands  bool                    // and sees it still, since the bot may not remove it
	Seen    *moderation.SeenMessage // the message it replies to, if Telegram did not send that along
	Group   moderation.Chat         // in which it was given; empty in private
	Printer locale.Printer
	Who     moderation.Member // of an admin's command: who gives it, as Telegram knows them now
}

// Masked reports whether it cannot be told who asks: they write in the name of a channel or of the
// group, and the user that Telegram gives is a stand-in.
func (a *Command) Masked() bool {
	return a.Message.From == nil || a.Message.From.Bot || a.Message.SenderChat != nil
}

// Reply answers a command whose effects are committed: with text, or with why not.
func (a *Command) Reply(text string, rows [][]bot.Button, err error) ([]bot.Call, error) {
	if err != nil {
		why, err := view.Refusal(a.Printer, err)
		if err != nil {
			return nil, err
		}
		return a.Answer(why, nil), nil
	}
	return a.Answer(text, rows), nil
}

// Answer is seen only by who asked: ephemerally in a group, else in the private chat. Who writes
// behind a mask cannot be addressed; what they may ask at all is answered in the group, quietly.
func (a *Command) Answer(text string, rows [][]bot.Button) []bot.Call {
	if a.Stands {
		text += "\n\n" + a.Printer.Text("visible.still", nil)
	}
	call := bot.SendMessage(a.Message.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	return []bot.Call{a.Addressed(call)}
}

// Addressed makes what is sent seen only by who asked, as [Command.Answer] does.
func (a *Command) Addressed(call bot.Call) bot.Call {
	if !a.Message.Chat.Group() {
		return call
	}
	call = call.Thread(TopicAt(a.Message))
	if a.Masked() {
		return call.Quiet()
	}
	return call.Ephemeral(a.Message.From.ID, "", a.Message.EphemeralID)
}

// Did answers who did something to somebody. One who writes in the group's name is not answered, or all
// would read whom it was done to; the other admins are told, and so are they.
func (a *Command) Did(text string, err error) ([]bot.Call, error) {
	if err == nil && a.Masked() {
		return nil, nil
	}
	return a.Reply(text, nil, err)
}

// Warned adds to what is not the confirmation of a report that everybody saw the command.
func (a *Command) Warned(text string) string {
	if !a.Public {
		return text
	}
	return text + "\n\n" + a.Printer.Text("visible.briefly", nil)
}

// UnlessMasked are buttons for an answer that only who asked sees. All see what one in the group's name is
// answered, and nobody could press them there.
func (a *Command) UnlessMasked(rows [][]bot.Button) [][]bot.Button {
	if a.Masked() {
		return nil
	}
	return rows
}

// RepliesTo is the message that a command replies to; nil if there is none. In a topic it may be the topic's beginning,
// which is no reply.
func RepliesTo(a *Command) *bot.Message {
	if to := a.Message.ReplyTo; to != nil && to.ID != 0 && to.Service != bot.ServiceTopicCreated {
		return to
	}
	return nil
}
