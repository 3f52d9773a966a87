package view_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
)

// A member reads these on a phone. How many lines of [locale.Columns] they may have, soft wrapping included; see [locale.Lines].
const confirmationLines, cardLines = 2, 3

// longTitle is a title of a group as long as is shown, of letters that are two columns wide; wideTitle is a common long one.
var (
	wideTitle = view.TitleText(strings.Repeat("棋", 64))
	longTitle = view.TitleText("The very best chess club of the whole city and all its suburbs !")
	rtlTitle  = view.TitleText(strings.Repeat("نادي الشطرنج ", 5))
)

const day = 24 * time.Hour

// longDecided are decided cases in every state that a text differs by, with the longest that can stand in it.
func longDecided() map[string]moderation.Case {
	all := map[string]moderation.Case{}
	for who, by := range map[string]func(*moderation.Case){
		"votes": func(c *moderation.Case) { c.Votes, c.Breaks = 200000, 199999 },
		"few":   func(c *moderation.Case) { c.Votes, c.Breaks = 2, 2 },
		"admin": func(c *moderation.Case) { c.ByAdmin = true },
		"hand":  func(c *moderation.Case) { c.ByAdmin, c.Manual = true, true },
		"jury":  grouptest.ByJury,
	} {
		for name, waits := range longPending {
			if who != "votes" && who != "few" {
				break // nothing waits of what an admin or a jury decided
			}
			all[who+", "+name] = grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
				by(c)
				c.Pending, c.PendingEnds = ladder.Step{Kind: ladder.Ban}, grouptest.Noon.Add(moderation.PendingFor)
				waits(c)
			})
		}
		for _, removal := range []moderation.Progress{moderation.ProgressDone, moderation.ProgressWaits, moderation.ProgressLate} {
			for _, put := range []moderation.Progress{moderation.ProgressDone, moderation.ProgressWaits, moderation.ProgressManual} {
				for _, step := range []ladder.Step{{Kind: ladder.Mute, For: 365 * day}, {Kind: ladder.Ban}} {
					cs := grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
						by(c)
						c.Removal, c.Put, c.Penalty, c.Until = removal, put, step, time.Time{}
						if step.For > 0 {
							c.Until = grouptest.Noon.Add(step.For)
						}
					})
					all[fmt.Sprintf("%s, removal %s, %s %s", who, removal, step, put)] = cs
				}
			}
		}
	}
	return all
}

// longPending make more follow from a case.
var longPending = map[string]func(*moderation.Case){
	"a jury decides":   func(c *moderation.Case) { c.Jury = jury.Heavy },
	"an admin decides": func(*moderation.Case) {},
	"held":             func(c *moderation.Case) { c.Jury, c.Until = jury.Heavy, grouptest.Noon.Add(moderation.HeldFor) },
	"removed only": func(c *moderation.Case) {
		c.Jury, c.Penalty, c.Until = jury.Heavy, ladder.Step{Kind: ladder.Remove}, time.Time{}
	},
	"not even removed": func(c *moderation.Case) {
		c.Jury, c.Penalty, c.Until, c.Removal = jury.Heavy, ladder.Step{Kind: ladder.Remove}, time.Time{}, moderation.ProgressLate
	},
}

// inAll runs a test in every language.
func inAll(t *testing.T, f func(t *testing.T, p locale.Printer)) {
	t.Helper()
	for _, lang := range locale.Languages() {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			f(t, locale.In(lang).At(time.FixedZone("CEST", 2*60*60)).On(grouptest.Noon))
		})
	}
}

func atMost(t *testing.T, what, text string, lines int) {
	t.Helper()
	if n := locale.Lines(text); n > lines {
		t.Errorf("%s has %d lines, at most %d:\n%s", what, n, lines, locale.Plain(text))
	}
}

// ownRule is a rule with the longest words that an owner can give it.
var ownRule = rulebook.Rule{ID: "r1", Severity: 3, Name: strings.Repeat("n", rulebook.MaxName), Why: strings.Repeat("Words of an owner. ", 16)[:300]}

func TestNoticesFitOnAScreen(t *testing.T) {
	t.Parallel()
	chat := moderation.Chat{Ref: 7, Size: moderation.Size{Writers: 60}, Policy: moderation.DefaultPolicy(), Book: append(rulebook.DefaultBook(), ownRule)}
	scores := []*moderation.Score{{Cost: 10, Now: 80, Tier: standing.TierGood}, {Cost: 40, Now: 0, Tier: standing.TierLastChance}}
	inAll(t, func(t *testing.T, p locale.Printer) {
		for what, cs := range longDecided() {
			for _, group := range []string{"", longTitle} {
				for _, score := range scores {
					for _, rule := range chat.Book {
						cs.Rule = rule.ID
						text := view.NoticeText(p, chat, cs, group, score)
						atMost(t, fmt.Sprintf("a notice (%s, %s, %q, %+v)", what, rule.ID, group, score), text, view.NoticeLines)
						if !strings.HasSuffix(text, cs.ID) {
							t.Errorf("%s: a notice without its case: %q", what, text)
						}
					}
					juried := moderation.Notice{Case: cs.ID, Step: cs.Penalty, Until: cs.Until, Standing: score, First: true, Jury: jury.Heavy}
					atMost(t, "harder by a jury: "+what, view.HarsherText(p, cs, juried, group), view.NoticeLines)
					n := moderation.Notice{Case: cs.ID, Step: cs.Penalty, Until: cs.Until, Standing: score, First: true}
					atMost(t, "harder: "+what, view.HarsherText(p, cs, n, group), view.NoticeLines)
					atMost(t, "waited: "+what, view.WaitedText(p, cs, n, group), view.NoticeLines)
				}
			}
		}
	})
}

// What most authors read is not cut: votes or an admin decided under one of the default rules, and the message is removed.
func TestCommonNoticesAreWhole(t *testing.T) {
	t.Parallel()
	chat := moderation.Chat{Ref: 7, Policy: moderation.DefaultPolicy(), Book: rulebook.DefaultBook()}
	inAll(t, func(t *testing.T, p locale.Printer) {
		for _, admin := range []bool{false, true} {
			for _, group := range []string{"", "Chess club"} {
				for _, rule := range chat.Book {
					cs := grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Votes, c.Breaks, c.Rule, c.ByAdmin = 13, 11, rule.ID, admin })
					text := locale.Plain(view.NoticeText(p, chat, cs, group, &moderation.Score{Cost: 10, Now: 80, Tier: standing.TierGood}))
					for _, want := range []string{group, p.Text("rule."+string(rule.ID), nil), p.Text("rule."+string(rule.ID)+".why", nil), "11"} {
						if !strings.Contains(text, want) && (want != "11" || !admin) {
							t.Errorf("it does not say %q:\n%s", want, text)
						}
					}
				}
			}
		}
	})
}

func TestConfirmationsFitOnTwoLines(t *testing.T) {
	t.Parallel()
	chat := moderation.Chat{Ref: 7, Policy: moderation.DefaultPolicy(), Book: append(rulebook.DefaultBook(), ownRule)}
	inAll(t, func(t *testing.T, p locale.Printer) {
		for _, rule := range append(rulebook.Book{{}}, chat.Book...) {
			for what, r := range map[string]moderation.Receipt{
				"open":      {Case: "7KQ2XY", Open: true, Rule: rule.ID},
				"decided":   {Case: "7KQ2XY", Rule: rule.ID},
				"again":     {Case: "7KQ2XY", Again: true, Open: true},
				"complaint": {Complaint: true},
			} {
				text, _ := view.Confirmation(p, chat, r, nil)
				atMost(t, "a confirmation, "+what, text, confirmationLines)
				for _, group := range []string{"Chess club", longTitle, wideTitle, rtlTitle} {
					text, _ := view.ConfirmationIn(p, chat, group, r)
					atMost(t, "a confirmation in private, "+what, text, confirmationLines)
				}
			}
		}
		atMost(t, "a report that is withdrawn", p.Text("report.undone", nil), 1)
	})
}

// A command that everybody saw is warned of, in a few lines more.
func TestWarningIsShort(t *testing.T) {
	t.Parallel()
	chat := moderation.Chat{Ref: 7, Policy: moderation.DefaultPolicy(), Book: rulebook.DefaultBook()}
	say := view.ReportTextsIn(wire.Self{User: wire.User{Username: "OstrakonBot"}}, chat, grouptest.Noon)
	inAll(t, func(t *testing.T, p locale.Printer) {
		text, _ := view.Confirmation(p, chat, moderation.Receipt{Case: "7KQ2", Open: true}, &say)
		atMost(t, "a confirmation with its warning", text, confirmationLines+6)
	})
}

func TestCardsFitOnThreeLines(t *testing.T) {
	t.Parallel()
	chat := moderation.Chat{Ref: 7, Policy: moderation.DefaultPolicy(), Book: append(rulebook.DefaultBook(), ownRule)}
	inAll(t, func(t *testing.T, p locale.Printer) {
		cases := longDecided()
		for _, v := range []moderation.Verdict{moderation.Open, moderation.Dismissed, moderation.Expired} {
			for _, breaks := range []int{0, 199999} {
				for _, admin := range []bool{false, true} {
					cases[fmt.Sprint(v, breaks, admin)] = grouptest.Case(v, func(c *moderation.Case) { c.Votes, c.Breaks, c.ByAdmin = 200000, breaks, admin })
				}
			}
		}
		cases["overturned"] = grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Reversed = moderation.Overturned })
		for what, cs := range cases {
			for _, rule := range chat.Book {
				cs.ID, cs.Rule = "7KQ2XY", rule.ID
				atMost(t, "a card, "+what, view.CardText(p, chat, cs), cardLines)
			}
		}
	})
}

// An outcome is no longer than a card.
func TestOutcomesFitOnThreeLines(t *testing.T) {
	t.Parallel()
	inAll(t, func(t *testing.T, p locale.Printer) {
		for what, cs := range longDecided() {
			for _, e := range []moderation.SendOutcome{
				{Case: "7KQ2XY", Verdict: moderation.Upheld, Step: cs.Penalty}, {Case: "7KQ2XY", Verdict: moderation.Dismissed},
				{Case: "7KQ2XY", Verdict: moderation.Expired}, {Case: "7KQ2XY", Verdict: moderation.Upheld, Reversal: moderation.Overturned},
			} {
				atMost(t, "an outcome, "+what, view.OutcomeText(p, e, cs), cardLines)
			}
		}
	})
}
