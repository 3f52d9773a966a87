package handlers

import (
	"context"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// penalties puts and ends penalties that an admin gives themselves.
type penalties struct {
	*base
	store caseFiles
}

// warn is /warn.
func (h penalties) warn(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.give(ctx, cmd, ladder.Warn)
}

// mute is /mute, with a time or as long as the ladder says.
func (h penalties) mute(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.give(ctx, cmd, ladder.Mute)
}

// kick is /kick.
func (h penalties) kick(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.give(ctx, cmd, ladder.Kick)
}

// ban is /ban, with a time or for ever.
func (h penalties) ban(ctx context.Context, cmd *request.Command) ([]wire.Call, error) {
	return h.give(ctx, cmd, ladder.Ban)
}

func (h penalties) give(ctx context.Context, cmd *request.Command, penalty ladder.Penalty) ([]wire.Call, error) {
	target, rest, err := h.resolve.Target(ctx, cmd)
	if err != nil {
		return h.turnDown(ctx, cmd, err)
	}
	chat := cmd.Group
	step, rule, wrong := request.ReadPenalty(chat.Book, penalty, rest)
	if wrong != "" {
		return h.say(ctx, cmd, wrong, nil)
	}
	cs, err := h.court.Punish(ctx, moderation.ManualPenalty{
		Update: cmd.Update, Chat: cmd.Message.Chat.ID, Kind: request.KindOf(&cmd.Message.Chat), By: cmd.Who,
		Target: target.Target, Evidence: target.Evidence, Step: step, Rule: rule,
	})
	kind := request.KindOf(&cmd.Message.Chat)
	args := locale.Args{
		"name": view.BriefName(cmd.Printer, target.Evidence.Name), "case": cs.ID,
		"step": view.StepName(cmd.Printer, cs.Penalty), "for": cmd.Printer.Duration(cs.Penalty.For),
	}
	done := "hand.done_" + string(cs.Penalty.Kind)
	switch {
	case cs.Penalty.Kind == ladder.Ban && cs.Penalty.For > 0:
		done = "hand.done_ban_for"
	case cs.Penalty.Kind == ladder.Mute && kind == moderation.Basic:
		done = "hand.done_mute_basic"
	}
	calls, failed := h.didOr(ctx, cmd, err, done, "hand.waits", args, neededFor(cs.Penalty, kind)...)
	if err != nil || failed != nil {
		return calls, failed
	}
	if !cs.Manual { // it ended a case that was reported, whose entry has a way back that tells the reporters
		return calls, nil
	}
	for i := range calls { // none if the answer would be everybody's
		calls[i] = calls[i].Keyboard(view.ForgiveRow(cmd.Printer, chat, cs))
	}
	return calls, nil
}

// didOr answers that something is done, or, if it waits for a right, that.
func (h penalties) didOr(ctx context.Context, cmd *request.Command, err error, done, waits string, args locale.Args, needed ...moderation.Right) ([]wire.Call, error) {
	if err != nil {
		return cmd.Did("", err)
	}
	missing := h.lacking(ctx, cmd.Printer, cmd.Group, needed...)
	if missing == "" {
		return cmd.Did(cmd.Printer.Text(done, args), nil)
	}
	args["right"] = missing
	return cmd.Did(cmd.Printer.Text(waits, args), nil)
}
