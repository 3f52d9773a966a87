package handlers

import (
	"context"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// warn is /warn.
func (h *Handlers) warn(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Warn)
}

// mute is /mute, with a time or as long as the ladder says.
func (h *Handlers) mute(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Mute)
}

// kick is /kick.
func (h *Handlers) kick(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Kick)
}

// ban is /ban, with a time or for ever.
func (h *Handlers) ban(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Ban)
}

func (h *Handlers) byHand(ctx context.Context, a *request.Command, deed moderation.Deed) ([]bot.Call, error) {
	whom, rest, err := h.resolve.Target(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	chat, err := h.memory.Chat(ctx, a.Message.Chat.ID)
	if err != nil {
		return nil, err
	}
	step, rule, wrong := request.ReadPenalty(chat.Book, deed, rest)
	if wrong != "" {
		return h.say(ctx, a, wrong, nil)
	}
	cs, err := h.court.Punish(ctx, moderation.Hand{
		Update: a.Update, Chat: a.Message.Chat.ID, Kind: request.KindOf(&a.Message.Chat), By: a.Who,
		Target: whom.Target, Evidence: whom.Evidence, Step: step, Rule: rule,
	})
	name := view.NameText(a.Printer, whom.Evidence.Name)
	args := locale.Args{"name": name, "step": view.StepName(a.Printer, cs.Penalty), "case": cs.ID}
	return h.didOr(ctx, a, err, "hand.done", "hand.waits", args, neededFor(cs.Penalty, request.KindOf(&a.Message.Chat))...)
}

// neededFor lists the rights without which a penalty cannot be put or ended: a warning is words, and a basic group has no mute.
func neededFor(s moderation.Step, k moderation.Kind) []moderation.Right {
	if s.Deed == moderation.Warn || s.Deed == moderation.Mute && k == moderation.Basic {
		return nil
	}
	return []moderation.Right{moderation.RightRestrict}
}

// turnDown says why a command names nobody that something could be done to.
func (h *Handlers) turnDown(ctx context.Context, a *request.Command, err error) ([]bot.Call, error) {
	why, err := view.Refusal(a.Printer, err)
	if err != nil {
		return nil, err
	}
	return a.Answer(why, nil), h.noted(ctx, a)
}

// unmute is /unmute.
func (h *Handlers) unmute(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.free(ctx, a, moderation.Mute)
}

// unban is /unban.
func (h *Handlers) unban(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	return h.free(ctx, a, moderation.Ban)
}

func (h *Handlers) free(ctx context.Context, a *request.Command, deed moderation.Deed) ([]bot.Call, error) {
	whom, rest, err := h.resolve.Target(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	if moderation.TimeWords(strings.Fields(rest)) > 0 {
		return h.say(ctx, a, request.NoTime, nil)
	}
	held, err := h.find.IsHeld(ctx, a.Message.Chat.ID, whom.Target.Author, deed)
	if err != nil {
		return nil, err
	}
	err = h.court.Free(ctx, moderation.Release{
		Update: a.Update, Chat: a.Message.Chat.ID, Kind: request.KindOf(&a.Message.Chat), By: a.Who,
		Author: whom.Target.Author, Role: whom.Target.Role, Name: whom.Evidence.Name, Deed: deed, Held: held,
	})
	args := locale.Args{"name": view.NameText(a.Printer, whom.Evidence.Name)}
	return h.freed(ctx, a, err, whom.Target.Author, "hand.freed_"+string(deed), "hand.freed_waits", args)
}

// pardon is /pardon: the latest offence is taken back.
func (h *Handlers) pardon(ctx context.Context, a *request.Command) ([]bot.Call, error) {
	whom, _, err := h.resolve.Target(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	key := moderation.Key{Update: a.Update, Chat: a.Message.Chat.ID, Kind: request.KindOf(&a.Message.Chat)}
	id, err := h.court.Pardon(ctx, key, whom.Target.Author, a.Who)
	args := locale.Args{"name": view.NameText(a.Printer, whom.Evidence.Name), "case": id}
	return h.freed(ctx, a, err, whom.Target.Author, "hand.pardoned", "hand.pardoned_waits", args)
}

// freed answers that a penalty ended, or, if its author is held and the bot lacks the right to lift that, that it will.
func (h *Handlers) freed(ctx context.Context, a *request.Command, err error, author moderation.Author, done, waits string, args locale.Args) ([]bot.Call, error) {
	var needed []moderation.Right
	if err == nil {
		if held, unsure := h.find.Held(ctx, a.Message.Chat.ID, author); held || unsure != nil {
			needed = []moderation.Right{moderation.RightRestrict}
		}
	}
	return h.didOr(ctx, a, err, done, waits, args, needed...)
}
