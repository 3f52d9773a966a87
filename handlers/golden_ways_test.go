package handlers_test

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/handlers/view"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// ways are the texts that say how to report: in most groups, beside another bot, and with a server that is too old.
func (b *storybook) ways(long rulebook.Book) {
	alone := moderation.Chat{ID: -1001, Ref: 7, Kind: moderation.Supergroup, Policy: moderation.DefaultPolicy(), Rights: moderation.Rights{Member: true, Admin: true, Delete: true, Restrict: true}}
	beside := alone
	beside.Bots.Known = []moderation.OtherBot{{ID: 77, Sure: true}}
	me, old := wire.Self{User: wire.User{Username: "OstrakonBot"}}, wire.Self{NoEphemeral: true}
	receipt := moderation.Receipt{Case: "7KQ2", Rule: rulebook.Spam, Open: true}
	for _, c := range []struct {
		where string
		say   view.ReportTexts
	}{
		{"in most groups", view.ReportTextsIn(me, alone, noon)}, {"beside another bot", view.ReportTextsIn(me, beside, noon)},
		{"with an old server", view.ReportTextsIn(old, beside, noon)},
	} {
		b.show("intro: "+c.where, view.IntroText(b.p, alone, c.say), nil, most)
		b.show("/help: "+c.where, c.say.Help(b.p), nil, most)
		text, rows := view.Confirmation(b.p, alone, receipt, &c.say)
		b.show("reported for all to see: "+c.where, text, rows, most)
		b.show("no such message: "+c.where, c.say.Gone(b.p), nil, view.LongestToast)
		b.show("nothing to report: "+c.where, b.p.Text("picker.empty", locale.Args{"way": c.say.Way(b.p)}), nil, most)
		b.show("welcome: a long book "+c.where, view.WelcomeText(b.p, long, c.say), nil, welcome)
	}
	b.show("another bot", view.ReportTextsIn(me, beside, noon).Beside(b.p), nil, most)
}
