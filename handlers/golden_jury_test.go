package handlers_test

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// heavies are upheld cases of which more may follow, by who decides about that.
var heavies = map[string]moderation.Case{
	"heavy jury":   heavy(func(c *moderation.Case) { c.Jury = jury.Heavy }),
	"heavy admins": heavy(func(*moderation.Case) {}),
	"second": heavy(func(c *moderation.Case) {
		c.Jury, c.Pending, c.Until = jury.Heavy, c.Penalty, noon.Add(moderation.HeldFor)
	}),
	"second, heavy": heavy(func(c *moderation.Case) { c.Jury, c.Until = jury.Heavy, noon.Add(moderation.HeldFor) }),
	"removed only": heavy(func(c *moderation.Case) {
		c.Penalty, c.Until, c.Pending = ladder.Step{Kind: ladder.Remove}, time.Time{}, ladder.Step{}
	}),
	"confirmed": heavy(func(c *moderation.Case) {
		c.Penalty, c.Pending, c.Until = c.Pending, ladder.Step{}, noon.Add(7*24*time.Hour)
	}),
}

func heavy(change func(*moderation.Case)) moderation.Case {
	return grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
		c.Votes, c.Breaks = 13, 11
		c.Pending, c.PendingEnds = ladder.Step{Kind: ladder.Ban, For: 7 * 24 * time.Hour}, noon.Add(moderation.PendingFor)
		change(c)
	})
}

// juries are what an author, a reporter and the admins read of a heavy penalty, and of a second case in a day.
func (b *storybook) juries() {
	chat := moderation.Chat{Ref: 7, Policy: moderation.DefaultPolicy()}
	for _, name := range []string{"heavy jury", "heavy admins", "second", "second, heavy", "removed only"} {
		cs := heavies[name]
		b.show(name+": notice", notice(b.p, cs, "", &moderation.Score{Cost: 10, Now: 80, Tier: "good"}), nil, most)
		line, _ := view.MyCaseLine(b.p, chat, cs, "Chess club", false, noon)
		b.show(name+": /mycases", line, nil, most)
		b.show(name+": outcome", view.OutcomeText(b.p, moderation.SendOutcome{Case: cs.ID, Verdict: cs.Verdict, Step: cs.Penalty}, cs), nil, most)
		b.heavyEntry(name, moderation.TopicDecided)
		b.show(name+": one of several", b.several(name), nil, most)
	}
	b.heavyEntry("confirmed", moderation.TopicConfirmed)
	b.heavyEntry("upheld", moderation.TopicDropped)
	cs := heavies["confirmed"]
	n := moderation.Notice{Case: cs.ID, Step: cs.Penalty, Until: cs.Until, First: true, Harsher: true, Jury: jury.Heavy}
	b.show("confirmed: notice", view.HarsherText(b.p, cs, n, ""), nil, most)
	later := moderation.SendLaterNotice{Case: cs.ID, Step: heavies["second"].Penalty, Eased: noon.Add(20 * time.Minute)}
	b.show("eased", view.LaterNoticeText(b.p, nil, cs, later), nil, most)
	later.Eased = noon
	b.show("eased now", view.LaterNoticeText(b.p, nil, cs, later), nil, most)
	for _, r := range []moderation.Reversal{moderation.Overturned, moderation.Pardoned} {
		later := moderation.SendLaterNotice{Case: cs.ID, Step: ladder.Step{Kind: ladder.Remove}, Reversal: r}
		b.show("removed only, "+string(r), view.LaterNoticeText(b.p, nil, cs, later), nil, most)
	}
	for _, s := range []moderation.Standing{{Declines: true}, {Willing: noon.Add(moderation.WillingAfter)}} {
		s.Score, s.Tier, s.Next = 100, "good", ladder.Step{Kind: ladder.Warn}
		b.show("/me: juries", view.MeText(b.p, s), view.MeButtons(b.p, 7, s), most)
	}
}

func (b *storybook) heavyEntry(name string, topic moderation.Topic) {
	text, rows, err := b.entry(moderation.CaseEntry{What: topic, Case: name})
	if err != nil {
		b.t.Fatal(err)
	}
	b.show(name+": "+string(topic), text, rows, most)
}

func (b *storybook) several(name string) string {
	text, _, err := b.entry(moderation.Several{Entries: []moderation.Entry{moderation.CaseEntry{What: moderation.TopicDecided, Case: name}}})
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}
