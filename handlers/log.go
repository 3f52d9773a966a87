package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// writeLog writes an entry into the log channel. It says false if that is out of reach, so that the
// admins must be told otherwise.
func (h *Handlers) writeLog(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) (bool, error) {
	found, open, err := h.find.Readable(ctx, chat.Log)
	if err == nil && (open || found.Direct || found.Linked == chat.ID || chat.Log == chat.Linked) {
		return false, h.court.LoseLog(ctx, chat.ID, chat.Log, true)
	}
	if err == nil {
		err = h.writeEntry(ctx, chat, e)
	}
	switch bot.KindOf(err) {
	case bot.KindOK:
		if chat.LogLost {
			return true, h.court.FindLog(ctx, chat.ID, chat.Log)
		}
		return true, nil
	case bot.KindMigrated:
		// The error must not get out: [Handlers.Carry] would take it for the moderated group that moved.
		var moved *bot.Error
		errors.As(err, &moved)
		if err := h.court.MoveLog(ctx, chat.ID, chat.Log, moved.MigrateTo); err != nil {
			return false, err
		}
		return false, &NotYet{Until: h.now()}
	case bot.KindNoRights, bot.KindNoTopic, bot.KindRemoved, bot.KindGone, bot.KindBlocked, bot.KindInvalid, bot.KindUnsupported:
		return false, h.court.LoseLog(ctx, chat.ID, chat.Log, false)
	default:
		return false, err
	}
}

func (h *Handlers) writeEntry(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) error {
	p, err := h.speak(ctx, chat.ID, moderation.Person{})
	if err != nil {
		return err
	}
	said, err := h.entry(ctx, p, e.Chat, e.News, moderation.Person{})
	if err != nil || said.Text == "" {
		return err
	}
	res, err := h.do(ctx, said.Call(chat.Log))
	if err != nil || e.News.About() == "" {
		return err
	}
	cs, err := h.memory.Case(ctx, e.Chat, e.News.About())
	if err != nil || cs.Removal != moderation.ProgressWaits && cs.Put != moderation.ProgressWaits {
		return nil //nolint:nilerr // it is written, and once is enough
	}
	sent, err := res.Sent()
	if err != nil {
		return nil //nolint:nilerr // likewise
	}
	entry := moderation.LogEntry{Chat: chat.Log, Message: sent.MessageID, Topic: e.News.Topic(), By: e.News.Doer(), Seal: said.Seal}
	return h.court.Logged(ctx, e.Chat, e.News.About(), entry)
}
