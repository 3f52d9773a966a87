package handlers

import (
	"context"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// unmute is /unmute.
func (h penalties) unmute(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.free(ctx, cmd, ladder.Mute)
}

// unban is /unban.
func (h penalties) unban(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.free(ctx, cmd, ladder.Ban)
}

func (h penalties) free(ctx context.Context, cmd *request.Command, penalty ladder.Penalty) ([]wire.Call, error) {
	target, rest, err := h.resolve.Target(ctx, cmd)
	if err != nil {
		return h.turnDown(ctx, cmd, err)
	}
	if ladder.TimeWords(strings.Fields(rest)) > 0 {
		return h.say(ctx, cmd, request.NoTime, nil)
	}
	held, err := h.find.HeldBy(ctx, cmd.Message.Chat.ID, target.Target.Author, penalty)
	if err != nil {
		return nil, err
	}
	err = h.court.Free(ctx, moderation.Release{
		Update: cmd.Update, Chat: cmd.Message.Chat.ID, Kind: request.KindOf(&cmd.Message.Chat), By: cmd.Who,
		Author: target.Target.Author, Role: target.Target.Role, Name: target.Evidence.Name, Penalty: penalty, Held: held,
	})
	args := locale.Args{"name": view.BriefName(cmd.Printer, target.Evidence.Name)}
	return h.freed(ctx, cmd, err, target.Target.Author, "hand.freed_"+string(penalty), "hand.freed_waits", args)
}

// pardon is /pardon: the latest offence is taken back.
func (h penalties) pardon(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	target, _, err := h.resolve.Target(ctx, cmd)
	if err != nil {
		return h.turnDown(ctx, cmd, err)
	}
	key := moderation.Key{Update: cmd.Update, Chat: cmd.Message.Chat.ID, Kind: request.KindOf(&cmd.Message.Chat)}
	id, err := h.court.Pardon(ctx, key, target.Target.Author, cmd.Who)
	args := locale.Args{"name": view.BriefName(cmd.Printer, target.Evidence.Name), "case": id}
	return h.freed(ctx, cmd, err, target.Target.Author, "hand.pardoned", "hand.pardoned_waits", args)
}

// freed answers that a penalty ended, or, if its author is held and the bot lacks the right to lift that, that it will.
func (h penalties) freed(ctx context.Context, cmd *request.Command, err error, author moderation.Author, done, waits string, args locale.Args) ([]wire.Call, error) {
	var needed []moderation.Right
	if err == nil {
		if held, unsure := h.find.Held(ctx, cmd.Message.Chat.ID, author); held || unsure != nil {
			needed = []moderation.Right{moderation.RightRestrict}
		}
	}
	return h.didOr(ctx, cmd, err, done, waits, args, needed...)
}
