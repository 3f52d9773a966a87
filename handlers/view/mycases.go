package view

import (
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// RemainsLines says what a group must keep of somebody, until when and why.
func RemainsLines(p locale.Printer, group string, f moderation.Erasure) []string {
	lines := []string{"", p.Text("forget.group", locale.Args{"group": group})}
	for _, r := range f.Remains {
		line := p.Text("forget.stays."+string(r.Why), nil)
		if !r.Until.IsZero() {
			line += " " + p.Text("forget.until", locale.Args{"date": p.Time(r.Until)})
		}
		lines = append(lines, "• "+line)
	}
	return lines
}

// MyCaseLine words a case in one line for somebody who voted in it, or for its author. It tells nobody how they voted: somebody else
// may make them show it.
func MyCaseLine(p locale.Printer, chat moderation.Chat, cs moderation.Case, group string, voted bool, now time.Time) (string, []wire.Button) {
	args := locale.Args{"case": cs.ID, "group": group, "state": stateText(p, cs)}
	buttons := []wire.Button{ReceiptButton(p, chat, cs.ID)}
	buttons[0].Text += " " + cs.ID
	if voted {
		return p.Text("mycases.vote", args), buttons
	}
	if cs.Waits(now) {
		args["state"] = pendingState(p, cs)
	}
	key := "mycases.decision"
	args["rule"] = RuleName(p, chat.Book.Rule(cs.Rule))
	if cs.Swept() {
		key = "mycases.swept"
	} else {
		args["step"] = PutStep(p, cs.Penalty, cs.PutAt(now))
	}
	if Contestable(cs, now) && cs.Jury != jury.Heavy {
		buttons = append(buttons, Coloured(wire.Button{Text: p.Text("button.appeal", nil) + " " + cs.ID, Data: GroupData(ButtonAppeal, chat.Ref, cs.ID)}))
	}
	return p.Text(key, args), buttons
}

// pendingState says who decides about a harder penalty, to the one whom it is about.
func pendingState(p locale.Printer, cs moderation.Case) string {
	if cs.Jury == jury.Heavy {
		return p.Text("mycases.state.jury", nil)
	}
	return p.Text("mycases.state.pending", nil)
}

// stateText says how a case stands for those it concerns, who are shown no votes.
func stateText(p locale.Printer, cs moderation.Case) string {
	switch {
	case cs.Reversed != "" && cs.Verdict == moderation.Upheld: // what was dismissed by mistake is told by the case that opened it again
		return p.Text("mycases.state."+string(cs.Reversed), nil)
	case cs.Appeal.Open() && cs.Verdict == moderation.Upheld:
		return p.Text("mycases.state.appealed", nil)
	default:
		return p.Text("mycases.state."+string(cs.Verdict), nil)
	}
}
