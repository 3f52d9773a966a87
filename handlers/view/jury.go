package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// JuryButtons offers the two answers of a juror.
func JuryButtons(p locale.Printer, ref int64, cs moderation.Case) [][]wire.Button {
	breaks, fine := p.Text("button.uphold", nil), p.Text("button.overturn", nil)
	if cs.Verdict == moderation.Open {
		breaks, fine = p.Text("button.breaks", nil), p.Text("button.fine", nil)
	}
	return [][]wire.Button{{
		Coloured(wire.Button{Text: breaks, Data: GroupData(ButtonJury, ref, cs.ID, string(jury.Uphold))}),
		{Text: fine, Data: GroupData(ButtonJury, ref, cs.ID, string(jury.Overturn))},
	}}
}

// JuryTexts shows a juror the message and its edits. In an appeal it adds the rule, the penalty, and what the author
// says. It names nobody and tells no votes. It is a single text if that is short enough.
func JuryTexts(p locale.Printer, rule rulebook.Rule, cs moderation.Case, a moderation.Appeal, seen moderation.Evidence, until time.Time) []string {
	lines := []string{p.Text("jury.again", locale.Args{"case": cs.ID, "date": p.Time(until)}) + "\n"}
	if cs.Verdict != moderation.Open {
		lines = []string{
			p.Text("jury.asked", locale.Args{"case": cs.ID, "date": p.Time(until)}) + "\n",
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
