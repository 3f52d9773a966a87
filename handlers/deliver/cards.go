package deliver

import (
	"cmp"
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
	chat, err := h.store.Chat(ctx, cs.Chat)
	if err != nil {
		return err
	}
	never := cs.Card == 0
	switch {
	case cs.Verdict == moderation.Withdrawn, never && cs.Verdict.Final():
		return nil
	case e.Open && cs.Verdict.Final():
		return nil // decided meanwhile: another effect shows it, after what it brought is done
	case never && chat.PausedAt(h.now()) && cs.Breaks > 0:
		return h.court.CardRefused(ctx, cs.Chat, cs.ID) // the end of the pause has it shown
	case never && !cs.MayAppear(chat, h.now()):
		return nil // the next report has it shown
	case !never && e.Open && cs.Votes == cs.CardVotes:
		return nil // it shows that already
	case !never && e.Open && cs.NextEdit().After(h.now()):
		return &outbox.NotBefore{Until: cs.NextEdit(), Also: outbox.NothingElse}
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
	if err != nil && wire.KindOf(err) != wire.KindNotModified { // of an edit whose answer was lost, it says that it was made
		return h.settled(err) // an admin may have removed the card: it is not put back
	}
	return h.cardShown(ctx, e, cs.Card, cs.Votes)
}

func (h cards) sendCard(ctx context.Context, e moderation.DrawCard, cs moderation.Case, text string, rows [][]wire.Button) error {
	call := wire.SendMessage(cs.Chat, text).Quiet().NoPreview().Thread(cs.Thread).Keyboard(rows)
	if cs.Message != 0 {
		call = call.ReplyTo(cs.Message)
	}
	res, err := h.doHere(ctx, call) // without its message it would ask about nothing, so it goes nowhere else
	if err != nil {
		if err := h.settled(err); err != nil {
			return err
		}
		return h.court.CardRefused(ctx, cs.Chat, cs.ID)
	}
	sent, err := res.Sent()
	if err != nil {
		return err
	}
	// If the bot is killed here, the card stands in the group and its number is unknown. Another is sent, and taps on
	// the first still count, since it replies to the message the case is about.
	return h.cardShown(ctx, e, sent.MessageID, cs.Votes)
}

func (h cards) cardShown(ctx context.Context, e moderation.DrawCard, message int64, votes int) error {
	if err := h.court.CardShown(ctx, e, message, votes); err != nil {
		return err
	}
	return outbox.ErrNoted
}

// removeCard takes the card away.
func (h cards) removeCard(ctx context.Context, e moderation.RemoveCard) error {
	cs, err := h.store.Case(ctx, e.Chat, e.Case)
	card := cmp.Or(e.Message, cs.Card)
	if errors.Is(err, moderation.ErrNoCase) || err == nil && card == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = h.Do(ctx, wire.DeleteMessages(cs.Chat, []int64{card}))
	return h.settled(err)
}

// withdraw withdraws a case in which there is no ballot any more. If its card is there, another effect takes that away.
func (h cards) withdraw(ctx context.Context, e moderation.WithdrawCase) error {
	if err := h.court.Withdraw(ctx, e); err != nil {
		return err
	}
	return outbox.ErrNoted
}
