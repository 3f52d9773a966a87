package handlers

import (
	"context"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// purge is /purge: in reply to a message, it offers to remove everything from there to now.
func (h *Handlers) purge(ctx context.Context, a *ask) ([]bot.Call, error) {
	to := a.m.ReplyTo
	switch {
	case !a.who.Delete:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseRights), nil)
	case to == nil || to.ID == 0 || to.Service == bot.ServiceTopicCreated:
		return h.say(ctx, a, "purge.how", nil)
	case h.now().Sub(to.Time()) >= moderation.MaxAge:
		return h.say(ctx, a, "refuse."+string(moderation.RefuseOld), nil)
	}
	last := to.ID
	recent, err := h.memory.Recent(ctx, a.m.Chat.ID, 1)
	if err != nil {
		return nil, err
	}
	if len(recent) > 0 {
		last = max(last, recent[0].Message)
	}
	chat, err := h.court.Note(ctx, a.update, a.m.Chat.ID)
	if err != nil {
		return nil, err
	}
	key := "purge.ask"
	if last-to.ID >= moderation.MaxPurge {
		last, key = to.ID+moderation.MaxPurge-1, "purge.ask_some"
	}
	data := adminData(dataPurge, chat.Ref, strconv.FormatInt(to.ID, 10), strconv.FormatInt(last, 10))
	count := int(last - to.ID + 1)
	rows := [][]bot.Button{{{Text: a.printer.Text("button.purge", nil), Data: data}}}
	return a.answer(a.printer.Text(key, locale.Args{"count": count}), rows), nil
}

// purgeNow is the tap that confirms it.
func (h *Handlers) purgeNow(ctx context.Context, t *tap) ([]bot.Call, error) {
	first, err := strconv.ParseInt(t.subject, 10, 64)
	last, bad := strconv.ParseInt(t.choice, 10, 64)
	if err != nil || bad != nil || first <= 0 || last < first || last-first >= moderation.MaxPurge {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	var messages []int64
	for id := first; id <= last; id++ {
		messages = append(messages, id)
	}
	if err := h.court.Purge(ctx, t.update, t.chat, t.who, messages); err != nil {
		return t.refuse(err)
	}
	return t.become(t.printer.Text("purge.done", nil), nil), nil
}
