package handlers

import (
	"context"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// picker lists the latest messages that the member could report, with a button for each.
func (h reports) picker(ctx context.Context, a *request.Command, rule moderation.RuleID) ([]bot.Call, error) {
	chat := a.Message.Chat.ID
	recent, err := h.memory.Recent(ctx, chat, view.PickerLook)
	if err != nil {
		return nil, err
	}
	admins, err := h.find.Admins(ctx, chat)
	if err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	group, err := h.court.Note(ctx, a.Update, chat)
	if err != nil {
		return nil, err
	}
	skip := map[int64]bool{a.Message.From.ID: true, group.Linked: true}
	for _, m := range admins {
		skip[m.User.ID] = true
	}
	rows := view.Picker(a.Printer, recent, h.now(), skip, request.TopicAt(a.Message), func(message int64) string { return view.PickedData(group.Ref, message, rule, a.Public) })
	if len(rows) == 0 {
		return a.Answer(a.Warned(a.Printer.Text("picker.empty", nil)), nil), nil
	}
	return a.Answer(a.Warned(a.Printer.Text("picker.question", nil)), rows), nil
}

// picked reports the message of a button of the picker.
func (h reports) picked(ctx context.Context, t *request.Callback) ([]bot.Call, error) {
	message, err := strconv.ParseInt(t.Subject, 10, 64)
	if err != nil || message <= 0 || !t.Lost && t.Message.EphemeralID == 0 {
		return h.toast(ctx, t, "refuse."+string(moderation.RefuseUnknown))
	}
	s, ok, err := h.memory.SeenMessage(ctx, t.ChatID, message)
	if err != nil {
		return nil, err
	}
	if !ok {
		return h.toast(ctx, t, "picker.gone")
	}
	target := moderation.Target{
		Message: s.Message, Thread: s.Thread, Album: s.Album, SentAt: s.At, Author: s.Author, Role: s.Role,
	}
	chat := t.Group
	if _, err := h.both(ctx, chat, nil, &target); err != nil {
		return nil, err
	}
	rule := moderation.RuleID(t.Choice)
	if !chat.Book.Has(rule) {
		rule = "" // it was removed since the button was made
	}
	receipt, err := h.court.Report(ctx, moderation.Report{
		Update: t.Update, Chat: t.ChatID, Kind: chat.Kind, Reporter: t.Who, Target: target, Rule: rule,
		Evidence: request.SeenEvidence(s),
	})
	if err != nil {
		return t.Refuse(err)
	}
	text, rows := view.Confirmation(t.Printer, chat, receipt, t.Seen())
	return t.Become(text, rows), nil
}
