package handlers

import (
	"cmp"
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// soughtMessages finds the messages that somebody may mean.
type soughtMessages interface {
	seenMessages
	// Linked lists the groups of the bot's to which a link may lead.
	Linked(ctx context.Context, to moderation.MessageRef) ([]int64, error)
	// Forwards lists the recent messages whose forwards show a time, and that match in any form they had, each in its latest. It
	// says whether these are all.
	Forwards(ctx context.Context, at int64, matches func(moderation.SeenMessage) bool) ([]moderation.SeenMessage, bool, error)
}

// privateReports takes reports in private, of a message that was forwarded or to which a link leads. Nothing that depends on
// the message is done while the update is handled. It is done by [privateReports.findReported] later.
type privateReports struct {
	reports
	store soughtMessages
	sent  *sentPrivately

	practiceStore allPractices
}

// report is /report in private: in reply to a forward or a link, with a link behind it, or before either is sent.
func (h privateReports) report(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	m := cmd.Message
	if to, typed, found := request.FindMessageLink(m, cmd.Args); found {
		return nil, h.queue(ctx, cmd.Update, m, to, typed, m.ID)
	}
	if to := m.ReplyTo; to != nil && !h.sentByMe(to) {
		if of, typed, found := refOf(to); found {
			if cmd.Args != "" {
				typed = cmd.Args
			}
			return nil, h.queue(ctx, cmd.Update, m, of, typed, to.ID, m.ID)
		}
	}
	h.sent.setCategory(m.From.ID, cmd.Args, h.now())
	return h.tellPrivately(ctx, cmd.Update, cmd, "private.how")
}

// sentByMe reports whether the bot wrote a message.
func (h privateReports) sentByMe(m *wire.Message) bool {
	return m.From != nil && m.From.ID == h.find.Me().ID
}

// refOf is the message that somebody means who sent this one: a forward, or a link and perhaps a category.
func refOf(m *wire.Message) (to moderation.MessageRef, typed string, found bool) {
	if of, found := request.Forwarded(m); found {
		return of, "", true
	}
	to, _, found = request.FindMessageLink(m, m.Text)
	return to, "", found
}

// sends takes what somebody sent in private without a command. It does nothing, and returns false, if that names no message.
func (h privateReports) sends(ctx context.Context, u *wire.Update) (bool, error) {
	m := u.Message
	to, typed, found := refOf(m)
	if !found {
		return false, nil
	}
	return true, h.queue(ctx, u.ID, m, to, typed, m.ID)
}

// queue has the message found that somebody means. Sent is what they sent. Of an album the first item is enough.
func (h privateReports) queue(ctx context.Context, update int64, m *wire.Message, to moderation.MessageRef, typed string, sent ...int64) error {
	if m.Album != "" && !h.sent.addItem(m.From.ID, m.Album, m.ID) {
		_, err := h.court.Note(ctx, update, 0)
		return err
	}
	return h.court.ReportPrivately(ctx, update, moderation.LookupMessage{
		To: privateAsker(m.From), Message: to, Typed: cmp.Or(typed, h.sent.category(m.From.ID, h.now())), Messages: sent,
	})
}
