package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// ReportTexts say how the members of a group report unseen. Beside another bot, some apps give that one a /report that is typed, or
// show it to all. With a server that knows no ephemeral messages, everybody sees each command.
type ReportTexts struct {
	bot    string // the username of this bot
	beside bool   // another bot is in the group
	alone  bool   // reports are unseen only in private
}

// ReportTextsIn are those of a group.
func ReportTextsIn(me wire.Self, chat moderation.Chat, now time.Time) ReportTexts {
	return ReportTexts{bot: me.Username, beside: chat.Bots.Any(now), alone: me.NoEphemeral}
}

// How says how to report, and who sees it.
func (r ReportTexts) How(p locale.Printer) string {
	switch {
	case r.alone:
		return p.Text("how.private", nil)
	case r.beside:
		return p.Text("how.beside", locale.Args{"bot": r.bot})
	}
	return p.Text("how.menu", nil)
}

// Greeting introduces the bot to a group: what it is for, how to use it, and who sees that.
func (r ReportTexts) Greeting(p locale.Printer) string {
	switch {
	case r.alone:
		return p.Text("intro.can_private", nil)
	case r.beside:
		return p.Text("intro.can_beside", locale.Args{"bot": r.bot})
	}
	return p.Text("intro.can", nil)
}

// Way says how to report the message that somebody means.
func (r ReportTexts) Way(p locale.Printer) string {
	switch {
	case r.alone:
		return p.Text("way.private", nil)
	case r.beside:
		return p.Text("way.beside", locale.Args{"bot": r.bot})
	}
	return p.Text("way.menu", nil)
}

// Answer is an answer to a command. If it is told in private though the command was given in a group, it names that.
func (r ReportTexts) Answer(p locale.Printer, group wire.Chat, text string) string {
	if !r.alone {
		return text
	}
	return p.Text("entry.group", locale.Args{"group": TitleText(group.Title)}) + "\n" + text
}

// Gone says in a toast that a message is no longer known, and how to report it all the same.
func (r ReportTexts) Gone(p locale.Printer) string {
	switch {
	case r.alone:
		return p.Text("picker.gone_private", nil)
	case r.beside:
		return p.Text("picker.gone_beside", locale.Args{"bot": r.bot})
	}
	return p.Text("picker.gone", nil)
}

// Briefly says that everybody saw a command, and how to report unseen.
func (r ReportTexts) Briefly(p locale.Printer) string {
	return p.Text("visible.briefly", locale.Args{"unseen": r.unseen(p)})
}

func (r ReportTexts) unseen(p locale.Printer) string {
	switch {
	case r.alone:
		return p.Text("unseen.private", nil)
	case r.beside:
		return p.Text("unseen.beside", locale.Args{"bot": r.bot})
	}
	return p.Text("unseen.menu", nil)
}

// Help is the help for members of a group. It mentions the list of messages only where asking for it is unseen.
func (r ReportTexts) Help(p locale.Printer) string {
	text := p.Text("help.group", locale.Args{"how": r.How(p)}) + "\n"
	switch {
	case r.alone:
	case r.beside:
		text += "\n" + p.Text("help.picker_beside", locale.Args{"bot": r.bot})
	default:
		text += "\n" + p.Text("help.picker", nil)
	}
	return text + "\n" + p.Text("help.more", nil)
}

// Beside tells the members of a group of another bot, and how to report all the same.
func (r ReportTexts) Beside(p locale.Printer) string {
	if r.alone {
		return p.Text("bots.beside_private", nil)
	}
	return p.Text("bots.beside", locale.Args{"bot": r.bot})
}
