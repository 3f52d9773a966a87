package deliver

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/outbox"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// cards shows the vote cards of cases.
type cards struct{ teller }

// showCard brings the vote card into line with its case: sends it, edits it, or leaves it alone.
func (h cards) showCard(ctx context.Context, e moderation.DrawCard) error {
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	if errors.Is(err, moderation.ErrNoCase) {
		return nil
	}
	if err != nil {
		return err
	}
	never := cs.Card == 0
	switch {
	case cs.Verdict == moderation.Withdrawn, never && cs.Verdict.Final():
		return nil
	case e.Open && cs.Verdict.Final():
		return nil // decided meanwhile: another effect shows it, after what it brought is done
	case !never && h.now().Before(cs.CardEdited.Add(moderation.CardSpacing)):
		return &outbox.NotBefore{Until: cs.CardEdited.Add(moderation.CardSpacing), Also: outbox.NothingElse}
	}
	chat, err := h.store.Chat(ctx, cs.Chat)
	if err != nil {
		return err
	}
	p := view.PrinterFor(chat, "", h.now())
	text, rows := view.CardText(p, chat, cs), view.CardButtons(p, chat, cs, h.tg.Me().Username)
	if never {
		return h.sendCard(ctx, e, cs, text, rows)
	}
	edit := wire.EditMessageText(cs.Chat, cs.Card, text).Keyboard(rows)
	if cs.Verdict == moderation.Open {
		edit = edit.Yield() // the next vote makes it needless
	}
	_, err = h.Do(ctx, edit)
	if err != nil {
		return h.settled(err) // an admin may have removed the card: it is not put back
	}
	return h.cardShown(ctx, e, cs.Card)
}

func (h cards) sendCard(ctx context.Context, e moderation.DrawCard, cs moderation.Case, text string, rows [][]wire.Button) error {
	call := wire.SendMessage(cs.Chat, text).Quiet().NoPreview().Thread(cs.Thread).Keyboard(rows)
	if cs.Message != 0 {
		call = call.ReplyTo(cs.Message)
	}
	res, err := h.doHere(ctx, call) // without its message it would ask about nothing, so it goes nowhere else
	if err != nil {
		return h.settled(err)
	}
	sent, err := res.Sent()
	if err != nil {
		return err
	}
	// If the bot is killed here, the card stands in the group and its number is unknown. Another is sent, and taps on
	// the first still count, since it replies to the message the case is about.
	return h.cardShown(ctx, e, sent.MessageID)
}

func (h cards) cardShown(ctx context.Context, e moderation.DrawCard, message int64) error {
	if err := h.court.CardShown(ctx, e, message); err != nil {
		return err
	}
	return outbox.ErrNoted
}

// removeCard takes the card away.
func (h cards) removeCard(ctx context.Context, e moderation.RemoveCard) error {
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Card == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = h.Do(ctx, wire.DeleteMessages(cs.Chat, []int64{cs.Card}))
	return h.settled(err)
}
