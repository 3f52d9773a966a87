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
	return cs.Jury != jury.Appeal || quote(seen, evidenceLong) != ""
}

// JuryTexts shows a juror the message and its edits. It adds the rule if the case was decided, and, in an appeal, what the author
// says. All juries are asked what the card asks, so it says of no other what depends on the answer. It names nobody and tells no
// votes. Until is how long answers count. It is a single text if that is short enough.
func JuryTexts(p locale.Printer, rule rulebook.Rule, cs moderation.Case, a moderation.Appeal, seen moderation.Evidence, until time.Time) []string {
	lines := []string{askText(p, cs, seen) + "\n"}
	if cs.Verdict != moderation.Open {
		lines = append(lines, p.Text("jury.rule", locale.Args{"rule": RuleName(p, rule), "why": ruleWhy(p, rule)}))
	}
	if !asksOfMessage(cs, seen) {
		lines = append(lines, p.Text("jury.penalty", locale.Args{"step": StepName(p, cs.Penalty)}))
	}
	if words := quote(seen, evidenceLong); words != "" {
		lines = append(lines, p.Text("jury.message", locale.Args{"text": quoted(p, words)}))
	} else {
		lines = append(lines, p.Text("jury.no_message", nil))
	}
	lines = append(lines, editNotes(p, seen)...)
	if a.Words != "" && cs.Jury == jury.Appeal {
		lines = append(lines, p.Text("jury.says", locale.Args{"text": quoted(p, unlinked(tidyLines(a.Words)))}))
	}
	return Paged(append(lines, "\n"+p.Text("jury.secret", nil), p.Text("jury.until", locale.Args{"date": p.Time(until)})), "\n")
}

// askText is the question.
func askText(p locale.Printer, cs moderation.Case, seen moderation.Evidence) string {
	key := "jury.question"
	switch {
	case !asksOfMessage(cs, seen):
		key = "jury.contested"
	case cs.Jury == jury.Appeal:
		key = "jury.asked"
	}
	return p.Text(key, locale.Args{"case": cs.ID})
}
