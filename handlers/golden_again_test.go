package handlers_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// reopened are open cases about a message that was found fine before, by who decides them.
var reopened = func() map[string]moderation.Case {
	all := map[string]moderation.Case{}
	for _, s := range []moderation.AppealState{moderation.BeforeJury, moderation.BeforeAdmins} {
		all["again "+string(s)] = grouptest.Case(moderation.Open, func(c *moderation.Case) {
			grouptest.ByJury(c)
			c.Appeal, c.Listed = s, true
			if s == moderation.BeforeJury {
				c.Jury = jury.Reopened
			}
		})
	}
	return all
}()

// again is all that is said of a message that is reported again after it was dismissed: to admins, to jurors, to reporters.
func (b *storybook) again() {
	for _, e := range []moderation.Entry{
		moderation.CaseEntry{What: moderation.TopicAgain, Case: "again jury"}, moderation.CaseEntry{What: moderation.TopicAgainAsks, Case: "again admins"},
	} {
		text, rows, err := b.entry(e)
		if err != nil {
			b.t.Fatal(err)
		}
		b.notAppeal(text)
		b.show("again: "+string(e.Topic()), text, rows, most)
	}
	seen, _, _ := shelf{}.Evidence(b.t.Context(), 0, "")
	cs := reopened["again jury"]
	text := strings.Join(juryCards(b.p, cs, moderation.Appeal{Words: "None."}, seen, noon.Add(jury.Reopened.Times().Lasts)), "\n")
	if strings.Contains(text, "None.") || strings.Contains(text, "Mallory") {
		b.t.Errorf("a juror reads what there is not, or a name: %s", text)
	}
	b.show("again: juror", text, juryRows(b.p, cs, seen), most)
	for _, v := range []moderation.Verdict{moderation.Upheld, moderation.Dismissed} {
		for _, by := range []bool{false, true} {
			e := moderation.SendOutcome{Case: "7KQ2", Verdict: v, Step: ladder.Step{Kind: ladder.Warn}}
			cs := moderation.Case{Verdict: v}
			if by {
				cs.Reopens = "7KQ1"
			}
			b.show(fmt.Sprintf("outcome: %s, by a jury: %v", v, by), view.OutcomeText(b.p, e, cs), nil, most)
		}
	}
	args := locale.Args{"case": "7KQ2"}
	for _, key := range []string{"jury.breaks", "jury.fine", "jury.unchanged", "refuse.judged", "refuse.voted_before", "refuse.not_pending"} {
		b.notAppeal(b.p.Text(key, args))
		b.show(key, b.p.Text(key, args), nil, 200)
	}
}

// notAppeal fails if a text calls something an appeal.
func (b *storybook) notAppeal(text string) {
	b.t.Helper()
	for _, word := range []string{"appeal", "contest", "申诉", "апелляц", "оспар", "recurso", "recurr"} {
		if strings.Contains(strings.ToLower(text), word) {
			b.t.Errorf("it is called an appeal, and is none: %s", text)
		}
	}
}

// pauses are what is said of a pause: to its owner and to the group.
func (b *storybook) pauses() {
	args := locale.Args{"date": b.p.Time(noon.Add(24 * time.Hour))}
	for _, key := range []string{"pause.begun", "pause.over", "pause.anonymous", "refuse.not_owner", "refuse.no_pause"} {
		b.show(key, b.p.Text(key, args), nil, 200)
	}
}
