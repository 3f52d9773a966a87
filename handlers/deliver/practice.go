package deliver

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// practices shows the messages of practices.
type practices struct{ teller }

// draw takes the next step of a practice.
func (h practices) draw(ctx context.Context, e moderation.DrawPractice) error {
	pr, err := h.store.Practice(ctx, e.Chat)
	if err != nil {
		return err
	}
	what, at := pr.Due(h.now())
	switch {
	case what == moderation.PracticeNothing:
		return nil
	case at.After(h.now()):
		return &outbox.NotBefore{Until: at, Also: outbox.NothingElse}
	}
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	var message int64
	if call, calls := h.call(chat, pr, what); calls {
		if message, err = h.sent(ctx, call); err != nil {
			return err
		}
	}
	if err := h.court.PracticeDrawn(ctx, e, pr.Number(), what, message, pr.Tally().Votes()); err != nil {
		return err
	}
	return outbox.ErrNoted
}

// call is what the group sees of a step, if it sees anything.
func (h practices) call(chat moderation.Chat, pr moderation.Practice, what moderation.PracticeDue) (call wire.Call, calls bool) {
	p := view.PrinterFor(chat, "", h.now())
	switch what {
	case moderation.PracticePost:
		text := view.PracticeText(p, view.ReportTextsIn(h.tg.Me(), chat, h.now()))
		return wire.SendMessage(chat.ID, text).Quiet().NoPreview().Thread(pr.Thread), true
	case moderation.PracticeAsk:
		text, rows := view.PracticeCard(p, chat, pr)
		return wire.SendMessage(chat.ID, text).Quiet().NoPreview().Thread(pr.Thread).Keyboard(rows).ReplyTo(pr.Message), true
	case moderation.PracticeEdit, moderation.PracticeTell:
		text, rows := view.PracticeCard(p, chat, pr)
		edit := wire.EditMessageText(chat.ID, pr.Card, text).Keyboard(rows)
		if what == moderation.PracticeEdit {
			edit = edit.Yield()
		}
		return edit, true
	}
	return call, false
}

// sent makes a call and returns the message that it made; 0 if Telegram refuses it for good.
func (h practices) sent(ctx context.Context, call wire.Call) (int64, error) {
	res, err := h.doHere(ctx, call) // in another topic nobody would look for it
	if err != nil {
		return 0, h.settled(err)
	}
	sent, err := res.Sent()
	return sent.MessageID, err
}

// tellOutcome tells a reporter how a practice ended. Only they see it. If that cannot be told, it matters to nobody.
func (h practices) tellOutcome(ctx context.Context, e moderation.SendPracticeOutcome) error {
	pr, err := h.store.Practice(ctx, e.Chat)
	if err != nil {
		return err
	}
	p, err := h.printer(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	return h.show(ctx, e.Chat, pr.Thread, e.To.ID, view.PracticeOutcomeText(p, e))
}

// inviteOwner invites the owner of a group to look at what Telegram shows admins of a practice.
func (h practices) inviteOwner(ctx context.Context, e moderation.SendPracticeAudit) error {
	chat, err := h.store.Chat(ctx, e.Chat)
	if err != nil || !chat.Rights.Admin {
		return err
	}
	found, err := h.find.Admins(ctx, e.Chat)
	if err != nil {
		return h.settled(err)
	}
	for _, m := range found {
		if m.Status != "creator" || m.User.Bot {
			continue
		}
		p := view.PrinterFor(chat, m.User.Language, h.now())
		return h.show(ctx, e.Chat, general, m.User.ID, p.Text("practice.owner", nil))
	}
	return nil
}

// show shows a text to one member.
func (h practices) show(ctx context.Context, chat, topic, to int64, text string) error {
	_, err := h.Do(ctx, wire.SendMessage(chat, text).NoPreview().Thread(topic).Ephemeral(to, "", 0))
	return h.settled(err)
}
