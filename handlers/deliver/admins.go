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

// atOnce are the topics that each admin is told by themselves: what the bot cannot do its work without, and what comes when it
// is due. All others are gathered.
var atOnce = map[moderation.Topic]bool{
	moderation.TopicRights: true, moderation.TopicLogLost: true, moderation.TopicLogPublic: true, moderation.TopicLogForeign: true,
	moderation.TopicDigest: true, moderation.TopicComplaints: true,
}

// tellAdmins tells the admins something: in the log channel, or, if there is none or it is out of
// reach, each of them who can be written to.
func (h admins) tellAdmins(ctx context.Context, e moderation.TellAdmins) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	if e.Log != 0 {
		return h.writeFormerLog(ctx, chat, e)
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
		if err != nil || written && !changesLog(e.Entry) {
			return err
		}
	}
	if carded, err := h.carded(ctx, e); err != nil || carded {
		return err
	}
	if !atOnce[topic] {
		if err := h.court.Gather(ctx, e); err != nil {
			return err
		}
		return outbox.ErrNoted
	}
	to, err := h.eachAdmin(ctx, e.Chat, owners[topic])
	if err != nil {
		return h.settled(err)
	}
	var each []moderation.Effect
	for _, one := range to {
		each = append(each, moderation.TellAdmin{Entry: e.Entry, To: one})
	}
	// Killed here, they are told again: better twice than never.
	return h.court.Do(ctx, e.Chat, each)
}

// changesLog reports whether the group got another log channel, or none. Then each admin is told too, and of what else was
// changed in these minutes: who changes something must not choose who reads of it.
func changesLog(n moderation.Entry) bool {
	several, ok := n.(moderation.Several)
	return moderation.ChangesLog(n) || ok && several.Has(moderation.ChangesLog)
}

// eachAdmin lists the admins of a group, or its owner alone, and where they are written to.
func (h admins) eachAdmin(ctx context.Context, chat int64, ownerOnly bool) ([]moderation.Person, error) {
	found, err := h.find.Admins(ctx, chat)
	if err != nil {
		return nil, err
	}
	to := []moderation.Person{}
	for _, m := range found {
		if m.User.Bot || ownerOnly && m.Status != "creator" {
			continue
		}
		private, err := h.store.Private(ctx, m.User.ID)
		if err != nil {
			return nil, err
		}
		to = append(to, moderation.Person{ID: m.User.ID, Language: m.User.Language, Private: private})
	}
	return to, nil
}

// tellGathered has told what was gathered until now.
func (h admins) tellGathered(ctx context.Context, e moderation.GatherEntries) error {
	var to []moderation.Person
	if e.Each && len(e.Told.Entries) > 0 {
		var err error
		if to, err = h.eachAdmin(ctx, e.Chat, false); err != nil {
			return h.settled(err)
		}
	}
	told, err := h.court.TellGathered(ctx, e, to)
	switch {
	case err != nil:
		return err
	case !told:
		return &outbox.NotBefore{Until: h.now()}
	}
	return outbox.ErrNoted
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

// tellAdmin tells one admin, in private if they opened that chat, else ephemerally in the group. Who is an admin no more is
// told nothing, nor who may be none any more, for all that Telegram says.
func (h admins) tellAdmin(ctx context.Context, e moderation.TellAdmin) error {
	rights := e.Entry.Topic() == moderation.TopicRights
	switch m, err := h.find.Member(ctx, e.Chat, e.To.ID); {
	case err == nil && !m.Admin():
		return nil
	case wire.KindOf(err) == wire.KindNoRights && !rights:
		return h.waitToTell(ctx, e, err)
	case wire.KindOf(err) == wire.KindNoRights: // it asks for the very thing, and says nothing of anybody
	case err != nil:
		return h.settled(err)
	}
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
	if rights {
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
