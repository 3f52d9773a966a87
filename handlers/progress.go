package handlers

import (
	"context"
	"errors"
	"slices"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// delivered notes how far an effect of a case is, which is done with that.
func (h *Handlers) delivered(ctx context.Context, e moderation.Effect, p moderation.Progress) error {
	_, deletes := e.(moderation.DeleteMessages)
	_, puts := e.(moderation.PutPenalty)
	id := moderation.CaseOf(e)
	if id == "" || !deletes && !puts {
		return nil
	}
	cs, err := h.memory.Case(ctx, e.Waits().Chat, id)
	if errors.Is(err, moderation.ErrNoCase) {
		return nil
	}
	if err != nil {
		return err
	}
	was := cs.Put
	if deletes {
		was = cs.Removal
	}
	if err := h.court.Delivered(ctx, e, was, p); err != nil {
		return err
	}
	return ErrNoted
}

// announce has the author of a case told, while they can still read it, of a ban that had to wait: it is put when that is done.
// It says false if there is nothing to announce, or the right for it is not there yet.
func (h *Handlers) announce(ctx context.Context, e moderation.PutPenalty) (bool, error) {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil || cs.Put != moderation.ProgressWaits || !leaves(e.Step) || !cs.Author.Reachable() {
		return false, err
	}
	if can, err := h.canPunish(ctx, e.Chat, e.Author.ID); err != nil || !can {
		return false, err
	}
	return true, h.court.Announce(ctx, e)
}

// leaves reports whether the author is out of the group then.
func leaves(s moderation.Step) bool {
	return s.Deed == moderation.Kick || s.Deed == moderation.Ban
}

// canPunish asks Telegram whether it would let the bot put somebody out.
func (h *Handlers) canPunish(ctx context.Context, id, person int64) (bool, error) {
	chat, err := h.memory.Chat(ctx, id)
	if err != nil {
		return false, err
	}
	rights, err := h.find.MyRights(ctx, chat)
	if err != nil || !rights.Has(chat.Kind.Needs(moderation.RightRestrict)) {
		return false, err
	}
	m, err := h.find.Member(ctx, id, person)
	return !m.Admin(), err
}

// tooEarly reports whether a notice would tell of a ban that Telegram does not let the bot put. It is told later then, in the
// words of what became of the ban.
func (h *Handlers) tooEarly(ctx context.Context, e moderation.Effect, n moderation.Notice) (bool, error) {
	if !n.First {
		return false, nil
	}
	can, err := h.canPunish(ctx, e.Waits().Chat, n.To.ID)
	if can || errors.Is(err, lookup.ErrUnsure) { // if Telegram does not say, the ban must not wait
		return false, nil
	}
	if err != nil {
		return false, err
	}
	n.First = false
	var later moderation.Effect = moderation.SendNotice{Notice: n}
	if isLetter(e) {
		later = moderation.SendLetter{Notice: n}
	}
	return true, h.court.Do(ctx, e.Waits().Chat, []moderation.Effect{later})
}

// stillHeld reports whether a mute or ban holds somebody who is told that it ended, since the bot lacks the right to lift it.
func (h *Handlers) stillHeld(ctx context.Context, e moderation.SendNews) (bool, error) {
	ended := e.Reversal != "" || e.Appeal == moderation.NoAppeal && e.Rule == ""
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil || !ended || !slices.Contains(chat.Missing(), chat.Kind.Needs(moderation.RightRestrict)) {
		return false, err
	}
	return h.find.Held(ctx, e.Chat, moderation.Author{ID: e.To.ID})
}

// settledEntry puts right what the log says of a case in which something waited. Where there is no log, the admins are told only
// of what is not done after all: that a right is back, and that what waited is done, they know. It says false if they must be told.
func (h *Handlers) settledEntry(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) (bool, error) {
	if chat.Log != 0 {
		return h.redrawEntry(ctx, chat, e)
	}
	cs, err := h.memory.Case(ctx, e.Chat, e.News.About())
	return cs.Put != moderation.ProgressLate, err
}

// redrawEntry brings the entry of a case in the log channel into line with what became of it. It says false if there is no such
// entry any more.
func (h *Handlers) redrawEntry(ctx context.Context, chat moderation.Chat, e moderation.TellAdmins) (bool, error) {
	cs, err := h.memory.Case(ctx, e.Chat, e.News.About())
	if err != nil || cs.Entry.Message == 0 || cs.Entry.Chat != chat.Log {
		return false, err
	}
	p, err := h.speak(ctx, chat.ID, moderation.Person{})
	if err != nil {
		return false, err
	}
	old := moderation.CaseNews{What: cs.Entry.Topic, Case: e.News.About(), By: cs.Entry.By}
	said, err := h.caseEntry(ctx, p, chat, old)
	if err != nil {
		return false, err
	}
	text, offset, length := p.Text("entry.group", locale.Args{"group": h.find.Title(ctx, e.Chat)})+"\n"+said.Text, 0, 0
	if cs.Entry.Seal != "" {
		text, offset, length = view.Sealed(text, cs.Entry.Seal)
	}
	call := bot.EditMessageText(cs.Entry.Chat, cs.Entry.Message, text).NoPreview().Keyboard(said.Rows)
	if length > 0 {
		call = call.Fold(offset, length)
	}
	_, err = h.do(ctx, call)
	switch bot.KindOf(err) {
	case bot.KindOK, bot.KindNotModified:
		return true, h.court.Logged(ctx, e.Chat, e.News.About(), cs.Entry)
	case bot.KindTemporary, bot.KindTooMany:
		return false, err
	default:
		return false, nil // it is gone, or out of reach: another is written
	}
}
