package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// logs writes to the log channel.
type logs struct{ entries }

// writeLog writes an entry into the log channel. It says false if that is out of reach, so that the
// admins must be told otherwise.
func (h logs) writeLog(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) (bool, error) {
	found, err := h.find.LogChat(ctx, chat.ID, chat.Log)
	if lookup.OfGroup(err) {
		return false, err // without the group's admins nobody can say whose the log is
	}
	if err == nil {
		if why := unfit(chat, found); why != "" {
			return false, h.court.LoseLog(ctx, chat.ID, chat.Log, why)
		}
		err = h.writeEntry(ctx, chat, e)
	}
	switch wire.KindOf(err) {
	case wire.KindOK:
		if chat.LogLost {
			return true, h.court.FindLog(ctx, chat.ID, chat.Log)
		}
		return true, nil
	case wire.KindMigrated:
		// The error must not get out: [Deliverer.Deliver] would take it for the moderated group that moved.
		var moved *wire.Error
		errors.As(err, &moved)
		if err := h.court.MoveLog(ctx, chat.ID, chat.Log, moved.MigrateTo); err != nil {
			return false, err
		}
		return false, &outbox.NotBefore{Until: h.now()}
	case wire.KindNoRights, wire.KindNoTopic, wire.KindRemoved, wire.KindGone, wire.KindBlocked, wire.KindInvalid, wire.KindUnsupported:
		return false, h.court.LoseLog(ctx, chat.ID, chat.Log, moderation.TopicLogLost)
	default:
		return false, err
	}
}

// writeFormerLog writes in the log that the group had until now, if it is still fit for that. Else the admins are told elsewhere.
func (h logs) writeFormerLog(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) error {
	chat.Log = e.Log
	found, err := h.find.LogChat(ctx, chat.ID, e.Log)
	if lookup.OfGroup(err) {
		return h.settled(err)
	}
	if err != nil || unfit(chat, found) != "" {
		return retriable(err)
	}
	return retriable(h.writeEntry(ctx, chat, e))
}

// unfit says why nothing may be written to a log; empty if it may.
func unfit(chat moderation.Chat, found lookup.LogChat) moderation.Topic {
	switch {
	case found.Open, found.Chat.Direct, found.Chat.Linked == chat.ID, chat.Log == chat.Linked:
		return moderation.TopicLogPublic
	case !found.Trusted():
		return moderation.TopicLogForeign
	default:
		return ""
	}
}

func (h logs) writeEntry(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) error {
	p, err := h.printer(ctx, chat.ID, moderation.Person{})
	if err != nil {
		return err
	}
	said, err := h.entry(ctx, p, e.Chat, e.Entry, moderation.Person{})
	if err != nil || said.Text == "" {
		return err
	}
	res, err := h.Do(ctx, said.Call(chat.Log))
	if err != nil || e.Entry.About() == "" {
		return err
	}
	cs, err := h.store.Case(ctx, e.Chat, e.Entry.About())
	if err != nil || cs.Removal != moderation.ProgressWaits && cs.Put != moderation.ProgressWaits {
		return nil //nolint:nilerr // it is written, and once is enough
	}
	sent, err := res.Sent()
	if err != nil {
		return nil //nolint:nilerr // likewise
	}
	entry := moderation.LogEntry{Chat: chat.Log, Message: sent.MessageID, Topic: e.Entry.Topic(), By: e.Entry.Doer(), Seal: said.Seal}
	return h.court.Logged(ctx, e.Chat, e.Entry.About(), entry)
}

// retriable is an error after which the same is tried again later, nil for others.
func retriable(err error) error {
	if kind := wire.KindOf(err); kind == wire.KindTemporary || kind == wire.KindTooMany {
		return err
	}
	return nil
}

// redrawEntry brings the entry of a case in the log channel into line with what became of it. It says false if there is no such
// entry any more.
func (h logs) redrawEntry(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) (bool, error) {
	cs, err := h.store.Case(ctx, e.Chat, e.Entry.About())
	if err != nil || cs.Entry.Message == 0 || cs.Entry.Chat != chat.Log {
		return false, err
	}
	if found, err := h.find.LogChat(ctx, chat.ID, chat.Log); err != nil || unfit(chat, found) != "" {
		return false, retriable(err) // writeLog finds out why
	}
	p, err := h.printer(ctx, chat.ID, moderation.Person{})
	if err != nil {
		return false, err
	}
	old := moderation.CaseEntry{What: cs.Entry.Topic, Case: e.Entry.About(), By: cs.Entry.By}
	said, err := h.caseEntry(ctx, p, chat, old)
	if err != nil {
		return false, err
	}
	text := p.Text("entry.group", locale.Args{"group": h.find.Title(ctx, e.Chat)}) + "\n" + said.Text
	sealed := view.Sealed(text, cs.Entry.Seal)
	_, err = h.Do(ctx, wire.EditMessageText(cs.Entry.Chat, cs.Entry.Message, sealed).NoPreview().Keyboard(said.Rows))
	switch wire.KindOf(err) {
	case wire.KindOK, wire.KindNotModified:
		return true, h.court.Logged(ctx, e.Chat, e.Entry.About(), cs.Entry)
	case wire.KindTemporary, wire.KindTooMany:
		return false, err
	default:
		return false, nil // it is gone, or out of reach: another is written
	}
}
