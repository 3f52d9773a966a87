package handlers

import (
	"context"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

const (
	pickerRows = 8
	pickerLook = 100 // recent messages among which those are found
)

// picker lists the latest messages that the member could report, one button each.
func (h *Handlers) picker(ctx context.Context, a *ask, rule moderation.RuleID) ([]bot.Call, error) {
	chat := a.m.Chat.ID
	recent, err := h.memory.Recent(ctx, chat, pickerLook)
	if err != nil {
		return nil, err
	}
	admins, err := h.admins(ctx, chat)
	if err != nil {
		return nil, unsure(ctx, err)
	}
	group, err := h.court.Note(ctx, a.update, chat)
	if err != nil {
		return nil, err
	}
	skip := map[int64]bool{a.m.From.ID: true, group.Linked: true}
	for _, m := range admins {
		skip[m.User.ID] = true
	}
	rows := pickable(a.printer, recent, h.now(), skip, topicAt(a.m), func(message int64) string { return pickedData(group.Ref, message, rule, a.public) })
	if len(rows) == 0 {
		return a.answer(a.warned(a.printer.Text("picker.empty", nil)), nil), nil
	}
	return a.answer(a.warned(a.printer.Text("picker.question", nil)), rows), nil
}

// pickable turns the messages that may be reported into buttons. An album is one message; in a
// topic, only the topic is shown.
func pickable(p locale.Printer, recent []moderation.Sighting, now time.Time, skip map[int64]bool, topic int64, data func(message int64) string) [][]bot.Button {
	var rows [][]bot.Button
	albums := map[string]bool{}
	for _, s := range recent {
		switch {
		case len(rows) == pickerRows:
			return rows
		case skip[s.Author.ID] || s.Role != moderation.RoleMember:
		case now.Sub(s.At) >= moderation.MaxAge:
		case topic != 0 && s.Thread != topic:
		case s.Album != "" && albums[s.Album]:
		default:
			albums[s.Album] = true
			words := firstWords(s.Said)
			if words == "" {
				words = p.Text("picker.untitled", nil)
			}
			label := shorten(nameText(p, s.Name)+": "+words, wordsKept+10)
			rows = append(rows, []bot.Button{{Text: label, Data: data(s.Message)}})
		}
	}
	return rows
}

// admins asks Telegram for a group's admins.
func (h *Handlers) admins(ctx context.Context, chat int64) ([]bot.Member, error) {
	res, err := h.tg.Do(ctx, bot.GetChatAdministrators(chat))
	if err != nil {
		return nil, err
	}
	return res.Members()
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
	text, rows := confirmation(t.printer, chat, receipt, t.seen())
	return t.become(text, rows), nil
}
