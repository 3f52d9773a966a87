package view

import (
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// NoticeLines is how many lines a notice has at most; see [locale.Lines].
const NoticeLines = 5

// Contestable reports whether the author can still appeal.
func Contestable(cs moderation.Case, now time.Time) bool {
	return cs.Verdict == moderation.Upheld && cs.Author.Reachable() && cs.Reversed == "" &&
		cs.Appeal == moderation.NoAppeal && now.Before(cs.AppealEnds())
}

// NoticeButtons are what the author can do about it: halve it, appeal, read the rule. Username is the bot's, for a link out of the
// group.
func NoticeButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time, username string, private bool) [][]wire.Button {
	rows := AfterRuleButtons(p, chat, cs, now, username, private)
	rule := wire.Button{Text: p.Text("button.rule", nil), Data: GroupData(ButtonExplain, chat.Ref, cs.ID)}
	if !Contestable(cs, now) {
		return append(rows, []wire.Button{rule})
	}
	last := len(rows) - 1
	rows[last] = append(rows[last], rule)
	return rows
}

// AfterRuleButtons are those that are left below a notice once it shows the rule.
func AfterRuleButtons(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time, username string, private bool) [][]wire.Button {
	var rows [][]wire.Button
	if learnable(p, chat, cs, now) {
		rows = append(rows, []wire.Button{quizButton(p, username, chat.Ref, cs.ID, private)})
	}
	if Contestable(cs, now) {
		rows = append(rows, []wire.Button{Coloured(wire.Button{Text: p.Text("button.mistake", nil), Data: GroupData(ButtonAppeal, chat.Ref, cs.ID)})})
	}
	return rows
}

// NoticeText says what follows, which rule was broken and who decided, until when, and what it cost. It keeps to [NoticeLines]: the
// sentence of the rule is cut first, which 📖 shows whole. In private it names the group; in the group, that name is empty.
func NoticeText(p locale.Printer, chat moderation.Chat, cs moderation.Case, group string, score *moderation.Score) string {
	if cs.Swept() {
		return sweptText(p, chat, cs, group)
	}
	rule := chat.Book.Rule(cs.Rule)
	name := locale.Emphasis(RuleName(p, rule))
	first, until := followsText(p, cs), untilOf(cs, cs.Until)
	if pendingText(p, chat, cs, longest) != "" {
		until = time.Time{} // the first line says how long, and two times in a row would be mixed up
	}
	return fitted(ruleWhy(p, rule), group, func(why, group string, say length) string {
		said, by := foundText(p, cs, name, why), votesText(p, cs)
		if say != longest && !cs.Manual {
			said, by = p.Text("notice.short", locale.Args{"rule": name, "why": why}), byText(p, cs)
		}
		pends := pendingText(p, chat, cs, say)
		if say == shortest || pends != "" {
			by = ""
		}
		if say == shortest && (pends != "" || cs.Held()) {
			said = p.Text("jury.rule", locale.Args{"rule": name, "why": why})
		}
		return headed(p, group, first) + "\n" + removalText(p, cs, strings.TrimSpace(said)) + pends + "\n" + endLines(p, until, by, score, cs.ID)
	})
}

// sweptText tells the author of a copy that it was removed, and that nothing else follows.
func sweptText(p locale.Printer, chat moderation.Chat, cs moderation.Case, group string) string {
	said := p.Text("notice.swept", locale.Args{"rule": locale.Emphasis(RuleName(p, chat.Book.Rule(cs.Rule)))})
	return shortNotice(p, group, said, p.Text("notice.swept_cost", nil)+between+cs.ID)
}

// shortestWhy is how many columns of a rule's sentence are worth showing.
const shortestWhy = 12

// length is how much of who decided a notice says: in a sentence, in two words at its end, or not at all.
type length int

const (
	longest length = iota
	shorter
	shortest
)

// fitted is a notice with as much as there is room for. First it says in two words who decided, then it cuts the sentence of the
// rule and the group's title, and at last it leaves out who decided.
func fitted(why, group string, text func(why, group string, say length) string) string {
	fits := func(text string) bool { return locale.Lines(text) <= NoticeLines }
	for _, room := range []int{longestTitle, shortestTitle} {
		title := narrowed(group, room)
		if text := text(why, title, longest); fits(text) {
			return text
		}
		if text := text(why, title, shorter); fits(text) {
			return text
		}
		cut := func(n int) string { return text(narrowed(why, shortestWhy+n), title, shorter) }
		if n := sort.Search(NoticeLines*locale.Columns, func(n int) bool { return !fits(cut(n)) }); n > 0 {
			return cut(n - 1)
		}
		if text := text("", title, shorter); fits(text) {
			return text
		}
	}
	return text("", narrowed(group, shortestTitle), shortest)
}

// headed is what is told about a group, with the name of that before it if there is one.
func headed(p locale.Printer, group, text string) string {
	if group == "" {
		return text
	}
	return p.Text("notice.in", locale.Args{"group": group, "text": text})
}

// foundText says who found that the message breaks which rule, or that an admin gave a penalty.
func foundText(p locale.Printer, cs moderation.Case, rule, why string) string {
	args := locale.Args{"rule": rule, "why": why}
	switch {
	case cs.Manual:
		return p.Text("notice.hand", args)
	case cs.ByAdmin:
		return p.Text("notice.admin", args)
	case cs.ByJury():
		return p.Text("notice.jury", args)
	default:
		return p.Text("notice.votes", args)
	}
}

// removalText adds what becomes of a message that is not removed. Nothing is added if it is, or if that is of no matter, an admin
// having punished.
func removalText(p locale.Printer, cs moderation.Case, text string) string {
	switch {
	case cs.Manual:
	case cs.Removal == moderation.ProgressWaits:
		return p.Text("notice.waits", locale.Args{"text": text})
	case cs.Removal.Never():
		return p.Text("notice.never", locale.Args{"text": text})
	}
	return text
}

// byText says who decided.
func byText(p locale.Printer, cs moderation.Case) string {
	switch {
	case cs.ByAdmin:
		return p.Text("notice.by_admin", nil)
	case cs.ByJury():
		return p.Text("notice.by_jury", nil)
	default:
		return votesText(p, cs)
	}
}

// votesText says how many votes decided, if votes did; of a few it tells no number.
func votesText(p locale.Printer, cs moderation.Case) string {
	switch {
	case cs.ByAdmin, cs.ByJury():
		return ""
	case isFew(cs.Breaks):
		return p.Text("notice.by_few", nil)
	default:
		return p.Text("notice.by_votes", locale.Args{"count": cs.Breaks})
	}
}

// endLines close a notice: until when it lasts and who decided, and below that what it cost and the id of the case.
func endLines(p locale.Printer, until time.Time, by string, score *moderation.Score, id string) string {
	var upper, lower []string
	if !until.IsZero() {
		upper = append(upper, p.Text("notice.until", locale.Args{"until": p.Time(until)}))
	}
	if cost := costText(p, score); cost != "" {
		lower = append(lower, cost)
	}
	switch {
	case by == "":
	case len(upper) > 0:
		upper = append(upper, by)
	default:
		lower = append(lower, by)
	}
	if len(upper) == 0 || len(lower) == 0 {
		return strings.Join(append(upper, append(lower, id)...), between)
	}
	return strings.Join(upper, between) + "\n" + strings.Join(append(lower, id), between)
}

// untilOf is when a penalty of a case ends; zero if it is not in force, or if its first line says so. When it is at last, that is told
// with its end.
func untilOf(cs moderation.Case, until time.Time) time.Time {
	if cs.Put.NotDone() || cs.Held() {
		return time.Time{}
	}
	return until
}

// between separates small facts in a line.
const between = " · "

// costText says how many points of standing a case took, and what is left; /me says what follows from that.
func costText(p locale.Printer, s *moderation.Score) string {
	if s == nil || s.Cost == 0 {
		return ""
	}
	args := locale.Args{"cost": strconv.Itoa(s.Cost), "score": strconv.Itoa(s.Now)}
	if s.Tier == standing.TierGood || s.Tier == "" {
		return p.Text("notice.standing", args)
	}
	args["tier"] = tierName(p, s.Tier)
	return p.Text("notice.standing_tier", args)
}

// HarsherText tells the author that their penalty became harder.
func HarsherText(p locale.Printer, cs moderation.Case, e moderation.Notice, group string) string {
	first := imposedText(p, e.Step)
	if cs.Put.NotDone() {
		first = followsText(p, cs)
	}
	by := "notice.harsher"
	if e.Jury != jury.NoJury {
		by = "notice.harsher_jury"
	}
	return shortNotice(p, group, first, p.Text(by, nil)+"\n"+endLines(p, untilOf(cs, e.Until), "", e.Standing, e.Case))
}

// WaitedText tells the author about a penalty that had to wait. It is empty if the penalty is not in force.
func WaitedText(p locale.Printer, cs moderation.Case, e moderation.Notice, group string) string {
	if cs.Penalty != e.Step || !cs.Until.Equal(e.Until) || cs.Put != moderation.ProgressDone && !e.First {
		return ""
	}
	return shortNotice(p, group, imposedText(p, e.Step), p.Text("notice.waited", nil)+"\n"+endLines(p, e.Until, "", nil, cs.ID))
}

// shortNotice is a notice about a case that the author knows of.
func shortNotice(p locale.Printer, group, first, rest string) string {
	return cutTitle(group, NoticeLines, func(group string) string { return headed(p, group, first) + "\n" + rest })
}

// RuleText explains to the author the rule that they broke: its whole sentence, and an example if the group explains its rules.
func RuleText(p locale.Printer, chat moderation.Chat, cs moderation.Case) string {
	rule := chat.Book.Rule(cs.Rule)
	text := p.Text("rules.short", locale.Args{"rule": locale.Emphasis(RuleName(p, rule)), "why": ruleWhy(p, rule)})
	if breaks, _ := RuleExamples(p, rule); chat.Policy.Quiz && len(breaks) > 0 {
		text += "\n" + p.Text("notice.example", locale.Args{"example": breaks[0]})
	}
	return text
}

// LaterNoticeText says why a penalty ended before its time, or that it will not be in force at all, or how a case was corrected.
func LaterNoticeText(p locale.Printer, book rulebook.Book, cs moderation.Case, e moderation.SendLaterNotice) string {
	args := locale.Args{"case": e.Case, "step": StepName(p, e.Step), "date": p.Time(e.Eased)}
	switch {
	case e.Reversal == moderation.Overturned && cs.Swept():
		return p.Text("news.swept", args)
	case e.Reversal != "" && e.Step.Kind == ladder.Remove:
		return p.Text("news."+string(e.Reversal)+"_remove", args)
	case e.Reversal != "" && cs.Put.NotDone():
		return p.Text("news."+string(e.Reversal)+"_not_put", args)
	case e.Reversal != "":
		return p.Text("news."+string(e.Reversal), args)
	case e.Appeal != moderation.NoAppeal:
		return p.Text("news.appeal_"+string(e.Appeal), args)
	case e.Rule != "":
		args["rule"], args["score"] = RuleName(p, book.Rule(e.Rule)), strconv.Itoa(e.Standing.Now)
		return p.Text("news.corrected", args)
	case e.Eased.After(p.Now()):
		return p.Text("news.eased", args)
	case !e.Eased.IsZero():
		return p.Text("news.eased_now", args)
	default:
		return p.Text("news.freed_"+string(e.Step.Kind), args)
	}
}

// LostText adds to the news that a case was overturned that other messages went along with its own, which nobody can bring back.
func LostText(p locale.Printer, cs moderation.Case, e moderation.SendLaterNotice) string {
	if e.Reversal != moderation.Overturned || cs.Along == 0 {
		return ""
	}
	return " " + p.Text("news.lost", nil)
}

// learnable reports whether a quiz can shorten what the case brought.
func learnable(p locale.Printer, chat moderation.Chat, cs moderation.Case, now time.Time) bool {
	return chat.Policy.Quiz && cs.Learnable(now) && ExamplesOf(p, chat.Book.Rule(cs.Rule)).Enough()
}

// imposedText says a penalty that is in force to the one whom it is about.
func imposedText(p locale.Printer, s ladder.Step) string {
	key := "notice." + string(s.Kind)
	if s.Kind == ladder.Ban && s.For > 0 {
		key += "_for"
	}
	return p.Text(key, locale.Args{"for": p.Duration(s.For)})
}

// pendingText says in a line of its own that a harder penalty waits, and who decides about it, until when. Whether there can be a
// jury is known for certain only when it is drawn; where hardly enough write, the admins are named, who may decide in any case. Where
// there is little room it says less.
func pendingText(p locale.Printer, chat moderation.Chat, cs moderation.Case, say length) string {
	args := locale.Args{"until": p.Time(cs.PendingEnds)}
	sits := cs.Jury == jury.Heavy && chat.Size.Writers >= jury.FewestEligible
	switch {
	case !cs.Waits(p.Now()) || !cs.Pending.HarderThan(cs.Penalty):
		return ""
	case sits && say == shortest:
		return "\n" + p.Text("notice.more_jury", nil)
	case sits:
		return "\n" + p.Text("notice.pending_jury", args)
	case say == shortest:
		return "\n" + p.Text("notice.more_admins", nil)
	default:
		return "\n" + p.Text("notice.pending_admins", args)
	}
}

// followsText says what follows for the author: what is in force, what waits, or that nothing does.
func followsText(p locale.Printer, cs moderation.Case) string {
	step := locale.Args{"step": StepName(p, cs.Penalty)}
	switch {
	case cs.Put == moderation.ProgressWaits:
		return p.Text("notice.step_waits", step)
	case cs.Put == moderation.ProgressManual:
		return p.Text("notice.step_by_hand", nil)
	case cs.Put.Never():
		return p.Text("notice.step_never", step)
	case cs.Held():
		return p.Text("notice.held", locale.Args{"until": p.Time(cs.Until)})
	case cs.Penalty.Kind == ladder.Remove && cs.Removal.NotDone():
		return p.Text("notice.no_penalty", nil)
	default:
		return imposedText(p, cs.Penalty)
	}
}
