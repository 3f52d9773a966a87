package view

import (
	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// ChoiceSkip appeals without a sentence.
const ChoiceSkip = "skip"

// WhyCall asks an author why the verdict is wrong.
func WhyCall(p locale.Printer, to, ref int64, cs moderation.Case) wire.Call {
	text := p.Text("appeal.why", locale.Args{"case": cs.ID, "date": p.Time(cs.AppealEnds())})
	without := Coloured(wire.Button{Text: p.Text("button.skip", nil), Data: GroupData(ButtonAppeal, ref, cs.ID, ChoiceSkip)})
	return wire.SendMessage(to, text).NoPreview().ForceReply([][]wire.Button{{without}})
}

// FiledText says who will judge, and until when.
func FiledText(p locale.Printer, cs moderation.Case) string {
	args := locale.Args{"case": cs.ID}
	if cs.Appeal == moderation.BeforeJury {
		return p.Text("appeal.filed_jury", args)
	}
	return p.Text("appeal.filed_admins", args)
}
