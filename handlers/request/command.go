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

// Masked reports whether nobody can tell who asks. They write as a channel or as the group, and the user that Telegram
// gives is a stand-in.
func (a *Command) Masked() bool {
	return a.Message.From == nil || a.Message.From.Bot || a.Message.SenderChat != nil
}

// Reply answers a command whose effects are committed, or says why it was refused.
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

// Answer is seen only by who asked: ephemerally in a group, else in the private chat. Who writes as a channel or as the
// group is answered in the group, without a sound.
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

// Addressed sends a call so that only who asked sees it, as [Command.Answer] does.
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

// Did answers an admin who did something to a member. Admins who write as the group get no answer, since all would read
// it. They learn it as all admins do.
func (a *Command) Did(text string, err error) ([]bot.Call, error) {
	if err == nil && a.Masked() {
		return nil, nil
	}
	return a.Reply(text, nil, err)
}

// Warned adds to an answer that everybody saw the command.
func (a *Command) Warned(text string) string {
	if !a.Public {
		return text
	}
	return text + "\n\n" + a.Printer.Text("visible.briefly", nil)
}

// UnlessMasked drops the buttons of an answer that everybody sees, because nobody could press them.
func (a *Command) UnlessMasked(rows [][]bot.Button) [][]bot.Button {
	if a.Masked() {
		return nil
	}
	return rows
}

// RepliesTo is the message that a command replies to; nil if there is none. The message that opened a topic does not
// count.
func RepliesTo(a *Command) *bot.Message {
	if to := a.Message.ReplyTo; to != nil && to.ID != 0 && to.Service != bot.ServiceTopicCreated {
		return to
	}
	return nil
}
