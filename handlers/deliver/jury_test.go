package deliver_test

import (
	"context"
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// withPhoto is a database in which the message has a photo and a document, and words with a link.
type withPhoto struct{ database }

func (withPhoto) Evidence(context.Context, int64, string) (moderation.Evidence, bool, error) {
	return moderation.Evidence{
		Name: "Mallory", Text: "Look at evil.example", Media: "photo",
		Files: []moderation.Medium{{Kind: "photo", ID: "p1"}, {Kind: "document", ID: "d1", Name: "a.pdf"}},
	}, true, nil
}

func (withPhoto) Medium(context.Context, int64, string, int) ([]byte, bool, error) {
	return nil, false, nil
}

// A juror is shown pictures covered, and words as a quotation in which no link can be tapped and of which there is no preview.
func TestJurorsAreSparedWhatTheyJudge(t *testing.T) {
	g := grouptest.New(grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Appeal, c.Jury = moderation.BeforeJury, jury.Appeal }))
	d := delivererOf(g, withPhoto{databaseOf(g)})
	juror := moderation.Person{ID: member, Language: "en"}
	g.Docket.Appeal, g.Docket.Jury = &moderation.Appeal{Filed: noon}, juryOf(jury.Appeal, juror)
	e := moderation.SendSummons{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2", To: juror}
	if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 3 {
		t.Fatalf("sent %+v, %v", g.Sent, err)
	}
	photo, document, text := g.Sent[0], g.Sent[1], g.Sent[2]
	if photo.Method != "sendPhoto" || photo.Params["has_spoiler"] != true || document.Params["has_spoiler"] != nil {
		t.Errorf("the files are %+v and %+v", photo, document)
	}
	found := map[any]bool{}
	all, _ := text.Params["entities"].([]map[string]any)
	for _, entity := range all {
		found[entity["type"]] = true
	}
	if !found[wire.Quote] || !found[wire.Code] || text.Params["link_preview_options"] == nil {
		t.Errorf("the text is %+v", text)
	}
}

// juryOf is a jury that was just drawn.
func juryOf(reason jury.Reason, jurors ...moderation.Person) *jury.Jury {
	j := jury.New(reason, nil, noon)
	for _, who := range jurors {
		j.Ask([]jury.Juror{jury.Juror(who)}, noon)
	}
	return j
}

// Every jury is asked what the card asks. Only whether there is a rule, and a word of the author's, depends on why it was drawn. How
// long answers count is told as it is: not only as long as a round.
func TestSummonsOfEachJury(t *testing.T) {
	juror := moderation.Person{ID: member, Language: "en"}
	for _, test := range []struct {
		reason  jury.Reason
		verdict moderation.Verdict
		shows   []string
		hides   []string
		until   string
	}{
		{jury.Heavy, moderation.Upheld, []string{"for a jury. Does", "Rule: Spam"}, []string{"Penalty", "A joke", "appeal"}, "tomorrow 00:00"},
		{jury.Appeal, moderation.Upheld, []string{"a member appeals. Does", "Rule: Spam", "A joke"}, []string{"Penalty"}, "3 Sep, 12:00"},
		{jury.Reopened, moderation.Open, []string{"for a jury. Does"}, []string{"Rule", "A joke", "appeal", "vote"}, "tomorrow 00:00"},
		{jury.Stalled, moderation.Open, []string{"for a jury. Does"}, []string{"Rule", "A joke", "appeal", "vote"}, "tomorrow 12:00"},
	} {
		g, d := newGroup(t, grouptest.Case(test.verdict, func(c *moderation.Case) { c.Jury, c.Votes, c.Breaks = test.reason, 9, 9 }))
		g.Docket.Appeal, g.Docket.Jury = &moderation.Appeal{Words: "A joke."}, juryOf(test.reason, juror)
		e := moderation.SendSummons{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2", To: juror}
		if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
			t.Fatalf("%s: sent %+v, %v", test.reason, g.Sent, err)
		}
		text, _ := g.Sent[0].Params["text"].(string)
		for _, want := range append(test.shows, "break the rules?", "Cheap followers!", english("jury.secret", nil), "until "+test.until+" at the latest") {
			if !strings.Contains(text, want) {
				t.Errorf("%s: it does not say %q:\n%s", test.reason, want, text)
			}
		}
		for _, not := range append(test.hides, "Mallory", "Reported", "9") {
			if strings.Contains(strings.ReplaceAll(text, "7KQ2", ""), not) {
				t.Errorf("%s: it says %q:\n%s", test.reason, not, text)
			}
		}
	}
}

// Nobody is asked who answered, for whom the jury is over, or who wiped what they were shown.
func TestNoSummonsOnceItIsOver(t *testing.T) {
	juror := moderation.Person{ID: member, Language: "en"}
	for name, change := range map[string]func(g *grouptest.Group){
		"answered": func(g *grouptest.Group) { g.Docket.Jury.Seats[0].Ballot = jury.Uphold },
		"over":     func(g *grouptest.Group) { g.Docket.Case.Jury = jury.NoJury },
		"another":  func(g *grouptest.Group) { g.Docket.Jury.Seats[0].Juror.ID = admin },
		"none":     func(g *grouptest.Group) { g.Docket.Jury = nil },
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Open, func(c *moderation.Case) { c.Jury = jury.Stalled }))
		g.Docket.Jury = juryOf(jury.Stalled, juror)
		change(g)
		e := moderation.SendSummons{Waiting: moderation.Waiting{Chat: groupID}, Case: "7KQ2", To: juror}
		if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 0 {
			t.Errorf("%s: sent %+v, %v", name, g.Sent, err)
		}
	}
}

// A juror is thanked with how it ended.
func TestThanksSayHowItEnded(t *testing.T) {
	for want, e := range map[string]moderation.SendThanks{
		"jury.confirmed": {Jury: jury.Heavy, Verdict: moderation.Upheld},
		"jury.granted":   {Jury: jury.Heavy, Appeal: moderation.AppealGranted},
		"jury.unchanged": {Jury: jury.Heavy, Verdict: moderation.Expired},
		"jury.stands":    {Jury: jury.Appeal, Appeal: moderation.AppealStands},
		"jury.lapsed":    {Jury: jury.Appeal, Appeal: moderation.AppealLapsed},
		"jury.breaks":    {Jury: jury.Stalled, Verdict: moderation.Upheld},
		"jury.fine":      {Jury: jury.Reopened, Verdict: moderation.Dismissed},
	} {
		g, d := newGroup(t, grouptest.Case(moderation.Upheld, func(*moderation.Case) {}))
		e.Waiting, e.Case, e.To = moderation.Waiting{Chat: groupID}, "7KQ2", moderation.Person{ID: member, Language: "en"}
		if err := d.Deliver(t.Context(), e); err != nil || len(g.Sent) != 1 {
			t.Fatalf("%s: sent %+v, %v", want, g.Sent, err)
		}
		if text := g.Sent[0].Params["text"]; text != english(want, locale.Args{"case": "7KQ2"}) {
			t.Errorf("%s: it says %q", want, text)
		}
	}
}
