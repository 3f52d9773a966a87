package deliver_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// A juror of a case that is open again is asked what the card asks, and hears of no rule, penalty or plea.
func TestJurorOfAReopenedCase(t *testing.T) {
	g, d := newGroup(t, grouptest.Case(moderation.Open, func(c *moderation.Case) {
		grouptest.ByJury(c)
		c.Appeal, c.Jury, c.Listed = moderation.BeforeJury, jury.Reopened, true
	}))
	juror := moderation.Person{ID: member, Language: "en"}
	g.Docket.Appeal, g.Docket.Jury = &moderation.Appeal{Filed: noon}, juryOf(jury.Reopened, juror)
	e := moderation.SendSummons{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2", To: juror}
	if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
		t.Fatalf("sent %+v, %v", g.Sent, err)
	}
	call := g.Sent[0]
	text, buttons := call.Params["text"].(string), fmt.Sprint(call.Params["reply_markup"])
	for _, want := range []string{"Does this message break the rules?", "Cheap followers!", english("jury.secret", nil)} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	for _, never := range []string{"Rule:", "Penalty", "The author says", "Mallory", "contest"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is in %q", never, text)
		}
	}
	if !strings.Contains(buttons, "j:7:7KQ2:uphold") || !strings.Contains(buttons, "j:7:7KQ2:overturn") {
		t.Errorf("buttons %s", buttons)
	}
	if call.Params["ephemeral_message_parameters"] == nil {
		t.Error("all see it")
	}
}

// A juror is told what was found and, if it was no appeal, nothing of one.
func TestJurorIsThanked(t *testing.T) {
	for _, c := range []struct {
		e    moderation.SendThanks
		want string
	}{
		{moderation.SendThanks{Appeal: moderation.AppealStands}, "jury.stands"},
		{moderation.SendThanks{Appeal: moderation.AppealGranted}, "jury.granted"},
		{moderation.SendThanks{Appeal: moderation.AppealStands, Verdict: moderation.Upheld}, "jury.breaks"},
		{moderation.SendThanks{Appeal: moderation.AppealGranted, Verdict: moderation.Dismissed}, "jury.fine"},
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, grouptest.ByJury))
		c.e.Chat, c.e.Case, c.e.To = groupID, "7KQ2", moderation.Person{ID: member}
		if err := d.Deliver(t.Context(), c.e); err != nil || len(g.Sent) != 1 {
			t.Fatalf("sent %+v, %v", g.Sent, err)
		}
		if got, want := g.Sent[0].Params["text"], english(c.want, locale.Args{"case": "7KQ2"}); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

// Who reported hears who decided: the group by votes, or a jury.
func TestOutcomeOfAReopenedCase(t *testing.T) {
	none := func(*moderation.Case) {}
	for name, c := range map[string]struct {
		cs   moderation.Case
		want string
	}{
		"upheld by jury":     {grouptest.Case(moderation.Upheld, grouptest.ByJury), "outcome.upheld_jury"},
		"dismissed by jury":  {grouptest.Case(moderation.Dismissed, grouptest.ByJury), "outcome.dismissed_jury"},
		"dismissed":          {grouptest.Case(moderation.Dismissed, none), "outcome.dismissed"},
		"dismissed by admin": {grouptest.Case(moderation.Dismissed, func(c *moderation.Case) { c.ByAdmin = true }), "outcome.dismissed"},
	} {
		g, d := newGroup(t, c.cs)
		e := moderation.SendOutcome{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2", To: moderation.Person{ID: member}, Verdict: c.cs.Verdict, Step: ladder.Step{Kind: ladder.Warn}}
		if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
			t.Fatalf("sent %+v, %v", g.Sent, err)
		}
		if got, want := g.Sent[0].Params["text"], english(c.want, locale.Args{"case": "7KQ2", "step": "a warning"}); got != want {
			t.Errorf("%s: it says %q, want %q", name, got, want)
		}
	}
}
