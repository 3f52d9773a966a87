package handlers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// A juror of a case that is open again is asked what the card asks, and hears of no rule, penalty or plea.
func TestJurorOfAReopenedCase(t *testing.T) {
	d, h := newDesk(t, reopened["again jury"])
	juror := moderation.Person{ID: member, Language: "en"}
	d.appeal = &moderation.Appeal{Filed: noon, Seats: []jury.Seat{{Juror: jury.Juror(juror), Drawn: noon}}}
	e := moderation.SendSummons{Waiting: moderation.Waiting{Chat: desksGroup}, Case: "7KQ2", To: juror}
	if err := h.Carry(t.Context(), e); err != nil || len(d.sent) != 1 {
		t.Fatalf("sent %+v, %v", d.sent, err)
	}
	call := d.sent[0]
	text, buttons := call.Params["text"].(string), fmt.Sprint(call.Params["reply_markup"])
	for _, want := range []string{"Does this message break the rules?", "Cheap followers!", english("jury.secret", nil)} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
	for _, never := range []string{"Rule:", "What followed", "The author says", "Mallory", "contest"} {
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
		d, h := newDesk(t, cases["upheld by jury"])
		c.e.Chat, c.e.Case, c.e.To = desksGroup, "7KQ2", moderation.Person{ID: member}
		if err := h.Carry(t.Context(), c.e); err != nil || len(d.sent) != 1 {
			t.Fatalf("sent %+v, %v", d.sent, err)
		}
		if got, want := d.sent[0].Params["text"], english(c.want, locale.Args{"case": "7KQ2"}); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

// The admins decide a case that is open again as any other: 🚩 does not uphold an appeal that there is not.
func TestAdminDecidesAReopenedCase(t *testing.T) {
	for choice, want := range map[string]moderation.Verdict{"upheld": moderation.Upheld, "dismissed": moderation.Dismissed} {
		d, h := newDesk(t, reopened["again admins"])
		d.appeal = &moderation.Appeal{Filed: noon, Deadline: noon.Add(jury.AgainTimes.Admins)}
		_, calls := say(t, h, command(admin, "en", "/case 7KQ2"))
		if shown := fmt.Sprint(calls[0].Params); !strings.Contains(shown, "d:7:7KQ2:"+choice) || strings.Contains(shown, "stands") {
			t.Fatalf("it shows %s", shown)
		}
		say(t, h, pressed(admin, "d:7:7KQ2:"+choice))
		if got := d.docket.Case.Verdict; got != want {
			t.Errorf("it is %s, want %s", got, want)
		}
	}
	d, h := newDesk(t, reopened["again admins"])
	texts, _ := say(t, h, pressed(admin, "d:7:7KQ2:stands"))
	if texts[0] != english("refuse.not_upheld", nil) || d.docket.Case.Verdict != moderation.Open {
		t.Errorf("it says %q, and the case is %s", texts[0], d.docket.Case.Verdict)
	}
}

// Who reported hears who decided: the group by votes, or a jury.
func TestOutcomeOfAReopenedCase(t *testing.T) {
	for name, want := range map[string]string{
		"upheld by jury": "outcome.upheld_jury", "dismissed by jury": "outcome.dismissed_jury", "dismissed": "outcome.dismissed", "dismissed by admin": "outcome.dismissed",
	} {
		d, h := newDesk(t, cases[name])
		e := moderation.SendOutcome{Waiting: moderation.Waiting{Chat: desksGroup}, Case: "7KQ2", To: moderation.Person{ID: member}, Verdict: cases[name].Verdict, Step: ladder.Step{Deed: ladder.Warn}}
		if err := h.Carry(t.Context(), e); err != nil || len(d.sent) != 1 {
			t.Fatalf("sent %+v, %v", d.sent, err)
		}
		if got, want := d.sent[0].Params["text"], english(want, locale.Args{"case": "7KQ2", "step": "a warning"}); got != want {
			t.Errorf("%s: it says %q, want %q", name, got, want)
		}
	}
}

// A card of an open case asks all alike: it has its two buttons, whatever was voted.
func TestOpenCardAlwaysAsks(t *testing.T) {
	for _, votes := range []int{0, 1, 64, 500} {
		_, h := newDesk(t, story(moderation.Open, func(*moderation.Case) {}))
		text, rows := h.Card(locale.In("en"), story(moderation.Open, func(c *moderation.Case) { c.Votes, c.Breaks = votes, votes/2 }), false)
		if len(rows) != 1 || len(rows[0]) != 2 || !strings.HasPrefix(rows[0][0].Text, "🚩") || !strings.HasPrefix(rows[0][1].Text, "👌") {
			t.Errorf("%d votes: %s, %+v", votes, text, rows)
		}
	}
}
