package deliver_test

import (
	"context"
	"testing"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
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
	g := grouptest.New(grouptest.Case(moderation.Upheld, func(c *moderation.Case) { c.Appeal = moderation.BeforeJury }))
	d := delivererOf(g, withPhoto{databaseOf(g)})
	juror := moderation.Person{ID: member, Language: "en"}
	g.Docket.Appeal = &moderation.Appeal{Filed: noon, Seats: []jury.Seat{{Juror: jury.Juror(juror), Drawn: noon}}}
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
