package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// JuryButtons offers the two answers of a juror: the question is that of the card, or whether a penalty was right that is about no
// message.
func JuryButtons(p locale.Printer, ref int64, cs moderation.Case, seen moderation.Evidence) [][]wire.Button {
	breaks, fine := p.Text("button.breaks", nil), p.Text("button.fine", nil)
	if !asksOfMessage(cs, seen) {
		breaks, fine = p.Text("button.stands", nil), p.Text("button.overturn", nil)
	}
	return [][]wire.Button{{
		Coloured(wire.Button{Text: breaks, Data: GroupData(ButtonJury, ref, cs.ID, string(jury.Uphold))}),
		{Text: fine, Data: GroupData(ButtonJury, ref, cs.ID, string(jury.Overturn))},
	}}
}

// asksOfMessage reports whether jurors are asked about a message, which an appeal may have none to show of.
func asksOfMessage(cs moderation.Case, seen moderation.Evidence) bool {
	return cs.Verdict == moderation.Open || quote(seen, evidenceLong) != ""
}

// JuryTexts shows a juror the message and its edits. In an appeal it adds the rule, the penalty, and what the author
// says. It names nobody and tells no votes. It is a single text if that is short enough.
func JuryTexts(p locale.Printer, rule rulebook.Rule, cs moderation.Case, a moderation.Appeal, seen moderation.Evidence, until time.Time) []string {
	args := locale.Args{"case": cs.ID, "date": p.Time(until)}
	lines := []string{p.Text("jury.again", args) + "\n"}
	if cs.Verdict != moderation.Open {
		asked := p.Text("jury.asked", args)
		if !asksOfMessage(cs, seen) {
			asked = p.Text("jury.contested", args)
		}
		lines = []string{
			asked + "\n",
			p.Text("jury.rule", locale.Args{"rule": RuleName(p, rule), "why": ruleWhy(p, rule)}),
			p.Text("jury.penalty", locale.Args{"step": StepName(p, cs.Penalty)}),
		}
	}
	if words := quote(seen, evidenceLong); words != "" {
		lines = append(lines, p.Text("jury.message", locale.Args{"text": quoted(p, words)}))
	} else {
		lines = append(lines, p.Text("jury.no_message", nil))
	}
	lines = append(lines, editNotes(p, seen)...)
	if a.Words != "" && cs.Verdict != moderation.Open {
		lines = append(lines, p.Text("jury.says", locale.Args{"text": quoted(p, unlinked(tidyLines(a.Words)))}))
	}
	return Paged(append(lines, "\n"+p.Text("jury.secret", nil)), "\n")
}
