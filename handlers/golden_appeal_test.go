package handlers_test

import (
	"context"
	"strings"

	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/grouptest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// contested are upheld cases whose author contested them, by how that stands.
var contested = func() map[string]moderation.Case {
	all := map[string]moderation.Case{}
	for _, s := range []moderation.AppealState{
		moderation.BeforeJury, moderation.BeforeAdmins, moderation.AppealStands, moderation.AppealGranted, moderation.AppealLapsed,
	} {
		all["appeal "+string(s)] = grouptest.Case(moderation.Upheld, func(c *moderation.Case) {
			c.Votes, c.Breaks, c.Appeal = 13, 11, s
			if s == moderation.AppealGranted {
				c.Reversed, c.ReversedAt = moderation.Overturned, noon.Add(jury.Appeal.Times().Lasts)
			}
		})
	}
	return all
}()

func (shelf) Appeal(context.Context, int64, string) (moderation.Appeal, bool, error) {
	return moderation.Appeal{Words: "It was a joke among friends."}, true, nil
}

// appeals are all that is said of one: to its author, to jurors, to admins.
func (b *storybook) appeals() {
	cs, chat := cases["upheld"], moderation.Chat{Ref: 7, Policy: moderation.DefaultPolicy()}
	text, rows := offered(b.p, chat, cs)
	b.show("notice: its buttons, and what 📖 shows", text, rows, most)
	b.show("appeal: why", why(b.p, cs), nil, most)
	for _, state := range []string{"appeal jury", "appeal admins"} {
		b.show("appeal: filed, "+state, view.FiledText(b.p, contested[state]), nil, most)
	}
	args := locale.Args{"case": "7KQ2", "group": "Chess club", "link": "https://t.me/+AbCdEfGhIjKl", "date": ""}
	for _, key := range []string{
		"appeal.wrong", "appeal.which", "appeal.none", "news.appeal_stands", "news.appeal_lapsed", "invite.link", "invite.none",
		"jury.counted", "jury.stands", "jury.granted", "jury.lapsed", "jury.confirmed",
		"refuse.not_yours", "refuse.appealed", "refuse.appeal_late", "refuse.no_appeal", "refuse.own_case", "refuse.appeal_over", "refuse.ruled", "refuse.seat_gone", "refuse.jury_sits",
	} {
		limit := most
		if strings.HasPrefix(key, "refuse.") || key == "jury.counted" {
			limit = 200 // a toast
		}
		b.show(key, b.p.Text(key, args), nil, limit)
	}
	b.juryCards(cs)
	olga := moderation.Admin{ID: 9, Name: "Olga"}
	for _, e := range []moderation.Entry{
		moderation.CaseEntry{What: moderation.TopicAppealed, Case: "appeal jury"},
		moderation.CaseEntry{What: moderation.TopicAppealAsks, Case: "appeal admins"},
		moderation.CaseEntry{What: moderation.TopicAppealStands, Case: "appeal stands"},
		moderation.CaseEntry{What: moderation.TopicAppealStands, Case: "appeal stands", By: olga},
		moderation.CaseEntry{What: moderation.TopicAppealLapsed, Case: "appeal lapsed"},
		moderation.CaseEntry{What: moderation.TopicJury, Case: "appeal granted"},
		moderation.CaseEntry{What: moderation.TopicOverturned, Case: "appeal granted", By: olga},
	} {
		text, rows, err := b.entry(e)
		if err != nil {
			b.t.Fatal(err)
		}
		b.show("appeal: "+string(e.Topic())+" "+e.Doer().Name, text, rows, most)
	}
}

// juryCards are what jurors read; the longest too.
func (b *storybook) juryCards(cs moderation.Case) {
	seen, _, _ := shelf{}.Evidence(b.t.Context(), 0, "")
	said := moderation.Appeal{Words: "It was a joke among friends."}
	until := noon.Add(jury.Appeal.Times().Lasts)
	cs.Jury = jury.Appeal
	for _, c := range []struct {
		name string
		a    moderation.Appeal
		seen moderation.Evidence
	}{
		{"with a sentence", said, seen}, {"without", moderation.Appeal{}, seen}, {"about no message", said, moderation.Evidence{}},
	} {
		text := strings.Join(juryCards(b.p, cs, c.a, c.seen, until), "\n")
		for _, name := range []string{"Mallory", "mallory"} {
			if strings.Contains(text, name) {
				b.t.Errorf("a juror reads the name %q: %s", name, text)
			}
		}
		b.show("juror: "+c.name, text, nil, most)
	}
	long := moderation.Appeal{Words: strings.Repeat("W", moderation.MaxSentence)}
	seen.Text, seen.Edits = strings.Repeat("M", 4096), []moderation.Edit{{At: until, Text: strings.Repeat("😀", 2048)}}
	texts := juryCards(b.p, cs, long, seen, until)
	for _, text := range texts {
		if n := view.Length(text); n > most {
			b.t.Errorf("a text for a juror has a length of %d", n)
		}
	}
	for _, part := range []string{strings.Repeat("M", 3000), strings.Repeat("😀", 1500), long.Words} {
		if !strings.Contains(strings.Join(texts, "\n"), part) {
			b.t.Errorf("a juror is not shown %.10s… whole", part)
		}
	}
}
