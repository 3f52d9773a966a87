package handlers

import (
	"context"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// practices lets members try a report and a vote on a message of the bot's own.
type practices struct {
	*base
	store practiceStore
}

// press is a button of a practice: 🎬 itself, or one below its messages.
func (h practices) press(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	p, ok := view.ParsePractice(cb.Subject, cb.Choice)
	switch {
	case !ok:
		return h.unknown(ctx, cb)
	case p.Start:
		return h.start(ctx, cb)
	case p.Side != "":
		return h.vote(ctx, cb, p)
	case !cb.Alone():
		return h.unknown(ctx, cb) // forged: these stand below what only one person sees
	case p.Undo:
		if err := h.court.UndoPractice(ctx, cb.Update, cb.ChatID, p.Number, cb.Who); err != nil {
			return cb.Refuse(err)
		}
		return cb.Become(view.PracticeUndone(cb.Printer), nil), nil
	case p.Picked:
		return h.picked(ctx, cb, p)
	}
	if !cb.Group.Book.Has(p.Rule) {
		return h.unknown(ctx, cb)
	}
	if err := h.court.CategorizePractice(ctx, cb.Update, cb.ChatID, p.Number, cb.Who, p.Rule); err != nil {
		return cb.Refuse(err)
	}
	return h.confirm(ctx, cb, p.Number, moderation.Receipt{Rule: p.Rule, Open: true}), nil
}

// start is 🎬: it begins a practice. Who may do that is asked afresh.
func (h practices) start(ctx context.Context, cb *request.Callback) ([]wire.Call, error) {
	if !h.offers(cb) {
		return h.unknown(ctx, cb)
	}
	who, err := h.resolve.Member(ctx, cb.ChatID, &wire.User{ID: cb.Who.ID, Language: cb.Who.Language})
	if err != nil {
		return nil, err
	}
	var topic int64
	if !cb.MessageUnknown && !cb.Private() {
		topic = request.TopicAt(cb.Message)
	}
	why, until, err := h.court.StartPractice(ctx, cb.Update, cb.ChatID, who, topic)
	if err != nil {
		return cb.Refuse(err)
	}
	return cb.Toast(h.started(cb.Printer, why, until)), nil
}

// started says that a practice begins, or why it does not.
func (h practices) started(p locale.Printer, why moderation.PracticeRefusal, until time.Time) string {
	switch why {
	case moderation.PracticeAdmins:
		return p.Text("practice.admins", nil)
	case moderation.PracticeSoon:
		left := (until.Sub(h.now()) + time.Minute - 1).Truncate(time.Minute)
		return p.Text("practice.later", locale.Args{"duration": p.Duration(max(time.Minute, left))})
	case moderation.PracticeRights:
		return p.Text("practice.rights", nil)
	default:
		return p.Text("practice.started", nil)
	}
}

// offers reports whether 🎬 stands below a message. If Telegram does not say on which it was pressed, it does no harm to believe
// it: it shows to all what it shows on the greeting.
func (h practices) offers(cb *request.Callback) bool {
	m := cb.Message
	return cb.MessageUnknown || m.ID != 0 && m.Chat.ID == cb.ChatID && m.ID == cb.Group.Intro || h.hasButton(cb, view.TryData(cb.Group.Ref))
}

// hasButton reports whether the message that was pressed on is the bot's and has this button.
func (h practices) hasButton(cb *request.Callback, data string) bool {
	m := cb.Message
	return m.From != nil && m.From.ID == h.find.Me().ID && view.HasPracticeButton(m, data)
}

// vote is a tap on the card of a practice. A card whose number never reached us, and one that an earlier practice left behind, are
// taken away. One that came a moment ago may not be noted yet, and stays.
func (h practices) vote(ctx context.Context, cb *request.Callback, p view.PracticeCallback) ([]wire.Call, error) {
	live, err := h.store.Practice(ctx, cb.ChatID)
	if err != nil {
		return nil, err
	}
	m := cb.Message
	switch {
	case cb.MessageUnknown:
	case m.Chat.ID != cb.ChatID || m.ID == 0:
		return h.unknown(ctx, cb)
	case live.Number() == p.Number && live.Card == m.ID:
	case !h.hasButton(cb, view.SideOfPractice(cb.Group.Ref, p)):
		return h.unknown(ctx, cb)
	case live.Number() == p.Number && live.Live() && live.Card == 0:
		return h.toast(ctx, cb, "too_fast.press")
	default:
		calls, err := h.unknown(ctx, cb)
		if err != nil {
			return nil, err
		}
		return calls, h.court.Do(ctx, cb.ChatID, []moderation.Effect{moderation.DeleteMessages{Messages: []int64{m.ID}}})
	}
	if err := h.court.VotePractice(ctx, cb.Update, cb.ChatID, p.Number, cb.Who, p.Side); err != nil {
		return cb.Refuse(err)
	}
	return cb.Toast(view.PracticeToast(cb.Printer.Text("vote."+string(p.Side), nil))), nil
}

// report is /report in reply to a message of the bot's. It is refused, unless it is that of a practice.
func (h practices) report(ctx context.Context, cmd *request.Command, who moderation.Member, message int64, rule rulebook.RuleID, seen *view.ReportTexts) ([]wire.Call, error) {
	p, again, err := h.court.ReportPractice(ctx, moderation.PracticeReport{
		Update: cmd.Update, Chat: cmd.Message.Chat.ID, Message: message, Reporter: who, Rule: rule, Seen: cmd.Public,
	})
	if err != nil {
		text, err := view.Refusal(cmd.Printer, err)
		if err != nil {
			return nil, err
		}
		return cmd.Answer(cmd.Warned(text), nil), nil
	}
	cmd.Practice = true
	text, rows := view.PracticeConfirmation(cmd.Printer, cmd.Group, p.Number(), receiptOf(p, rule, again), seen)
	return cmd.Answer(text, rows), nil
}

// receiptOf is what a reporter gets at once.
func receiptOf(p moderation.Practice, rule rulebook.RuleID, again bool) moderation.Receipt {
	return moderation.Receipt{Rule: rule, Open: !p.Verdict.Final(), Again: again}
}

// picked reports the message of a practice that somebody picked.
func (h practices) picked(ctx context.Context, cb *request.Callback, p view.PracticeCallback) ([]wire.Call, error) {
	rule := p.Rule
	if !cb.Group.Book.Has(rule) {
		rule = "" // it was removed since the button was made
	}
	now, again, err := h.court.ReportPractice(ctx, moderation.PracticeReport{
		Update: cb.Update, Chat: cb.ChatID, Number: p.Number, Reporter: cb.Who, Rule: rule, Seen: cb.Seen(),
	})
	if err != nil {
		return cb.Refuse(err)
	}
	return h.confirm(ctx, cb, p.Number, receiptOf(now, rule, again)), nil
}

// confirm shows a reporter where they pressed what they would be shown of a report.
func (h practices) confirm(ctx context.Context, cb *request.Callback, number int64, receipt moderation.Receipt) []wire.Call {
	var seen *view.ReportTexts
	if cb.Seen() {
		say := h.reportTexts(cb.Group)
		seen = &say
	}
	text, rows := view.PracticeConfirmation(cb.Printer, cb.Group, number, receipt, seen)
	if cb.Private() {
		text = view.InGroupText(cb.Printer, h.find.Title(ctx, cb.ChatID), text)
	}
	return cb.Become(text, rows)
}

// row is the message of a practice in the picker; nil if there is none in that topic.
func (h practices) row(ctx context.Context, cmd *request.Command, rule rulebook.RuleID) ([][]wire.Button, error) {
	p, err := h.store.Practice(ctx, cmd.Message.Chat.ID)
	topic := request.TopicAt(cmd.Message)
	if err != nil || !p.Live() || topic != 0 && topic != p.Thread {
		return nil, err
	}
	return [][]wire.Button{{{Text: view.PracticeTitle(cmd.Printer), Data: view.PickPracticeData(cmd.Group.Ref, p.Number(), rule, cmd.Public)}}}, nil
}
