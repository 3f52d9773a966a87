package handlers_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// progress is all that is said of a verdict whose removal or penalty waits, or never could be done: to the group, the author,
// the reporters and the admins.
func (b *storybook) progress() {
	cs := moderation.Case{
		ID: "7KQ2", Verdict: moderation.Upheld, Breaks: 4, Votes: 5, Rule: rulebook.Spam, Decided: noon,
		CasePenalty: moderation.CasePenalty{Penalty: ladder.Step{Kind: ladder.Mute, For: 24 * time.Hour}, Until: noon.Add(24 * time.Hour)},
	}
	e := moderation.SendOutcome{Case: cs.ID, Verdict: cs.Verdict, Step: cs.Penalty}
	n := moderation.Notice{Case: cs.ID, Step: cs.Penalty, Until: cs.Until, First: true}
	for _, of := range []struct{ removal, put moderation.Progress }{
		{"done", "done"}, {"waits", "waits"}, {"done", "waits"}, {"late", "admin"}, {"done", "failed"}, {"done", "late"},
	} {
		cs.Removal, cs.Put = of.removal, of.put
		title := fmt.Sprintf("removal %s, penalty %s: ", cs.Removal, cs.Put)
		b.show(title+"card", view.CardText(b.p, moderation.Chat{}, cs), nil, most)
		b.show(title+"notice", view.NoticeText(b.p, moderation.Chat{}, cs, "", nil), nil, most)
		b.show(title+"outcome", view.OutcomeText(b.p, e, cs), nil, most)
		b.show(title+"/mycases", view.PutStep(b.p, cs.Penalty, cs.Put), nil, most)
		if lines := view.ProgressLines(b.p, moderation.Supergroup, cs, noon); len(lines) > 0 {
			b.show(title+"log", strings.Join(lines, "\n"), nil, most)
		}
	}
	b.show("harder, and it waits", view.HarsherText(b.p, moderation.Case{CasePenalty: moderation.CasePenalty{Put: "waits", Penalty: cs.Penalty, Until: cs.Until}}, n, ""), nil, most)
	b.show("in force now", view.WaitedText(b.p, cs, n, ""), nil, most)
	b.show("in force now, in private", view.WaitedText(b.p, cs, n, "Chess club"), nil, most)
	cs.Penalty, cs.Until = ladder.Step{Kind: ladder.Ban}, time.Time{}
	n.Step, n.Until = cs.Penalty, cs.Until
	b.show("in force now, for ever", view.WaitedText(b.p, cs, n, ""), nil, most)
}
