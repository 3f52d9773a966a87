package handlers

import (
	"context"
	"strconv"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/lookup"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// picker lists the latest messages that the member could report, with a button for each.
func (h reports) picker(ctx context.Context, cmd *request.Command, rule rulebook.RuleID) ([]wire.Call, error) {
	chat := cmd.Message.Chat.ID
	recent, err := h.store.Recent(ctx, chat, view.PickerLook)
	if err != nil {
		return nil, err
	}
	admins, err := h.find.Admins(ctx, chat)
	if err != nil {
		return nil, lookup.Unsure(ctx, err)
	}
	practice, err := h.practices.row(ctx, cmd, rule)
	if err != nil {
		return nil, err
	}
	group, err := h.court.Note(ctx, cmd.Update, chat)
	if err != nil {
		return nil, err
	}
	skip := map[int64]bool{cmd.Message.From.ID: true, group.Linked: true}
	for _, m := range admins {
		skip[m.User.ID] = true
	}
	rows := view.Picker(cmd.Printer, recent, h.now(), skip, request.TopicAt(cmd.Message), func(message int64) string { return view.PickedData(group.Ref, message, rule, cmd.Public) })
	rows = append(practice, rows...)
	if len(rows) == 0 {
		return cmd.Answer(cmd.Warned(cmd.Printer.Text("picker.empty", locale.Args{"way": cmd.Say.Way(cmd.Printer)})), nil), nil
	}
	return cmd.Answer(cmd.Warned(cmd.Printer.Text("picker.question", nil)), rows), nil
}

// picked reports the message of a button of the picker.
func (h reports) picked(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	message, err := strconv.ParseInt(cb.Subject, 10, 64)
	if err != nil || message <= 0 || !cb.Alone() {
		return h.toast(ctx, cb, "refuse."+string(moderation.RefuseUnknown))
	}
	s, ok, err := h.store.SeenMessage(ctx, cb.ChatID, message)
	if err != nil {
		return nil, err
	}
	if !ok {
		_, err := h.court.Note(ctx, cb.Update, cb.ChatID)
		return cb.Toast(h.reportTexts(cb.Group).Gone(cb.Printer)), err
	}
	target := seenTarget(s)
	chat := cb.Group
	if _, err := h.both(ctx, chat, &wire.User{ID: cb.Who.ID, Language: cb.Who.Language}, &target); err != nil {
		return nil, err
	}
	rule := rulebook.RuleID(cb.Choice)
	if !chat.Book.Has(rule) {
		rule = "" // it was removed since the button was made
	}
	receipt, err := h.court.Report(ctx, moderation.Report{
		Update: cb.Update, Chat: cb.ChatID, Kind: chat.Kind, Reporter: cb.Who, Target: target, Rule: rule,
		Evidence: request.SeenEvidence(s),
	})
	if err != nil {
		return cb.Refuse(err)
	}
	text, rows := h.confirmation(ctx, cb, receipt)
	return append(cb.Become(text, rows), cb.DeleteReplied()...), nil
}

// seenTarget describes a message that the bot remembers.
func seenTarget(s moderation.SeenMessage) moderation.Target {
	return moderation.Target{Message: s.Message, Thread: s.Thread, Album: s.Album, SentAt: s.At, Author: s.Author, Role: s.Role}
}

// confirmation is what a reporter sees where they pressed. In private it names the group.
func (h reports) confirmation(ctx context.Context, cb *request.Callback, receipt moderation.Receipt) (string, [][]wire.Button) {
	if cb.Private() {
		return view.ConfirmationIn(cb.Printer, cb.Group, h.find.Title(ctx, cb.ChatID), receipt)
	}
	return view.Confirmation(cb.Printer, cb.Group, receipt, h.warning(cb.Group, cb.Seen()))
}
