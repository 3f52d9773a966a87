package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// showCard brings the vote card into line with its case: sends it, edits it, or leaves it alone.
func (h *Handlers) showCard(ctx context.Context, e moderation.Effect) error {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
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
	case e.Verdict == moderation.Open && cs.Verdict.Final():
		return nil // decided meanwhile: another effect shows it, after what it brought is done
	case !never && h.now().Before(cs.CardEdited.Add(moderation.CardSpacing)):
		return &NotYet{Until: cs.CardEdited.Add(moderation.CardSpacing), Alone: true}
	}
	chat, err := h.memory.Chat(ctx, cs.Chat)
	if err != nil {
		return err
	}
	p := h.printerFor(chat, "")
	text, rows := cardText(p, chat, cs), cardButtons(p, chat, cs, h.tg.Me().Username)
	if never {
		return h.sendCard(ctx, e, cs, text, rows)
	}
	edit := bot.EditMessageText(cs.Chat, cs.Card, text).Keyboard(rows)
	if cs.Verdict == moderation.Open {
		edit = edit.Yield() // the next vote makes it needless
	}
	_, err = h.do(ctx, edit)
	if err != nil {
		return h.settled(err) // an admin may have removed the card: it is not put back
	}
	return h.cardShown(ctx, e, cs.Card)
}

func (h *Handlers) sendCard(ctx context.Context, e moderation.Effect, cs moderation.Case, text string, rows [][]bot.Button) error {
	call := bot.SendMessage(cs.Chat, text).Quiet().NoPreview().Thread(cs.Thread).Keyboard(rows)
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
	// Killed here, the card stands in the group and we do not know its number: another is sent,
	// and taps on the first still count, for it replies to the message the case is about.
	return h.cardShown(ctx, e, sent.MessageID)
}

func (h *Handlers) cardShown(ctx context.Context, e moderation.Effect, message int64) error {
	if err := h.court.CardShown(ctx, e, message); err != nil {
		return err
	}
	return ErrNoted
}

// cardText says how many have voted and nothing else: no names, no sides, no distance to a
// verdict. Of a final case it says how it ended; that the message was removed only if it was.
func cardText(p locale.Printer, chat moderation.Chat, cs moderation.Case) string {
	args := locale.Args{"case": cs.ID, "rule": ruleName(p, chat.Book.Rule(cs.Rule)), "count": cs.Breaks}
	key := "card." + string(cs.Verdict)
	switch cs.Verdict {
	case moderation.Open:
		votes := p.Text("card.votes", locale.Args{"count": cs.Votes})
		return p.Text("card.question", locale.Args{"votes": votes})
	case moderation.Dismissed:
		args["count"] = cs.Votes - cs.Breaks
	case moderation.Upheld:
		if cs.Reversed == moderation.Overturned {
			return p.Text("card.overturned", args)
		}
		if cs.Removal == moderation.ProgressWaits {
			return p.Text("card.waiting", args)
		}
		if cs.Removal.Never() {
			return p.Text("card.never", args)
		}
	}
	if cs.ByAdmin {
		key += "_admin"
	}
	return p.Text(key, args)
}

// cardButtons are the two sides of an open case, or, of one whose author was not reached, the way to the notice.
func cardButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, username string) [][]bot.Button {
	switch {
	case cs.Verdict == moderation.Open:
		return [][]bot.Button{{
			coloured(bot.Button{Text: p.Text("button.breaks", nil), Data: voteData(chat.Ref, cs.ID, moderation.Breaks)}),
			{Text: p.Text("button.fine", nil), Data: voteData(chat.Ref, cs.ID, moderation.Fine)},
		}}
	case cs.Unheard:
		return [][]bot.Button{{{Text: p.Text("button.about", nil), URL: aboutLink(username, cs)}}}
	default:
		return nil
	}
}

// removeCard takes the card away.
func (h *Handlers) removeCard(ctx context.Context, e moderation.Effect) error {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Card == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = h.do(ctx, bot.DeleteMessages(cs.Chat, []int64{cs.Card}))
	return h.settled(err)
}
