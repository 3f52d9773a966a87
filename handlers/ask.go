package handlers

import (
	"context"
	"errors"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// run gives a command to its route. What everybody saw is removed before anything slower is done.
func (h *Handlers) run(ctx context.Context, u *bot.Update, cmd invocation) ([]bot.Call, error) {
	m := u.Message
	a := &request.Command{Update: u.ID, Message: m, Args: cmd.args, Public: m.Chat.Group() && m.EphemeralID == 0}
	if a.Public {
		left, err := h.removeNow(ctx, m)
		if err != nil {
			return nil, err
		}
		a.Stands = left == commandStands
	}
	if request.ByBot(m) {
		return nil, h.noted(ctx, a)
	}
	var chat int64
	if m.Chat.Group() {
		chat = m.Chat.ID
	}
	var err error
	if a.Printer, err = h.printer(ctx, chat, request.Language(m.From)); err != nil {
		return nil, err
	}
	if err := h.resolve.FindReplied(ctx, a); err != nil {
		return nil, err
	}
	if m.Chat.Group() {
		if answer, done, err := h.mayAsk(ctx, a, cmd.who); done {
			return answer, err
		}
	}
	calls, err := cmd.run(h, ctx, a)
	if errors.Is(err, lookup.ErrUnsure) {
		return h.say(ctx, a, "try_again", nil)
	}
	return calls, err
}

// mayAsk turns away who cannot be answered, and who is no admin but would have to be.
func (h *Handlers) mayAsk(ctx context.Context, a *request.Command, needs who) (answer []bot.Call, done bool, err error) {
	switch {
	case needs == anyone:
		return nil, false, nil
	case needs == admins && a.Message.AnonymousAdmin():
		if a.Who, err = h.resolve.Anonymous(ctx, a.Message.Chat.ID); errors.Is(err, lookup.ErrUnsure) {
			answer, err = h.say(ctx, a, "try_again", nil)
			return answer, true, err
		}
		return nil, err != nil, err
	case needs == unmasked && a.Message.AnonymousAdmin():
		answer, err = h.say(ctx, a, "anonymous", nil)
		return answer, true, err
	case needs == owner && a.Message.AnonymousAdmin():
		answer, err = h.say(ctx, a, "pause.anonymous", nil)
		return answer, true, err
	case a.Masked():
		return nil, true, h.noted(ctx, a) // there is no one whom only they could see answered
	case needs == persons:
		return nil, false, nil
	}
	a.Who, err = h.resolve.Member(ctx, a.Message.Chat.ID, a.Message.From)
	switch {
	case errors.Is(err, lookup.ErrUnsure):
		answer, err = h.say(ctx, a, "try_again", nil)
		return answer, true, err
	case err != nil:
		return nil, true, err
	case needs == owner && !a.Who.Owner:
		answer, err = h.say(ctx, a, "refuse."+string(moderation.RefuseNotOwner), nil)
		return answer, true, err
	case !a.Who.Admin:
		answer, err = h.say(ctx, a, "refuse."+string(moderation.RefuseNotAdmin), nil)
		return answer, true, err
	}
	return nil, false, nil
}

// noted marks the update as handled without an answer.
func (h *Handlers) noted(ctx context.Context, a *request.Command) error {
	_, err := h.court.Note(ctx, a.Update, request.GroupID(a.Message))
	return err
}

// say answers with a text, and marks the update as handled.
func (h *Handlers) say(ctx context.Context, a *request.Command, key string, args locale.Args) ([]bot.Call, error) {
	if err := h.noted(ctx, a); err != nil {
		return nil, err
	}
	return a.Answer(a.Printer.Text(key, args), nil), nil
}

// What becomes of a command that everybody saw.
type left int

const (
	commandRemoved left = iota // or it soon will be
	commandGone                // somebody removed it before
	commandStands              // since the bot may not remove it
)

// removeNow removes a command that everybody saw. If Telegram cannot do it at once it is kept for
// later; if the bot may not, it is done when the right is there, and until then the command stands.
func (h *Handlers) removeNow(ctx context.Context, m *bot.Message) (left, error) {
	call := bot.DeleteMessages(m.Chat.ID, []int64{m.ID})
	if booked, err := h.tg.Book(ctx, call); err != nil || !booked.OK {
		return commandRemoved, h.later(ctx, call)
	}
	_, err := h.tg.Do(ctx, call)
	switch bot.KindOf(err) {
	case bot.KindTemporary, bot.KindTooMany:
		return commandRemoved, h.later(ctx, call)
	case bot.KindNoRights:
		return commandStands, h.removeLater(ctx, m)
	case bot.KindOK:
		return commandRemoved, nil
	case bot.KindGone:
		return commandGone, nil
	default:
		h.log.Info("handlers: a visible command could not be removed", "error", err)
		return commandStands, nil
	}
}

// removeLater has a command removed when the bot may. If it may already, and Telegram refuses all the
// same, it never will be.
func (h *Handlers) removeLater(ctx context.Context, m *bot.Message) error {
	if may, err := h.find.MayDelete(ctx, m.Chat.ID); err == nil && may {
		return nil
	}
	gone := moderation.Effect{Kind: moderation.EffectDelete, Messages: []int64{m.ID}}
	return h.court.Do(ctx, m.Chat.ID, []moderation.Effect{gone})
}
