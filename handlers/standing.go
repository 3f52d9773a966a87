package handlers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// me is /me: where the member stands, what that means, and how it gets better. Only they see it.
func (h *Handlers) me(ctx context.Context, a *ask) ([]bot.Call, error) {
	s, err := h.court.Standing(ctx, a.update, a.m.Chat.ID, a.m.From.ID, true)
	if err != nil {
		return nil, err
	}
	return a.answer(meText(a.printer, s), nil), nil
}

func meText(p locale.Printer, s moderation.Standing) string {
	lines := []string{p.Text("me.score", locale.Args{"score": strconv.Itoa(s.Score), "tier": tierText(p, s.Tier)})}
	if s.Score < moderation.FullStanding {
		lines = append(lines, p.Text("me.recovers", nil))
	}
	lines = append(lines, turnLines(p, s.Turns)...)
	steps := p.Text("me.clean", nil)
	if s.Level > 0 {
		steps = p.Text("me.steps", locale.Args{"count": s.Level, "date": p.Time(s.Lapse)})
	}
	lines = append(lines, "", steps, p.Text("me.next", locale.Args{"step": stepName(p, s.Next)}))
	lines = append(lines, limitLines(p, s)...)
	if !s.Paused.IsZero() {
		lines = append(lines, "", p.Text("refuse.paused", locale.Args{"date": p.Time(s.Paused)}))
	}
	return strings.Join(lines, "\n")
}

// standing is /standing: where a member stands, and what for.
func (h *Handlers) standing(ctx context.Context, a *ask) ([]bot.Call, error) {
	whom, _, err := h.whom(ctx, a)
	if err != nil {
		return h.turnDown(ctx, a, err)
	}
	s, err := h.court.Standing(ctx, a.update, a.m.Chat.ID, whom.Target.Author.ID, false)
	if err != nil {
		return nil, err
	}
	return a.answer(standingText(a.printer, nameText(a.printer, whom.Evidence.Name), s), nil), nil
}

func standingText(p locale.Printer, name string, s moderation.Standing) string {
	lines := []string{p.Text("standing.score", locale.Args{"name": name, "score": strconv.Itoa(s.Score), "tier": tierName(p, s.Tier)})}
	lines = append(lines, turnLines(p, s.Turns)...)
	steps := p.Text("standing.clean", locale.Args{"name": name})
	if s.Level > 0 {
		steps = p.Text("standing.steps", locale.Args{"name": name, "count": s.Level, "date": p.Time(s.Lapse)})
	}
	lines = append(lines, "", steps, p.Text("standing.next", locale.Args{"step": stepName(p, s.Next)}))
	lines = append(lines, limitLines(p, s)...)
	for _, o := range latest(s.History, standingRows) {
		lines = append(lines, p.Text("standing.line", locale.Args{"case": o.Case, "step": putStep(p, o.Penalty, o.Put), "date": p.Stamp(o.At)}))
	}
	return strings.Join(lines, "\n")
}

// standingRows is how many offences, and how many turns, are listed.
const standingRows = 5

// latest are the last n offences, the newest first.
func latest(history []moderation.Offence, n int) []moderation.Offence {
	var last []moderation.Offence
	for i := len(history) - 1; i >= 0 && len(last) < n; i-- {
		last = append(last, history[i])
	}
	return last
}

// turnLines say what a standing changed by, and why.
func turnLines(p locale.Printer, turns []moderation.Turn) []string {
	var lines []string
	for _, t := range turns[:min(len(turns), standingRows)] {
		points := "+" + strconv.Itoa(t.Points)
		if t.Points < 0 {
			points = "−" + strconv.Itoa(-t.Points)
		}
		day := p.At(time.UTC).Day(moderation.Midnight(t.Day)) // days are kept in UTC
		lines = append(lines, p.Text("turn."+string(t.Cause), locale.Args{"date": day, "points": points, "case": t.Case}))
	}
	return lines
}

// tierName is what a tier is called.
func tierName(p locale.Printer, t moderation.Tier) string { return p.Text("tier."+string(t), nil) }

// tierText is what a tier means for the one who has it.
func tierText(p locale.Printer, t moderation.Tier) string {
	return p.Text("tier."+string(t)+".means", nil)
}

// costText says what a case took of somebody's standing.
func costText(p locale.Printer, s *moderation.Score) string {
	if s == nil || s.Cost == 0 {
		return ""
	}
	follows := ""
	if s.Tier != moderation.TierGood {
		follows = tierText(p, s.Tier)
	}
	args := locale.Args{"cost": strconv.Itoa(s.Cost), "score": strconv.Itoa(s.Now), "tier": follows}
	return "\n" + strings.TrimSpace(p.Text("notice.standing", args))
}

// tellRegained tells somebody that they may send everything again.
func (h *Handlers) tellRegained(ctx context.Context, e moderation.Effect) error {
	if held, err := h.heldByHand(ctx, e.Chat, e.To.ID); err != nil || held {
		return err // an admin keeps them from it
	}
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	return h.untold(ctx, e, h.tell(ctx, e, p.Text("news.regained", nil)))
}

// tellCaution tells somebody that their ballots are wrong often, and until when their reports are paused
// for it. Nobody else ever learns of it.
func (h *Handlers) tellCaution(ctx context.Context, e moderation.Effect) error {
	p, err := h.speak(ctx, e.Chat, e.To)
	if err != nil {
		return err
	}
	text := cautionText(p, e.Until)
	if e.To.Private {
		if text, err = h.inGroup(ctx, p, e.Chat, text); err != nil {
			return err
		}
	}
	return h.untold(ctx, e, h.tell(ctx, e, text))
}

func cautionText(p locale.Printer, until time.Time) string {
	if until.IsZero() {
		return p.Text("caution.note", nil)
	}
	return p.Text("caution.pause", locale.Args{"date": p.Time(until)})
}

// limitLines say how much of the next penalty votes alone may bring, if that is not all of it.
func limitLines(p locale.Printer, s moderation.Standing) []string {
	if s.Most.Deed == "" {
		return nil
	}
	return []string{p.Text("standing.limit", locale.Args{"step": stepName(p, s.Most)})}
}
