package handlers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// purge is /purge: in reply to a message, it offers to remove everything from there to now.
func (h *Handlers) purge(ctx context.Context, a *ask) ([]bot.Call, error) {
	to := a.m.ReplyTo
	switch {
	case !a.who.Delete:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseRights), nil)
	case repliesTo(a) == nil, a.args != "": // it takes a message, and nobody
		return h.say(ctx, a, "purge.how", nil)
	case h.now().Sub(to.Time()) >= moderation.MaxAge:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseOld), nil)
	}
	r := stretch{first: to.ID, last: to.ID, forum: a.m.Chat.Forum, topic: h.resolve.target(to).Thread}
	recent, err := h.memory.Recent(ctx, a.m.Chat.ID, 1)
	if err != nil {
		return nil, err
	}
	if len(recent) > 0 {
		r.last = max(r.last, recent[0].Message)
	}
	messages, all, err := h.within(ctx, a.m.Chat.ID, r)
	if err != nil {
		return nil, err
	}
	chat, err := h.court.Note(ctx, a.update, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	key := "purge.ask"
	if !all {
		r.last, key = messages[len(messages)-1], "purge.ask_some"
	}
	rows := [][]bot.Button{{{Text: a.printer.Text("button.purge", nil), Data: view.GroupData(view.ButtonPurge, chat.Ref, r.parts()...)}}}
	return a.answer(a.printer.Text(key, locale.Args{"count": len(messages)}), rows), nil
}

// purgeNow is the tap that confirms it.
func (h *Handlers) purgeNow(ctx context.Context, t *tap) ([]bot.Call, error) {
	r, ok := parseStretch(t.subject, t.choice)
	if !ok {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	messages, _, err := h.within(ctx, t.chat, r)
	if err != nil {
		return nil, err
	}
	if err := h.court.Purge(ctx, t.update, t.chat, t.who, messages); err != nil {
		return t.refuse(err)
	}
	missing, err := h.lacking(ctx, t.printer, t.chat, moderation.RightDelete)
	if err != nil {
		return nil, err
	}
	text := t.printer.Text("purge.done", nil)
	if missing != "" {
		text = t.printer.Text("purge.waits", locale.Args{"right": missing})
	}
	if t.m.EphemeralID == 0 {
		return t.toast(text), nil
	}
	return t.become(text, nil), nil
}

// stretch is messages in a row: in a forum only those of one topic, for the numbers run through all.
type stretch struct {
	first, last int64
	forum       bool
	topic       int64 // of a forum; 0 = General
}

// parts are what the button carries.
func (r stretch) parts() []string {
	parts := []string{strconv.FormatInt(r.first, 10), strconv.FormatInt(r.last, 10)}
	if r.forum {
		parts = append(parts, strconv.FormatInt(r.topic, 10))
	}
	return parts
}

// parseStretch reads what [stretch.parts] wrote. It says false for what no button of ours carries.
func parseStretch(first, rest string) (r stretch, ok bool) {
	last, topic, forum := strings.Cut(rest, ":")
	r.forum = forum
	for _, n := range []struct {
		text string
		to   *int64
	}{{first, &r.first}, {last, &r.last}, {topic, &r.topic}} {
		var err error
		if *n.to, err = strconv.ParseInt(n.text, 10, 64); err != nil && n.text != "" {
			return r, false
		}
	}
	return r, r.first > 0 && r.last >= r.first && r.topic >= 0 && (forum || r.last-r.first < moderation.MaxPurge)
}

// within are the messages of a stretch, as many as can be removed at once, and whether that is all. In a
// topic these are those that the bot remembers; elsewhere all numbers in between, whatever they are.
func (h *Handlers) within(ctx context.Context, chat int64, r stretch) (messages []int64, all bool, err error) {
	if !r.forum {
		end := min(r.last, r.first+moderation.MaxPurge-1)
		for id := r.first; id <= end; id++ {
			messages = append(messages, id)
		}
		return messages, end == r.last, nil
	}
	recent, err := h.memory.Recent(ctx, chat, purgeLook)
	if err != nil {
		return nil, false, err
	}
	messages = []int64{r.first}
	for _, s := range slices.Backward(recent) {
		switch {
		case s.Thread != r.topic || s.Message <= r.first || s.Message > r.last:
		case len(messages) == moderation.MaxPurge:
			return messages, false, nil
		default:
			messages = append(messages, s.Message)
		}
	}
	return messages, true, nil
}

// purgeLook is how many messages back a topic's are looked for: all that are remembered.
const purgeLook = 512
