package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// notify tells the author what was done, in the group or in private. If neither reaches them the
// outcome card will offer them a way.
func (h *Handlers) notify(ctx context.Context, e moderation.Effect, n moderation.Notice) error {
	id := e.Waits().Chat
	cs, err := h.memory.Case(ctx, id, n.Case)
	if err != nil || cs.Reversed != "" {
		return err // or it was taken back while the notice waited, of which they are told
	}
	p, err := h.speak(ctx, id, n.To)
	if err != nil {
		return err
	}
	if early, err := h.tooEarly(ctx, e, n); err != nil || early {
		return err
	}
	switch {
	case n.Waited:
		return h.tellShort(ctx, p, e, n, view.WaitedText(p, cs, n))
	case n.Harsher:
		return h.tellShort(ctx, p, e, n, view.HarsherText(p, cs, n))
	}
	chat, err := h.memory.Chat(ctx, id)
	if err != nil {
		return err
	}
	if isLetter(e) {
		text, err := letterText(ctx, h.find, p, chat, cs)
		if err != nil {
			return err
		}
		text += view.CostText(p, n.Standing) + view.LearnText(p, chat, cs, h.now()) + view.ContestText(p, cs, h.now())
		_, err = h.do(ctx, h.notice(p, chat, cs, bot.SendMessage(n.To.ID, text), true))
		return h.heard(ctx, e, n, err)
	}
	text := view.NoticeText(p, chat, cs, "notice.group", nil) + view.CostText(p, n.Standing) + view.LearnText(p, chat, cs, h.now()) + view.ContestText(p, cs, h.now())
	return h.heard(ctx, e, n, h.whisper(ctx, recipient{n.To, id, n.Case}, h.notice(p, chat, cs, bot.SendMessage(id, text), false)))
}

// notice is a call that tells the author of their case, with what they can do about it.
func (h *Handlers) notice(p locale.Printer, chat moderation.Chat, cs moderation.Case, call bot.Call, private bool) bot.Call {
	if rows := view.NoticeButtons(p, chat, cs, h.now(), h.tg.Me().Username, private); len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	return call.NoPreview()
}

// tellShort tells the author something about a case that they know of, if there is something to tell.
func (h *Handlers) tellShort(ctx context.Context, p locale.Printer, e moderation.Effect, n moderation.Notice, text string) error {
	if text == "" {
		return nil
	}
	id := e.Waits().Chat
	if isLetter(e) {
		text, err := h.find.InGroup(ctx, p, id, text)
		if err != nil {
			return err
		}
		_, err = h.do(ctx, bot.SendMessage(n.To.ID, text).NoPreview())
		return h.heard(ctx, e, n, err)
	}
	return h.heard(ctx, e, n, h.whisper(ctx, recipient{n.To, id, n.Case}, bot.SendMessage(id, text).NoPreview()))
}

// heard notes a notice that did not arrive. One that must precede a ban is tried once, so that the
// ban does not wait for it.
func (h *Handlers) heard(ctx context.Context, e moderation.Effect, n moderation.Notice, err error) error {
	kind := bot.KindOf(err)
	var wait *NotYet
	switch {
	case err == nil, errors.As(err, &wait):
		return err
	case kind == bot.KindNoRights && !n.First:
		return h.untold(ctx, e, err)
	case kind == bot.KindTemporary && !n.First, kind == bot.KindUnauthorized, kind == bot.KindMigrated:
		return err
	}
	if isLetter(e) && kind == bot.KindBlocked {
		if err := h.court.Private(ctx, 0, n.To.ID, false); err != nil {
			return err
		}
	}
	return h.court.Unheard(ctx, e.Waits().Chat, n.Case)
}

// isLetter reports whether a notice goes to the private chat.
func isLetter(e moderation.Effect) bool { return e.Kind() == moderation.EffectLetter }

// tellNews tells somebody that their penalty ended before its time, and why.
func (h *Handlers) tellNews(ctx context.Context, e moderation.SendNews) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	text := view.NewsText(p, chat.Book, e)
	stays, err := h.staysText(ctx, p, e)
	if err != nil {
		return err
	}
	text += stays
	if e.To.Private {
		if text, err = h.find.InGroup(ctx, p, e.Chat, text); err != nil {
			return err
		}
		_, err = h.do(ctx, bot.SendMessage(e.To.ID, text).NoPreview())
		return h.settled(err)
	}
	return h.untold(ctx, e, h.whisper(ctx, recipient{e.To, e.Chat, e.Case}, bot.SendMessage(e.Chat, text).NoPreview()))
}

// staysText says to somebody who hears that a penalty ended what keeps them from writing all the same: that penalty, until the
// bot may lift it, or what an admin put on them by hand.
func (h *Handlers) staysText(ctx context.Context, p locale.Printer, e moderation.SendNews) (string, error) {
	if e.Reversal == "" && (e.Appeal != moderation.NoAppeal || e.Rule != "") {
		return "", nil // nothing ended
	}
	waits, err := h.stillHeld(ctx, e)
	if err != nil || waits {
		return " " + p.Text("news.waits", nil), err
	}
	held, err := h.heldByHand(ctx, e.Chat, e.To.ID)
	if err != nil || !held {
		return "", err
	}
	return " " + p.Text("news.by_hand", nil), nil
}

// tellOutcome tells a reporter how their case ended. Only they see it.
func (h *Handlers) tellOutcome(ctx context.Context, e moderation.SendOutcome) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return err
	}
	return h.untold(ctx, e, h.tell(ctx, recipient{e.To, e.Chat, e.Case}, view.OutcomeText(p, e, cs), view.ReceiptButton(p, chat, e.Case)))
}
