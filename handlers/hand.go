package handlers

import (
	"context"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
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
	whom, rest, err := h.resolve.whom(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	step, rule, wrong := stepOf(chat.Book, deed, rest)
	if wrong != "" {
		return h.say(ctx, a, wrong, nil)
	}
	cs, err := h.court.Punish(ctx, moderation.Hand{
		Update: a.update, Chat: a.m.Chat.ID, Kind: kindOf(&a.m.Chat), By: a.who,
		Target: whom.Target, Evidence: whom.Evidence, Step: step, Rule: rule,
	})
	name := view.NameText(a.printer, whom.Evidence.Name)
	args := locale.Args{"name": name, "step": view.StepName(a.printer, cs.Penalty), "case": cs.ID}
	return h.didOr(ctx, a, err, "hand.done", "hand.waits", args, neededFor(cs.Penalty, kindOf(&a.m.Chat))...)
}

// neededFor lists the rights without which a penalty cannot be put or ended: a warning is words, and a basic group has no mute.
func neededFor(s moderation.Step, k moderation.Kind) []moderation.Right {
	if s.Deed == moderation.Warn || s.Deed == moderation.Mute && k == moderation.Basic {
		return nil
	}
	return []moderation.Right{moderation.RightRestrict}
}

// turnDown says why a command names nobody that something could be done to.
func (h *Handlers) turnDown(ctx context.Context, a *ask, err error) ([]bot.Call, error) {
	why, err := view.Refusal(a.printer, err)
	if err != nil {
		return nil, err
	}
	return a.answer(why, nil), h.noted(ctx, a)
}

// What is said of a time that is not understood, or that a command does not take. They are keys of the locale.
const (
	wrongTime = "hand.wrong_time"
	noTime    = "hand.no_time"
)

// stepOf reads what is typed beside the member: a time, for a mute or a ban, and a reason, which may begin with a rule.
// What could mean a time and is not understood is asked about: wrong is the key of what is said then.
func stepOf(book moderation.Book, deed moderation.Deed, typed string) (step moderation.Step, rule moderation.RuleID, wrong string) {
	rule, reason, named := findRule(book, typed) // whose name may have numbers in it
	if !named {
		reason = typed
	}
	words := strings.Fields(reason)
	time, err := moderation.ReadTime(words)
	step = moderation.Step{Deed: deed, For: time.For}
	timed := deed == moderation.Mute || deed == moderation.Ban
	switch {
	case !timed && (time.Given() || moderation.TimeWords(words) > 0):
		return step, "", noTime
	case !timed:
	case err != nil, time.Ever && deed == moderation.Mute:
		return step, "", wrongTime
	}
	if !timed || named {
		return step, rule, ""
	}
	rule, _, named = findRule(book, strings.Join(time.Words, " "))
	if time.Given() && !named && moderation.GoesOn(time.Words) {
		return step, "", wrongTime // two times, or a time in two parts
	}
	return step, rule, ""
}

// unmute is /unmute.
func (h *Handlers) unmute(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.free(ctx, a, moderation.Mute)
}

// unban is /unban.
func (h *Handlers) unban(ctx context.Context, a *ask) ([]bot.Call, error) {
	return h.free(ctx, a, moderation.Ban)
}

func (h *Handlers) free(ctx context.Context, a *ask, deed moderation.Deed) ([]bot.Call, error) {
	whom, rest, err := h.resolve.whom(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	if moderation.TimeWords(strings.Fields(rest)) > 0 {
		return h.say(ctx, a, noTime, nil)
	}
	held, err := h.find.IsHeld(ctx, a.m.Chat.ID, whom.Target.Author, deed)
	if err != nil {
		return nil, err
	}
	err = h.court.Free(ctx, moderation.Release{
		Update: a.update, Chat: a.m.Chat.ID, Kind: kindOf(&a.m.Chat), By: a.who,
		Author: whom.Target.Author, Role: whom.Target.Role, Name: whom.Evidence.Name, Deed: deed, Held: held,
	})
	args := locale.Args{"name": view.NameText(a.printer, whom.Evidence.Name)}
	return h.freed(ctx, a, err, whom.Target.Author, "hand.freed_"+string(deed), "hand.freed_waits", args)
}

// pardon is /pardon: the latest offence is taken back.
func (h *Handlers) pardon(ctx context.Context, a *ask) ([]bot.Call, error) {
	whom, _, err := h.resolve.whom(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	key := moderation.Key{Update: a.update, Chat: a.m.Chat.ID, Kind: kindOf(&a.m.Chat)}
	id, err := h.court.Pardon(ctx, key, whom.Target.Author, a.who)
	args := locale.Args{"name": view.NameText(a.printer, whom.Evidence.Name), "case": id}
	return h.freed(ctx, a, err, whom.Target.Author, "hand.pardoned", "hand.pardoned_waits", args)
}

// freed answers that a penalty ended, or, if its author is held and the bot lacks the right to lift that, that it will.
func (h *Handlers) freed(ctx context.Context, a *ask, err error, author moderation.Author, done, waits string, args locale.Args) ([]bot.Call, error) {
	var needed []moderation.Right
	if err == nil {
		if held, unsure := h.find.Held(ctx, a.m.Chat.ID, author); held || unsure != nil {
			needed = []moderation.Right{moderation.RightRestrict}
		}
	}
	return h.didOr(ctx, a, err, done, waits, args, needed...)
}
