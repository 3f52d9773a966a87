package view

import (
	"strconv"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// Contestable reports whether the author can still appeal.
func Contestable(cs moderation.Case, now time.Time) bool {
	return cs.Verdict == moderation.Upheld && cs.Author.Reachable() && cs.Reversed == "" &&
		cs.Appeal == moderation.NoAppeal && now.Before(cs.AppealEnds())
}

// ContestText says until when the author can appeal, if they can.
func ContestText(p locale.Printer, cs moderation.Case, now time.Time) string {
	if !Contestable(cs, now) {
		return ""
	}
	return "\n" + p.Text("notice.appeal", locale.Args{"date": p.Time(cs.AppealEnds())})
}

// NoticeButtons are what the author can do about it. Username is the bot's, for a link out of the group.
func NoticeButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time, username string, private bool) [][]wire.Button {
	var row []wire.Button
	if Contestable(cs, now) {
		row = append(row, Coloured(wire.Button{Text: p.Text("button.appeal", nil), Data: GroupData(ButtonAppeal, chat.Ref, cs.ID)}))
	}
	if learnable(p, chat, cs, now) {
		row = append(row, quizButton(p, username, chat.Ref, cs.ID, private))
	}
	if len(row) == 0 {
		return nil
	}
	return [][]wire.Button{row}
}

// HarsherText tells the author that their penalty became harder.
func HarsherText(p locale.Printer, cs moderation.Case, e moderation.Notice) string {
	args := locale.Args{"case": e.Case, "step": StepName(p, e.Step), "until": p.Time(e.Until)}
	text := p.Text("notice.harsher", args)
	if !e.Until.IsZero() {
		text = p.Text("notice.harsher_until", args)
	}
	if cs.Put == moderation.ProgressWaits || cs.Put.Never() {
		text = p.Text("notice.harsher", args) + " " + followsText(p, cs)
	}
	return text + CostText(p, e.Standing)
}

// NoticeText says what was removed, under which rule and why, with an example, who decided, and what follows
// until when.
func NoticeText(p locale.Printer, chat moderation.Chat, cs moderation.Case, key string, args locale.Args) string {
	rule := chat.Book.Rule(cs.Rule)
	said := locale.Args{"rule": RuleName(p, rule), "why": ruleWhy(p, rule)}
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
	if breaks, _ := RuleExamples(p, rule); chat.Policy.Quiz && len(breaks) > 0 {
		text += "\n" + p.Text("notice.example", locale.Args{"example": breaks[0]})
	}
	return text + "\n" + p.Text("notice.end", locale.Args{"by": by, "follows": followsText(p, cs), "case": cs.ID})
}

// LaterNoticeText says why a penalty ended before its time, or how a case was corrected.
func LaterNoticeText(p locale.Printer, book rulebook.Book, e moderation.SendLaterNotice) string {
	args := locale.Args{"case": e.Case, "step": StepName(p, e.Step)}
	switch {
	case e.Reversal != "":
		return p.Text("news."+string(e.Reversal), args)
	case e.Appeal != moderation.NoAppeal:
		return p.Text("news.appeal_"+string(e.Appeal), args)
	case e.Rule != "":
		args["rule"], args["score"] = RuleName(p, book.Rule(e.Rule)), strconv.Itoa(e.Standing.Now)
		return p.Text("news.corrected", args)
	default:
		return p.Text("news.freed_"+string(e.Step.Kind), args)
	}
}

// learnable reports whether a quiz can shorten what the case brought.
func learnable(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) bool {
	return chat.Policy.Quiz && cs.Learnable(now) && ExamplesOf(p, chat.Book.Rule(cs.Rule)).Enough()
}

// LearnText says that a quiz can shorten the mute, if it can.
func LearnText(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) string {
	if !learnable(p, chat, cs, now) {
		return ""
	}
	return "\n" + p.Text("notice.quiz", nil)
}
