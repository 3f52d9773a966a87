package handlers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// summon asks a juror to judge, unless that is over. Who left the group meanwhile gives their seat to another.
func (h *Handlers) summon(ctx context.Context, e moderation.Effect) error {
	cs, err := h.memory.Case(ctx, e.Chat, e.Case)
	if errors.Is(err, moderation.ErrNoCase) || err == nil && cs.Appeal != moderation.BeforeJury {
		return nil
	}
	if err != nil {
		return err
	}
	a, found, err := h.memory.Appeal(ctx, e.Chat, e.Case)
	if err != nil || !found {
		return err
	}
	i := slices.IndexFunc(a.Seats, func(s moderation.Seat) bool { return s.Juror.ID == e.To.ID })
	if i < 0 || a.Seats[i].Gone || a.Seats[i].Ruling != "" {
		return nil
	}
	m, err := h.lookUp(ctx, e.Chat, e.To.ID)
	if err != nil {
		return err
	}
	if !m.InChat() {
		return h.court.Vacate(ctx, e.Chat, e.Case, e.To.ID)
	}
	return h.showSummons(ctx, e, cs, a, a.Seats[i].Drawn.Add(moderation.SeatTime))
}

func (h *Handlers) showSummons(ctx context.Context, e moderation.Effect, cs moderation.Case, a moderation.Appeal, until time.Time) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	chat, err := h.memory.Chat(ctx, e.Chat)
	if err != nil {
		return err
	}
	seen, kept, err := h.memory.Evidence(ctx, e.Chat, e.Case)
	if err != nil {
		return err
	}
	if !kept {
		seen = moderation.Evidence{}
	}
	text := juryText(p, chat.Book.Rule(cs.Rule), cs, a, seen, until)
	rows := [][]bot.Button{{
		{Text: p.Text("button.uphold", nil), Data: adminData(dataJury, chat.Ref, cs.ID, string(moderation.RuleUphold))},
		{Text: p.Text("button.overturn", nil), Data: adminData(dataJury, chat.Ref, cs.ID, string(moderation.RuleOverturn))},
	}}
	if e.To.Private {
		text = p.Text("entry.group", locale.Args{"group": h.title(ctx, e.Chat)}) + "\n" + text
	}
	card := func(to int64) bot.Call { return bot.SendMessage(to, text).NoPreview().Keyboard(rows) }
	return h.showJuror(ctx, e, seen, card)
}

// showJuror sends a juror the files of the message, as far as they are kept, and the card below them. Killed in between,
// the files come twice.
func (h *Handlers) showJuror(ctx context.Context, e moderation.Effect, seen moderation.Evidence, card func(to int64) bot.Call) error {
	to := e.Chat
	if e.To.Private {
		to = e.To.ID
	}
	files, _, err := h.files(ctx, e.Chat, e.Case, seen.Files, to)
	if err != nil {
		return err
	}
	for i, call := range append(files, card(to)) {
		if !e.To.Private {
			call = call.Ephemeral(e.To.ID, "", 0)
		}
		_, err := h.do(ctx, call)
		if wait := (*NotYet)(nil); i < len(files) && !errors.As(err, &wait) && bot.KindOf(err) != bot.KindTemporary {
			continue // a file that Telegram does not take is in nobody's way
		}
		if err != nil {
			return h.untold(ctx, e.Chat, err)
		}
	}
	return nil
}

// juryText is all that a juror is shown: what was written, under which rule it was judged, and what its author
// says. It names nobody, and not how the votes were.
func juryText(p locale.Printer, rule moderation.Rule, cs moderation.Case, a moderation.Appeal, seen moderation.Evidence, until time.Time) string {
	lines := []string{
		p.Text("jury.asked", locale.Args{"case": cs.ID, "date": p.Time(until)}), "",
		p.Text("jury.rule", locale.Args{"rule": ruleName(p, rule), "why": ruleWhy(p, rule)}),
		p.Text("jury.penalty", locale.Args{"step": stepName(p, cs.Penalty)}),
	}
	if words := quote(seen, evidenceShort); words != "" {
		lines = append(lines, p.Text("jury.message", locale.Args{"text": words}))
	} else {
		lines = append(lines, p.Text("jury.no_message", nil))
	}
	if a.Words != "" {
		lines = append(lines, p.Text("jury.says", locale.Args{"text": a.Words}))
	}
	return strings.Join(append(lines, "", p.Text("jury.secret", nil)), "\n")
}

// judge is a juror's 🚩 or 👌.
func (h *Handlers) judge(ctx context.Context, t *tap) ([]bot.Call, error) {
	if err := h.court.Rule(ctx, t.key(), t.who, moderation.Ruling(t.choice)); err != nil {
		return t.refuse(err)
	}
	return t.become(t.printer.Text("jury.counted", locale.Args{"case": t.subject}), nil), nil
}

// thank tells a juror how it ended.
func (h *Handlers) thank(ctx context.Context, e moderation.Effect) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	key := "jury.stands"
	if e.Appeal == moderation.AppealGranted {
		key = "jury.granted"
	}
	return h.untold(ctx, e.Chat, h.tell(ctx, e.Chat, e.To, p.Text(key, locale.Args{"case": e.Case})))
}
