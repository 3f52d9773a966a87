package view

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// inLines reports texts that take more lines on a narrow phone.
func inLines(t *testing.T, lang, what, text string, most int) {
	t.Helper()
	if n := locale.Lines(text); n > most {
		t.Errorf("%s: %s has %d lines, at most %d:\n%s", lang, what, n, most, locale.Plain(text))
	}
}

// longNames are as long as they can be where they are shown.
var longName, longTitle, longBot = strings.Repeat("ж", 70), strings.Repeat("ж", 128), strings.Repeat("b", 32)

// everyLanguage speaks each language, at a time of which the words are long.
func everyLanguage(t *testing.T, f func(t *testing.T, lang string, p locale.Printer)) {
	t.Helper()
	for _, lang := range locale.Languages() {
		f(t, lang, locale.In(lang).On(lateSummer))
	}
}

var lateSummer = time.Date(2026, 9, 23, 22, 30, 0, 0, time.UTC)

// The greeting is read in passing, by a whole group.
func TestGreetingHasThreeLines(t *testing.T) {
	t.Parallel()
	all := moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}
	everyLanguage(t, func(t *testing.T, lang string, p locale.Printer) {
		for name, say := range map[string]ReportTexts{
			"alone in the group": {bot: longBot}, "beside another bot": {bot: longBot, beside: true}, "unseen in private alone": {bot: longBot, alone: true},
		} {
			inLines(t, lang, "the greeting, "+name, IntroText(p, moderation.Chat{Rights: all}, say), 3)
		}
		lacking := IntroText(p, moderation.Chat{}, ReportTexts{bot: longBot})
		inLines(t, lang, "the greeting without rights", lacking, 3+1+3)
	})
}

// An admin who gives a penalty reads what it came to at a glance.
func TestManualPenaltiesAreAnsweredInTwoLines(t *testing.T) {
	t.Parallel()
	everyLanguage(t, func(t *testing.T, lang string, p locale.Printer) {
		args := locale.Args{"name": BriefName(p, longName), "case": "7KQ2X", "for": p.Duration(365 * 24 * time.Hour)}
		for _, kind := range []string{"warn", "mute", "mute_basic", "kick", "ban", "ban_for"} {
			inLines(t, lang, "what follows "+kind, p.Text("hand.done_"+kind, args), 2)
		}
		for _, key := range []string{"hand.freed_mute", "hand.freed_ban", "hand.pardoned", "decide.upheld", "decide.dismissed"} {
			inLines(t, lang, key, p.Text(key, args), 2)
		}
		for _, step := range []string{"mute 365d", "ban"} {
			args["step"], args["right"] = StepName(p, mustStep(t, step)), RightName(p, moderation.RightRestrict)
			inLines(t, lang, "hand.waits", p.Text("hand.waits", args), 3)
		}
	})
}

func mustStep(t *testing.T, typed string) ladder.Step {
	t.Helper()
	steps, err := ladder.ParseLadder(typed)
	if err != nil {
		t.Fatal(err)
	}
	return steps[0]
}

// headOf is a log entry without what it quotes, as it stands in a log: below the name of its group.
func headOf(p locale.Printer, title, text string) string {
	plain, marks := locale.Split(InGroupText(p, TitleText(title), text))
	for _, m := range marks {
		if m.Kind == locale.MarkQuote {
			return string([]rune(plain)[:runesBefore(plain, m.Offset)-1]) // without the line break
		}
	}
	return plain
}

// runesBefore is how many characters stand before a place that Telegram counts in UTF-16 units.
func runesBefore(text string, units int) int {
	return len([]rune(Cut(text, units)))
}

// A decided case stands in a few lines above the message that it is about, however long its names are, and takes a line more if
// something waits or is contested.
func TestEntriesHaveSixLines(t *testing.T) {
	t.Parallel()
	evidence := &moderation.Evidence{Name: longName, Text: strings.Repeat("words ", 100)}
	decided := moderation.Case{
		ID: "7KQ2X", Verdict: moderation.Upheld, Rule: "own", Votes: 40, Breaks: 30, CaseCard: moderation.CaseCard{Appeared: lateSummer},
		CasePenalty: moderation.CasePenalty{Penalty: mustStep(t, "ban 365d"), Until: lateSummer.AddDate(0, 0, 80)},
	}
	everyLanguage(t, func(t *testing.T, lang string, p locale.Printer) {
		entry := func(what string, n moderation.CaseEntry, as func(*moderation.Case), most int, rule, title, by string) {
			cs := decided
			as(&cs)
			n.Case, n.By = cs.ID, moderation.Admin{ID: 5, Name: by}
			chat := moderation.Chat{Book: rulebook.Book{{ID: "own", Name: rule, Severity: 1}}}
			said := CaseEntry(p, CaseFile{Chat: chat, Case: cs, Evidence: evidence}, n, lateSummer)
			inLines(t, lang, what, headOf(p, title, said.Text), most)
		}
		plainly := func(*moderation.Case) {}
		longest := func(what string, n moderation.CaseEntry, as func(*moderation.Case)) {
			entry(what, n, as, 6, strings.Repeat("ж", rulebook.MaxName), longTitle, longName)
		}
		longest("decided by votes", moderation.CaseEntry{What: moderation.TopicDecided}, plainly)
		longest("decided by an admin", moderation.CaseEntry{What: moderation.TopicDecided}, func(cs *moderation.Case) { cs.ByAdmin = true })
		longest("dismissed by an admin", moderation.CaseEntry{What: moderation.TopicDecided}, func(cs *moderation.Case) { cs.ByAdmin, cs.Verdict = true, moderation.Dismissed })
		longest("expired", moderation.CaseEntry{What: moderation.TopicDecided}, func(cs *moderation.Case) { cs.Verdict = moderation.Expired })
		longest("by hand", moderation.CaseEntry{What: moderation.TopicManual}, func(cs *moderation.Case) { cs.Manual = true })
		longest("harsher", moderation.CaseEntry{What: moderation.TopicHarsher}, plainly)
		longest("overturned", moderation.CaseEntry{What: moderation.TopicOverturned}, func(cs *moderation.Case) { cs.Reversed, cs.ReversedAt = moderation.Overturned, lateSummer })
		usual := func(what string, topic moderation.Topic, as func(*moderation.Case)) {
			shorter := func(cs *moderation.Case) {
				cs.Penalty, cs.Until = mustStep(t, "mute 1h"), lateSummer.Add(time.Hour)
				as(cs)
			}
			entry(what, moderation.CaseEntry{What: topic}, shorter, 7, p.Text("rule.spam", nil), "Chess club of the city", "Konstantin")
		}
		for _, put := range []moderation.Progress{moderation.ProgressWaits, moderation.ProgressAdmin, moderation.ProgressFailed, moderation.ProgressLate, moderation.ProgressManual} {
			usual("of which the penalty is "+string(put), moderation.TopicDecided, func(cs *moderation.Case) { cs.Put = put })
		}
		usual("of which all waits", moderation.TopicDecided, func(cs *moderation.Case) { cs.Put, cs.Removal = moderation.ProgressWaits, moderation.ProgressWaits })
		usual("of which more waits for an admin", moderation.TopicDecided, func(cs *moderation.Case) {
			cs.Pending, cs.PendingEnds = mustStep(t, "ban"), lateSummer.Add(12*time.Hour)
		})
		usual("confirmed", moderation.TopicConfirmed, plainly)
		usual("dropped", moderation.TopicDropped, plainly)
		usual("corrected", moderation.TopicCorrected, plainly)
		usual("pardoned", moderation.TopicPardoned, func(cs *moderation.Case) { cs.Reversed, cs.ReversedAt = moderation.Pardoned, lateSummer })
		for topic, state := range map[moderation.Topic]moderation.AppealState{
			moderation.TopicAppealed: moderation.BeforeJury, moderation.TopicAppealAsks: moderation.BeforeAdmins,
			moderation.TopicAppealStands: moderation.AppealStands, moderation.TopicAppealLapsed: moderation.AppealLapsed,
		} {
			usual("of an appeal, "+string(topic), topic, func(cs *moderation.Case) { cs.Appeal = state })
		}
	})
}

// /health is one line and what is worth knowing where all is well, and begins with what is wrong where something is.
func TestHealthIsShort(t *testing.T) {
	t.Parallel()
	everyLanguage(t, func(t *testing.T, lang string, p locale.Printer) {
		c := NewHealth(p)
		c.Log("", TitleText("Chess club, log"))
		inLines(t, lang, "/health", c.Text(), 3)
		if !strings.HasPrefix(c.Text(), p.Text("intro.all", nil)+"\n") {
			t.Errorf("%s: it begins otherwise:\n%s", lang, c.Text())
		}
		c.Files(moderation.NoSpaceDisk)
		if text := c.Text(); !strings.HasPrefix(text, "⚠️ ") || strings.Contains(text, p.Text("intro.all", nil)) {
			t.Errorf("%s: what is wrong is not the first:\n%s", lang, text)
		}
	})
}
