package deliver

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// members tells members what concerns their membership.
type members struct{ restrainer }

// inviteFor is how long a link back into a group is good.
const inviteFor = 7 * 24 * time.Hour

// invite sends whoever was put out of a group a way back: its public name, or a link for them alone. It waits
// while the end of their ban waits for a right. Whom an admin banned anew gets none.
func (h members) invite(ctx context.Context, e moderation.SendInvite) error {
	m, err := h.find.Member(ctx, e.Chat, e.To.ID)
	if err != nil || m.InChat() {
		return err
	}
	chat, err := h.store.Chat(ctx, e.Chat)
	switch {
	case err != nil:
		return err
	case m.Status == "kicked" && chat.Kind != moderation.Basic:
		return h.wait(ctx, e, func() error { return nil })
	}
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	found, err := h.find.Chat(ctx, e.Chat)
	if err != nil {
		return h.settled(err)
	}
	args := locale.Args{"group": view.TitleText(found.Title)}
	text := p.Text("invite.none", args)
	link, err := h.wayBack(ctx, found)
	switch {
	case err == nil:
		args["link"] = link
		text = p.Text("invite.link", args)
	case wire.KindOf(err) != wire.KindNoRights && wire.KindOf(err) != wire.KindInvalid:
		return h.settled(err)
	}
	_, err = h.Do(ctx, wire.SendMessage(e.To.ID, text).NoPreview())
	return h.settled(err)
}

func (h members) wayBack(ctx context.Context, chat wire.Chat) (string, error) {
	if chat.Username != "" {
		return "https://t.me/" + chat.Username, nil
	}
	res, err := h.Do(ctx, wire.InviteLink(chat.ID, h.now().Add(inviteFor)))
	if err != nil {
		return "", err
	}
	return res.Link()
}

// welcome tells a new member what holds in the group. One that comes late, or that Telegram refuses, is left
// out: nobody needs it so much that others should wait.
func (h members) welcome(ctx context.Context, e moderation.SendWelcome) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil || h.now().After(e.Until) || !chat.Policy.Quiz || !chat.Rights.Admin {
		return err
	}
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	_, err = h.Do(ctx, wire.SendMessage(e.Chat, view.WelcomeText(p, chat.Book, view.ReportTextsIn(h.tg.Me(), chat, h.now()))).NoPreview().Ephemeral(e.To.ID, "", 0))
	return h.settled(err)
}

// tellRegained tells somebody that they may send everything again.
func (h members) tellRegained(ctx context.Context, e moderation.SendRegained) error {
	if held, err := h.heldManually(ctx, e.Chat, e.To.ID); err != nil || held {
		return err // an admin keeps them from it
	}
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	return h.waitToTell(ctx, e, h.tell(ctx, recipient{e.To, e.Chat, ""}, p.Text("news.regained", nil)))
}

// tellCaution tells somebody that their ballots are wrong often, and until when their reports are paused
// for it. Nobody else ever learns of it.
func (h members) tellCaution(ctx context.Context, e moderation.SendCaution) error {
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	text := view.CautionText(p, e.Until)
	if e.To.Private {
		if text, err = h.find.InGroup(ctx, p, e.Chat, text); err != nil {
			return err
		}
	}
	return h.waitToTell(ctx, e, h.tellOwn(ctx, p, recipient{e.To, e.Chat, ""}, e.Cast, text))
}
