package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// penalties puts and ends penalties by an admin's own hand.
type penalties struct{ *base }

// warn is /warn.
func (h penalties) warn(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Warn)
}

// mute is /mute, with a time or as long as the ladder says.
func (h penalties) mute(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Mute)
}

// kick is /kick.
func (h penalties) kick(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Kick)
}

// ban is /ban, with a time or for ever.
func (h penalties) ban(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Ban)
}

func (h penalties) byHand(ctx context.Context, a *request.Command, deed moderation.Deed) ([]bot.Call, error) {
	target, rest, err := h.resolve.Target(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	chat := a.Group
	step, rule, wrong := request.ReadPenalty(chat.Book, deed, rest)
	if wrong != "" {
		return h.say(ctx, a, wrong, nil)
	}
	cs, err := h.court.Punish(ctx, moderation.Hand{
		Update: a.Update, Chat: a.Message.Chat.ID, Kind: request.KindOf(&a.Message.Chat), By: a.Who,
		Target: target.Target, Evidence: target.Evidence, Step: step, Rule: rule,
	})
	name := view.NameText(a.Printer, target.Evidence.Name)
	args := locale.Args{"name": name, "step": view.StepName(a.Printer, cs.Penalty), "case": cs.ID}
	return h.didOr(ctx, a, err, "hand.done", "hand.waits", args, neededFor(cs.Penalty, request.KindOf(&a.Message.Chat))...)
}

// didOr answers that something is done, or, if it waits for a right, that.
func (h penalties) didOr(ctx context.Context, a *request.Command, err error, done, waits string, args locale.Args, needed ...moderation.Right) ([]bot.Call, error) {
	if err != nil {
		return a.Did("", err)
	}
	missing := h.lacking(ctx, a.Printer, a.Group, needed...)
	if missing == "" {
		return a.Did(a.Printer.Text(done, args), nil)
	}
	args["right"] = missing
	return a.Did(a.Printer.Text(waits, args), nil)
}
