package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// admins tells the admins of a group something.
type admins struct{ logs }

// owners are the topics that are told to the group's owner alone.
var owners = map[moderation.Topic]bool{moderation.TopicComplaints: true}

// unlogged are the topics that do not go to the log channel: what concerns it, and what not all
// admins are to know.
var unlogged = map[moderation.Topic]bool{
	moderation.TopicLogLost: true, moderation.TopicLogPublic: true, moderation.TopicLogForeign: true, moderation.TopicComplaints: true,
}

// tellAdmins tells the admins something: in the log channel, or, if there is none or it is out of
// reach, each of them who can be written to.
func (h admins) tellAdmins(ctx context.Context, e moderation.TellAdmins) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	topic := e.Entry.Topic()
	if topic == moderation.TopicDigest {
		// Nobody tells a bot that a group was deleted; if it is quiet there this is when it is noticed.
		if _, err := h.Do(ctx, wire.GetChat(e.Chat)); wire.KindOf(err) == wire.KindRemoved {
			return h.settled(err)
		}
	}
	if _, due := e.Entry.(moderation.RightsDue); due {
		if err := h.court.TellRights(ctx, e); err != nil {
			return err
		}
		return outbox.ErrNoted
	}
	if topic == moderation.TopicUndecided {
		if due, err := h.listed(ctx, chat, e); err != nil || !due {
			return err
		}
	}
	if topic == moderation.TopicDelivered {
		if settled, err := h.settledEntry(ctx, chat, e); err != nil || settled {
			return err
		}
	}
	if chat.Log != 0 && !unlogged[topic] {
		written, err := h.writeLog(ctx, chat, e)
		if lookup.OfGroup(err) {
			return h.settled(err)
		}
		if err != nil || written {
			return err
		}
	}
	if carded, err := h.carded(ctx, e); err != nil || carded {
		return err
	}
	found, err := h.find.Admins(ctx, e.Chat)
	if err != nil {
		return h.settled(err)
	}
	var each []moderation.Effect
	for _, m := range found {
		// Who did it knows; they were answered.
		if m.User.Bot || m.User.ID == e.Entry.Doer().ID || owners[topic] && m.Status != "creator" {
			continue
		}
		private, err := h.store.Private(ctx, m.User.ID)
		if err != nil {
			return err
		}
		to := moderation.Person{ID: m.User.ID, Language: m.User.Language, Private: private}
		each = append(each, moderation.TellAdmin{Entry: e.Entry, To: to})
	}
	// Killed here, they are told again: better twice than never.
	return h.court.Do(ctx, e.Chat, each)
}

// listed notes that the admins are shown a case while it is undecided. It says false if they are not: it ended, or it has
// a card in a group without a log channel, where they see it as everybody does.
func (h admins) listed(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) (bool, error) {
	if chat.Log == 0 {
		if carded, err := h.carded(ctx, e); err != nil || carded {
			return false, err
		}
	}
	return h.court.List(ctx, e.Chat, e.Entry.About())
}

// carded reports whether an undecided case is told of that has a card in the group. It is shown in the log channel alone.
func (h admins) carded(ctx context.Context, e moderation.TellAdmins) (bool, error) {
	if e.Entry.Topic() != moderation.TopicUndecided {
		return false, nil
	}
	cs, err := h.store.Case(ctx, e.Chat, e.Entry.About())
	if errors.Is(err, moderation.ErrNoCase) {
		return true, nil // there is nothing to show at all
	}
	return cs.Carded() && cs.Card != 0, err // a card that Telegram did not take is none
}

// tellAdmin tells one admin, in private if they opened that chat, else ephemerally in the group.
func (h admins) tellAdmin(ctx context.Context, e moderation.TellAdmin) error {
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	entry, err := h.entry(ctx, p, e.Chat, e.Entry, e.To)
	if err != nil || entry.Text == "" {
		return err
	}
	if e.To.Private {
		_, err := h.Do(ctx, entry.Call(e.To.ID))
		if wire.KindOf(err) != wire.KindBlocked {
			return h.settled(err)
		}
		if err := h.court.Private(ctx, 0, e.To.ID, false); err != nil {
			return err
		}
	}
	err = h.sendEphemeral(ctx, recipient{e.To, e.Chat, e.Entry.About()}, entry.Call(e.Chat))
	if e.Entry.Topic() == moderation.TopicRights {
		return h.settled(err) // it would wait for the very thing that it asks for
	}
	return h.waitToTell(ctx, e, err)
}

// settledEntry puts right what the log says of a case in which something waited. Where there is no log, the admins are told only
// of what is not done after all: that a right is back, and that what waited is done, they know. It says false if they must be told.
func (h admins) settledEntry(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) (bool, error) {
	if chat.Log != 0 {
		return h.redrawEntry(ctx, chat, e)
	}
	cs, err := h.store.Case(ctx, e.Chat, e.Entry.About())
	return cs.Put != moderation.ProgressLate, err
}
