package handlers

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// mineListed is how many cases of each kind are listed.
const mineListed = 8

// myCases is /mycases in private: what the asker reported or voted on, as long as that is kept, and the decisions about
// them, with what they can do about each.
func (h *Handlers) myCases(ctx context.Context, a *ask) ([]bot.Call, error) {
	if err := h.court.Private(ctx, a.update, a.m.From.ID, true); err != nil {
		return nil, err
	}
	voted, ballots, err := h.memory.Voted(ctx, a.m.From.ID, mineListed)
	if err != nil {
		return nil, err
	}
	about, err := h.memory.About(ctx, a.m.From.ID, mineListed)
	if err != nil {
		return nil, err
	}
	if len(voted)+len(about) == 0 {
		return a.answer(a.printer.Text("mycases.none", nil), nil), nil
	}
	var lines []string
	var rows [][]bot.Button
	for i, ref := range slices.Concat(voted, about) {
		var cast *moderation.Ballot
		if i < len(voted) {
			cast = &ballots[i]
		}
		switch i {
		case len(voted):
			lines = append(lines, "", a.printer.Text("mycases.about", nil))
		case 0:
			lines = append(lines, a.printer.Text("mycases.voted", nil))
		}
		line, buttons, err := h.myCase(ctx, a.m.From.Language, ref, cast)
		if err != nil {
			return nil, err
		}
		lines, rows = append(lines, line), append(rows, buttons)
	}
	return a.answer(strings.TrimSpace(strings.Join(lines, "\n")), rows), nil
}

// myCase is a case in a line, for the one who voted in it or whom it is about.
func (h *Handlers) myCase(ctx context.Context, language string, ref moderation.CaseRef, cast *moderation.Ballot) (string, []bot.Button, error) {
	cs, err := h.memory.Case(ctx, ref.Chat, ref.ID)
	if err != nil {
		return "", nil, err
	}
	chat, err := h.memory.Chat(ctx, ref.Chat)
	if err != nil {
		return "", nil, err
	}
	p, err := h.printer(ctx, ref.Chat, language)
	if err != nil {
		return "", nil, err
	}
	line, buttons := myCaseLine(p, chat, cs, h.title(ctx, ref.Chat), cast, h.now())
	return line, buttons, nil
}

// myCaseLine words a case in a line, for the one who cast a ballot in it or, if that is nil, whom it is about.
func myCaseLine(p locale.Printer, chat moderation.Chat, cs moderation.Case, group string, cast *moderation.Ballot, now time.Time) (string, []bot.Button) {
	args := locale.Args{"case": cs.ID, "group": group, "state": stateText(p, cs)}
	buttons := []bot.Button{receiptButton(p, chat, cs.ID)}
	buttons[0].Text += " " + cs.ID
	if cast != nil {
		args["side"] = p.Text("mycases."+string(cast.Side), nil)
		return p.Text("mycases.vote", args), buttons
	}
	args["rule"], args["step"] = ruleName(p, chat.Book.Rule(cs.Rule)), putStep(p, cs.Penalty, cs.PutAt(now))
	if contestable(cs, now) {
		buttons = append(buttons, coloured(bot.Button{Text: p.Text("button.appeal", nil) + " " + cs.ID, Data: adminData(dataAppeal, chat.Ref, cs.ID)}))
	}
	return p.Text("mycases.decision", args), buttons
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
