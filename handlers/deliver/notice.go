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

// notices tells authors and reporters what became of a case.
type notices struct{ restrainer }

// notify tells the author what was done, in the group or in private. If neither reaches them the
// outcome card will offer them a way.
func (h notices) notify(ctx context.Context, e moderation.Effect, n moderation.Notice) error {
	if !isPrivateNotice(e) && n.To.Private && h.tg.Me().NoEphemeral {
		return nil // it would be a second notice in private
	}
	id := e.Waits().Chat
	cs, err := h.store.Case(ctx, id, n.Case)
	if err != nil || cs.Reversed != "" {
		return err // or it was taken back while the notice waited, of which they are told
	}
	p, err := h.printer(ctx, id, n.To)
	if err != nil {
		return err
	}
	if early, err := h.tooEarly(ctx, e, n); err != nil || early {
		return err
	}
	if n.Waited || n.Harsher {
		return h.tellShort(ctx, p, e, n, cs)
	}
	chat, err := h.store.Chat(ctx, id)
	if err != nil {
		return err
	}
	if isPrivateNotice(e) {
		text, err := h.find.PrivateNotice(ctx, p, chat, cs, n.Standing)
		if err != nil {
			return err
		}
		_, err = h.Do(ctx, h.notice(p, chat, cs, wire.SendMessage(n.To.ID, text), true))
		return h.heard(ctx, e, n, err)
	}
	call := wire.SendMessage(id, view.NoticeText(p, chat, cs, "", n.Standing))
	return h.heard(ctx, e, n, h.sendEphemeral(ctx, recipient{n.To, id, n.Case}, h.notice(p, chat, cs, call, false)))
}

// notice is a call that tells the author of their case, with what they can do about it.
func (h notices) notice(p locale.Printer, chat moderation.Chat, cs moderation.Case, call wire.Call, private bool) wire.Call {
	return call.Keyboard(view.NoticeButtons(p, chat, cs, h.now(), h.tg.Me().Username, private)).NoPreview()
}

// tellShort tells the author something about a case that they know of, if there is something to tell.
func (h notices) tellShort(ctx context.Context, p locale.Printer, e moderation.Effect, n moderation.Notice, cs moderation.Case) error {
	id, group := e.Waits().Chat, ""
	if isPrivateNotice(e) {
		var err error
		if group, err = h.find.Name(ctx, id); err != nil {
			return err
		}
	}
	text := view.HarsherText(p, cs, n, group)
	if n.Waited {
		text = view.WaitedText(p, cs, n, group)
	}
	switch {
	case text == "":
		return nil
	case group != "":
		_, err := h.Do(ctx, wire.SendMessage(n.To.ID, text).NoPreview())
		return h.heard(ctx, e, n, err)
	}
	return h.heard(ctx, e, n, h.sendEphemeral(ctx, recipient{n.To, id, n.Case}, wire.SendMessage(id, text).NoPreview()))
}

// heard notes a notice that did not arrive. One that must precede a ban is tried once, so that the
// ban does not wait for it.
func (h notices) heard(ctx context.Context, e moderation.Effect, n moderation.Notice, err error) error {
	kind := wire.KindOf(err)
	var wait *outbox.NotBefore
	switch {
	case err == nil, errors.As(err, &wait):
		return err
	case kind == wire.KindNoRights && !n.First:
		return h.waitToTell(ctx, e, err)
	case kind == wire.KindTemporary && !n.First, kind == wire.KindUnauthorized, kind == wire.KindMigrated:
		return err
	}
	if isPrivateNotice(e) && kind == wire.KindBlocked {
		if err := h.court.Private(ctx, 0, n.To.ID, false); err != nil {
			return err
		}
	}
	return h.court.Unheard(ctx, e.Waits().Chat, n.Case)
}

// isPrivateNotice reports whether a notice goes to the private chat.
func isPrivateNotice(e moderation.Effect) bool { return e.Kind() == moderation.EffectPrivateNotice }

// tooEarly reports whether a notice would tell of a ban that Telegram does not let the bot put. It is told later then, in the
// words of what became of the ban.
func (h notices) tooEarly(ctx context.Context, e moderation.Effect, n moderation.Notice) (bool, error) {
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
	if isPrivateNotice(e) {
		later = moderation.SendPrivateNotice{Notice: n}
	}
	return true, h.court.Do(ctx, e.Waits().Chat, []moderation.Effect{later})
}
