package deliver

import (
	"context"
	"errors"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// tellLaterNotice tells somebody that their penalty ended before its time, and why.
func (h notices) tellLaterNotice(ctx context.Context, e moderation.SendLaterNotice) error {
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) { // an admin may have ended whatever there was
		return err
	}
	text := view.LaterNoticeText(p, chat.Book, cs, e)
	stays, err := h.staysText(ctx, p, cs, e)
	if err != nil {
		return err
	}
	text += stays + view.LostText(p, cs, e)
	if e.To.Private {
		if text, err = h.find.InGroup(ctx, p, e.Chat, text); err != nil {
			return err
		}
		_, err = h.Do(ctx, wire.SendMessage(e.To.ID, text).NoPreview())
		return h.settled(err)
	}
	return h.waitToTell(ctx, e, h.sendEphemeral(ctx, recipient{e.To, e.Chat, e.Case}, wire.SendMessage(e.Chat, text).NoPreview()))
}

// staysText is for somebody who hears that a penalty ended. It says what keeps them from writing all the same: that penalty,
// until the bot may lift it, or what an admin put on them. A penalty that is not in force keeps nobody from anything.
func (h notices) staysText(ctx context.Context, p locale.Printer, cs moderation.Case, e moderation.SendLaterNotice) (string, error) {
	if e.Reversal == "" && (e.Appeal != moderation.NoAppeal || e.Rule != "" || e.Eased.After(h.now())) || cs.Swept() {
		return "", nil // nothing ended
	}
	waits, err := h.stillHeld(ctx, e)
	if err != nil || waits && !cs.Put.NotDone() {
		return " " + p.Text("news.waits", nil), err
	}
	held, err := h.heldManually(ctx, e.Chat, e.To.ID)
	if err != nil || !held {
		return "", err
	}
	return " " + p.Text("news.by_hand", nil), nil
}

// tellOutcome tells a reporter how their case ended. Only they see it.
func (h notices) tellOutcome(ctx context.Context, e moderation.SendOutcome) error {
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return err
	}
	return h.waitToTell(ctx, e, h.tellOwn(ctx, p, recipient{e.To, e.Chat, e.Case}, e.Cast, view.OutcomeText(p, e, cs), view.ReceiptButton(p, chat, e.Case)))
}

// stillHeld reports whether a mute or ban holds somebody who is told that it ended, since the bot lacks the right to lift it.
func (h notices) stillHeld(ctx context.Context, e moderation.SendLaterNotice) (bool, error) {
	ended := e.Reversal != "" || e.Appeal == moderation.NoAppeal && e.Rule == ""
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil || !ended || !slices.Contains(chat.Missing(), chat.Kind.Needs(moderation.RightRestrict)) {
		return false, err
	}
	return h.find.Held(ctx, e.Chat, moderation.Author{ID: e.To.ID})
}
