package handlers

import (
	"context"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// warn is /warn.
func (h *Handlers) warn(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Warn)
}

// mute is /mute, with a time or as long as the ladder says.
func (h *Handlers) mute(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Mute)
}

// kick is /kick.
func (h *Handlers) kick(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Kick)
}

// ban is /ban, with a time or for ever.
func (h *Handlers) ban(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.byHand(ctx, a, moderation.Ban)
}

func (h *Handlers) byHand(ctx context.Context, a *ask, deed moderation.Deed) ([]bot.Call, error) {
	whom, rest, err := h.whom(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	step, remark, ok := stepOf(deed, rest)
	if !ok {
		return h.say(ctx, a, "hand.wrong_time", nil)
	}
	chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	rule, _, _ := findRule(chat.Book, remark)
	cs, err := h.court.Punish(ctx, moderation.Hand{
		Update: a.update, Chat: a.m.Chat.ID, Kind: kindOf(&a.m.Chat), By: a.who,
		Target: whom.Target, Evidence: whom.Evidence, Step: step, Rule: rule,
	})
	name := nameText(a.printer, whom.Evidence.Name)
	return a.did(a.printer.Text("hand.done", locale.Args{"name": name, "step": stepName(a.printer, cs.Penalty), "case": cs.ID}), err)
}

// turnDown says why a command names nobody that something could be done to.
func (h *Handlers) turnDown(ctx context.Context, a *ask, err error) ([]bot.Call, error) {
	why, err := refused(a.printer, err)
	if err != nil {
		return nil, err
	}
	return a.answer(why, nil), h.noted(ctx, a)
}

// stepOf reads what is typed after the member: a time, for a mute or a ban, and a remark, which may begin
// with a rule. What looks like a time and is none is not taken for one.
func stepOf(deed moderation.Deed, typed string) (step moderation.Step, remark string, ok bool) {
	step.Deed = deed
	words := strings.Fields(typed)
	timed := deed == moderation.Mute || deed == moderation.Ban
	if timed && len(words) > 0 && startsWithDigit(words[0]) {
		d, err := moderation.ParseDuration(words[0])
		if err != nil || d < moderation.MinPenalty || d > moderation.MaxPenalty {
			return step, "", false
		}
		step.For, words = d, words[1:]
	}
	return step, strings.Join(words, " "), true
}

func startsWithDigit(s string) bool { return s[0] >= '0' && s[0] <= '9' || s[0] == '-' }

// unmute is /unmute.
func (h *Handlers) unmute(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.free(ctx, a, moderation.Mute)
}

// unban is /unban.
func (h *Handlers) unban(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.free(ctx, a, moderation.Ban)
}

func (h *Handlers) free(ctx context.Context, a *ask, deed moderation.Deed) ([]bot.Call, error) {
	whom, _, err := h.whom(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	err = h.court.Free(ctx, moderation.Release{
		Update: a.update, Chat: a.m.Chat.ID, Kind: kindOf(&a.m.Chat), By: a.who,
		Author: whom.Target.Author, Role: whom.Target.Role, Name: whom.Evidence.Name, Deed: deed,
	})
	return a.did(a.printer.Text("hand.freed_"+string(deed), locale.Args{"name": nameText(a.printer, whom.Evidence.Name)}), err)
}

// pardon is /pardon: the latest offence is taken back.
func (h *Handlers) pardon(ctx context.Context, a *ask) ([]bot.Call, error) {
	whom, _, err := h.whom(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	key := moderation.Key{Update: a.update, Chat: a.m.Chat.ID, Kind: kindOf(&a.m.Chat)}
	id, err := h.court.Pardon(ctx, key, whom.Target.Author, a.who)
	return a.did(a.printer.Text("hand.pardoned", locale.Args{"name": nameText(a.printer, whom.Evidence.Name), "case": id}), err)
}
