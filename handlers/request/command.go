package request

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Command is a command that somebody gave.
type Command struct {
	Update   int64
	Message  *wire.Message
	Args     string
	Public   bool                    // everybody saw it
	Stands   bool                    // and sees it still, since the bot may not remove it
	Seen     *moderation.SeenMessage // the message it replies to, if Telegram did not send that along
	Group    moderation.Chat         // in which it was given; empty in private
	Printer  locale.Printer
	Practice bool              // it was about a practice: its answer says nothing of real reports
	Say      view.ReportTexts  // how to report in that group
	Who      moderation.Member // of an admin's command: who gives it, as Telegram knows them now
}

// Masked reports whether nobody can tell who asks. They write as a channel or as the group, and the user that Telegram
// gives is a stand-in.
func (cmd *Command) Masked() bool {
	return cmd.Message.From == nil || cmd.Message.From.Bot || cmd.Message.SenderChat != nil
}

// Reply answers a command whose effects are committed, or says why it was refused.
func (cmd *Command) Reply(text string, rows [][]wire.Button, err error) ([]wire.Call, error) {
	if err != nil {
		why, err := view.Refusal(cmd.Printer, err)
		if err != nil {
			return nil, err
		}
		return cmd.Answer(why, nil), nil
	}
	return cmd.Answer(text, rows), nil
}

// Answer is seen only by who asked: ephemerally in a group, else in the private chat. Who writes as a channel or as the
// group is answered in the group, without a sound.
func (cmd *Command) Answer(text string, rows [][]wire.Button) []wire.Call {
	if cmd.Stands {
		text += "\n\n" + cmd.Printer.Text("visible.still", nil)
	}
	if cmd.Message.Chat.Group() && !cmd.Masked() {
		text = cmd.Say.Answer(cmd.Printer, cmd.Message.Chat, text)
	}
	call := wire.SendMessage(cmd.Message.Chat.ID, text).NoPreview()
	if len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	return []wire.Call{cmd.Addressed(call)}
}

// Addressed sends a call so that only who asked sees it, as [Command.Answer] does.
func (cmd *Command) Addressed(call wire.Call) wire.Call {
	if !cmd.Message.Chat.Group() {
		return call
	}
	call = call.Thread(TopicAt(cmd.Message))
	if cmd.Masked() {
		return call.Quiet()
	}
	return call.Ephemeral(cmd.Message.From.ID, "", cmd.Message.EphemeralID)
}

// Did answers an admin who did something to a member. Admins who write as the group get no answer, since all would read
// it. They learn it as all admins do.
func (cmd *Command) Did(text string, err error) ([]wire.Call, error) {
	if err == nil && cmd.Masked() {
		return nil, nil
	}
	return cmd.Reply(text, nil, err)
}

// Warned adds to an answer that everybody saw the command.
func (cmd *Command) Warned(text string) string {
	if !cmd.Public {
		return text
	}
	return text + "\n\n" + cmd.Say.Briefly(cmd.Printer)
}

// UnlessMasked drops the buttons of an answer that everybody sees, because nobody could press them.
func (cmd *Command) UnlessMasked(rows [][]wire.Button) [][]wire.Button {
	if cmd.Masked() {
		return nil
	}
	return rows
}

// RepliesTo is the message that a command replies to; nil if there is none. The message that opened a topic does not
// count.
func RepliesTo(cmd *Command) *wire.Message {
	if to := cmd.Message.ReplyTo; to != nil && to.ID != 0 && to.Service != wire.ServiceTopicCreated {
		return to
	}
	return nil
}
