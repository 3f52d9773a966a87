package handlers

import (
	"context"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// picker lists the latest messages that the member could report, one button each.
func (h *Handlers) picker(ctx context.Context, a *ask, rule moderation.RuleID) ([]bot.Call, error) {
	chat := a.m.Chat.ID
	recent, err := h.memory.Recent(ctx, chat, view.PickerLook)
	if err != nil {
		return nil, err
	}
	admins, err := h.find.Admins(ctx, chat)
	if err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	group, err := h.court.Note(ctx, a.update, chat)
	if err != nil {
		return nil, err
	}
	skip := map[int64]bool{a.m.From.ID: true, group.Linked: true}
	for _, m := range admins {
		skip[m.User.ID] = true
	}
	rows := view.Picker(a.printer, recent, h.now(), skip, topicAt(a.m), func(message int64) string { return view.PickedData(group.Ref, message, rule, a.public) })
	if len(rows) == 0 {
		return a.answer(a.warned(a.printer.Text("picker.empty", nil)), nil), nil
	}
	return a.answer(a.warned(a.printer.Text("picker.question", nil)), rows), nil
}

// picked is a tap on one of the picker's buttons: a report of that message.
func (h *Handlers) picked(ctx context.Context, t *tap) ([]bot.Call, error) {
	message, err := strconv.ParseInt(t.subject, 10, 64)
	if err != nil || message <= 0 || !t.lost && t.m.EphemeralID == 0 {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	s, ok, err := h.memory.Sighting(ctx, t.chat, message)
	if err != nil {
		return nil, err
	}
	if !ok {
		return h.toast(ctx, t, "picker.gone")
	}
	target := moderation.Target{
		Message: s.Message, Thread: s.Thread, Album: s.Album, SentAt: s.At, Author: s.Author, Role: s.Role,
	}
	chat, err := h.memory.Chat(ctx, t.chat)
	if err != nil {
		return nil, err
	}
	if _, err := h.both(ctx, chat, nil, &target); err != nil {
		return nil, err
	}
	rule := moderation.RuleID(t.choice)
	if !chat.Book.Has(rule) {
		rule = "" // it was removed since the button was made
	}
	receipt, err := h.court.Report(ctx, moderation.Report{
		Update: t.update, Chat: t.chat, Kind: chat.Kind, Reporter: t.who, Target: target, Rule: rule,
		Evidence: sightedEvidence(s),
	})
	if err != nil {
		return t.refuse(err)
	}
	text, rows := view.Confirmation(t.printer, chat, receipt, t.seen())
	return t.become(text, rows), nil
}
