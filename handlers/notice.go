package handlers

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// notify tells the author what was done, in the group or in private. If neither reaches them the
// outcome card will offer them a way.
func (h *Handlers) notify(ctx context.Context, e moderation.Effect) error {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil || cs.Reversed != "" {
		return err // or it was taken back while the notice waited, of which they are told
	}
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	if early, err := h.tooEarly(ctx, e); err != nil || early {
		return err
	}
	switch {
	case e.Waited:
		return h.tellShort(ctx, p, e, waitedText(p, cs, e))
	case e.Harsher:
		return h.tellShort(ctx, p, e, harsherText(p, cs, e))
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	if e.Kind == moderation.EffectLetter {
		text, err := h.letterText(ctx, p, chat, cs)
		if err != nil {
			return err
		}
		text += costText(p, e.Standing) + learnText(p, chat, cs, h.now()) + contestText(p, cs, h.now())
		_, err = h.do(ctx, h.notice(p, chat, cs, bot.SendMessage(e.To.ID, text), true))
		return h.heard(ctx, e, err)
	}
	text := noticeText(p, chat, cs, "notice.group", nil) + costText(p, e.Standing) + learnText(p, chat, cs, h.now()) + contestText(p, cs, h.now())
	return h.heard(ctx, e, h.whisper(ctx, e, h.notice(p, chat, cs, bot.SendMessage(e.Chat, text), false)))
}

// notice is a call that tells the author of their case, with what they can do about it.
func (h *Handlers) notice(p locale.Printer, chat moderation.Chat, cs moderation.Case, call bot.Call, private bool) bot.Call {
	if rows := noticeButtons(p, chat, cs, h.now(), h.tg.Me().Username, private); len(rows) > 0 {
		call = call.Keyboard(rows)
	}
	return call.NoPreview()
}

// contestText says until when the author can contest the verdict, if they can.
func contestText(p locale.Printer, cs moderation.Case, now time.Time) string {
	if !contestable(cs, now) {
		return ""
	}
	return "\n" + p.Text("notice.appeal", locale.Args{"date": p.Time(cs.AppealEnds())})
}

// noticeButtons are what the author can do about it. Username is the bot's, for a link out of the group.
func noticeButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time, username string, private bool) [][]bot.Button {
	var row []bot.Button
	if contestable(cs, now) {
		row = append(row, coloured(bot.Button{Text: p.Text("button.appeal", nil), Data: adminData(dataAppeal, chat.Ref, cs.ID)}))
	}
	if learnable(p, chat, cs, now) {
		row = append(row, quizButton(p, username, chat.Ref, cs.ID, private))
	}
	if len(row) == 0 {
		return nil
	}
	return [][]bot.Button{row}
}

// harsherText tells the author that the penalty they know of became harder.
func harsherText(p locale.Printer, cs moderation.Case, e moderation.Effect) string {
	args := locale.Args{"case": e.Case, "step": stepName(p, e.Step), "until": p.Time(e.Until)}
	text := p.Text("notice.harsher", args)
	if !e.Until.IsZero() {
		text = p.Text("notice.harsher_until", args)
	}
	if cs.Put == moderation.ProgressWaits || cs.Put.Never() {
		text = p.Text("notice.harsher", args) + " " + followsText(p, cs)
	}
	return text + costText(p, e.Standing)
}

// tellShort tells the author something about a case that they know of, if there is something to tell.
func (h *Handlers) tellShort(ctx context.Context, p locale.Printer, e moderation.Effect, text string) error {
	if text == "" {
		return nil
	}
	if e.Kind == moderation.EffectLetter {
		text, err := h.inGroup(ctx, p, e.Chat, text)
		if err != nil {
			return err
		}
		_, err = h.do(ctx, bot.SendMessage(e.To.ID, text).NoPreview())
		return h.heard(ctx, e, err)
	}
	return h.heard(ctx, e, h.whisper(ctx, e, bot.SendMessage(e.Chat, text).NoPreview()))
}

// heard notes a notice that did not arrive. One that must precede a ban is tried once, so that the
// ban does not wait for it.
func (h *Handlers) heard(ctx context.Context, e moderation.Effect, err error) error {
	kind := bot.KindOf(err)
	var wait *NotYet
	switch {
	case err == nil, errors.As(err, &wait):
		return err
	case kind == bot.KindNoRights && !e.First:
		return h.untold(ctx, e, err)
	case kind == bot.KindTemporary && !e.First, kind == bot.KindUnauthorized, kind == bot.KindMigrated:
		return err
	}
	if e.Kind == moderation.EffectLetter && kind == bot.KindBlocked {
		if err := h.court.Private(ctx, 0, e.To.ID, false); err != nil {
			return err
		}
	}
	return h.court.Unheard(ctx, e.Chat, e.Case)
}

// letterText is the notice for the private chat, where it must be said which group it is about.
func (h *Handlers) letterText(ctx context.Context, p locale.Printer, chat moderation.Chat, cs moderation.Case) (string, error) {
	found, err := h.chat(ctx, cs.Chat)
	if kind := bot.KindOf(err); kind == bot.KindTemporary || kind == bot.KindTooMany {
		return "", err
	}
	return noticeText(p, chat, cs, "notice.letter", locale.Args{"group": titleText(found.Title)}), nil
}

// noticeText says what was removed, under which rule and why, with an example, who decided, and what follows
// until when.
func noticeText(p locale.Printer, chat moderation.Chat, cs moderation.Case, key string, args locale.Args) string {
	rule := chat.Book.Rule(cs.Rule)
	said := locale.Args{"rule": ruleName(p, rule), "why": ruleWhy(p, rule)}
	for name, value := range args {
		said[name] = value
	}
	key += removalOf(cs)
	by := p.Text("notice.by_votes", locale.Args{"count": cs.Breaks})
	switch {
	case cs.ByAdmin:
		by = p.Text("notice.by_admin", nil)
	case cs.ByJury():
		by = p.Text("notice.by_jury", nil)
	}
	text := p.Text(key, said)
	if breaks, _ := ruleExamples(p, rule); chat.Policy.Quiz && len(breaks) > 0 {
		text += "\n" + p.Text("notice.example", locale.Args{"example": breaks[0]})
	}
	return text + "\n" + p.Text("notice.end", locale.Args{"by": by, "follows": followsText(p, cs), "case": cs.ID})
}

// tellNews tells somebody that their penalty ended before its time, and why.
func (h *Handlers) tellNews(ctx context.Context, e moderation.Effect) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	text := newsText(p, chat.Book, e)
	stays, err := h.staysText(ctx, p, e)
	if err != nil {
		return err
	}
	text += stays
	if e.To.Private {
		if text, err = h.inGroup(ctx, p, e.Chat, text); err != nil {
			return err
		}
		_, err = h.do(ctx, bot.SendMessage(e.To.ID, text).NoPreview())
		return h.settled(err)
	}
	return h.untold(ctx, e, h.whisper(ctx, e, bot.SendMessage(e.Chat, text).NoPreview()))
}

// newsText says what became of a penalty before its time, and why.
func newsText(p locale.Printer, book moderation.Book, e moderation.Effect) string {
	args := locale.Args{"case": e.Case, "step": stepName(p, e.Step)}
	switch {
	case e.Reversal != "":
		return p.Text("news."+string(e.Reversal), args)
	case e.Appeal != moderation.NoAppeal:
		return p.Text("news.appeal_"+string(e.Appeal), args)
	case e.Rule != "":
		args["rule"], args["score"] = ruleName(p, book.Rule(e.Rule)), strconv.Itoa(e.Standing.Now)
		return p.Text("news.corrected", args)
	default:
		return p.Text("news.freed_"+string(e.Step.Deed), args)
	}
}

// staysText says to somebody who hears that a penalty ended what keeps them from writing all the same: that penalty, until the
// bot may lift it, or what an admin put on them by hand.
func (h *Handlers) staysText(ctx context.Context, p locale.Printer, e moderation.Effect) (string, error) {
	if e.Reversal == "" && (e.Appeal != moderation.NoAppeal || e.Rule != "") {
		return "", nil // nothing ended
	}
	waits, err := h.stillHeld(ctx, e)
	if err != nil || waits {
		return " " + p.Text("news.waits", nil), err
	}
	held, err := h.heldByHand(ctx, e.Chat, e.To.ID)
	if err != nil || !held {
		return "", err
	}
	return " " + p.Text("news.by_hand", nil), nil
}

// tellOutcome tells a reporter how their case ended. Only they see it.
func (h *Handlers) tellOutcome(ctx context.Context, e moderation.Effect) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if err != nil && !errors.Is(err, moderation.ErrNoCase) {
		return err
	}
	return h.untold(ctx, e, h.tell(ctx, e, outcomeText(p, e, cs), receiptButton(p, chat, e.Case)))
}

// outcomeText says how a case ended: by a jury or not, and what was done of what it brings.
func outcomeText(p locale.Printer, e moderation.Effect, cs moderation.Case) string {
	args := locale.Args{"case": e.Case, "step": stepName(p, e.Step)}
	switch {
	case e.Reversal != "":
		return p.Text("outcome.overturned", args)
	case e.Verdict == moderation.Upheld && cs.Removal == moderation.ProgressWaits:
		return p.Text("outcome.waiting", args)
	case e.Verdict == moderation.Upheld && cs.Removal.Never():
		return p.Text("outcome.never", args)
	case e.Verdict == moderation.Upheld && cs.Put == moderation.ProgressWaits:
		return p.Text("outcome.upheld_waits", args)
	case e.Verdict == moderation.Upheld && cs.Put == moderation.ProgressByHand:
		return p.Text("outcome.upheld_by_hand", args)
	case e.Verdict == moderation.Upheld && cs.Put.Never():
		return p.Text("outcome.upheld_never", args)
	case e.Verdict == moderation.Upheld && cs.ByJury():
		return p.Text("outcome.upheld_jury", args)
	case e.Verdict == moderation.Dismissed && cs.ByJury():
		return p.Text("outcome.dismissed_jury", args)
	default:
		return p.Text("outcome."+string(e.Verdict), args)
	}
}
