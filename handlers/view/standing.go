package view

import (
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/standing"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// MeText tells a member where they stand, what that means, and how it improves.
func MeText(p locale.Printer, s moderation.Standing) string {
	lines := []string{p.Text("me.score", locale.Args{"score": strconv.Itoa(s.Score), "tier": tierText(p, s.Tier)})}
	if s.Score < standing.FullStanding {
		lines = append(lines, p.Text("me.recovers", nil))
	}
	lines = append(lines, turnLines(p, s.Turns)...)
	steps := p.Text("me.clean", nil)
	if s.Level > 0 {
		steps = p.Text("me.steps", locale.Args{"count": s.Level, "date": p.Time(s.Lapse)})
	}
	lines = append(lines, "", steps, p.Text("me.next", locale.Args{"step": StepName(p, s.Next)}))
	lines = append(lines, limitLines(p, s)...)
	if !s.Paused.IsZero() {
		lines = append(lines, "", p.Text("refuse.paused", locale.Args{"date": p.Time(s.Paused)}))
	}
	switch {
	case s.Declines:
		lines = append(lines, "", p.Text("me.no_juries", nil))
	case !s.Willing.IsZero():
		lines = append(lines, "", p.Text("me.juries_from", locale.Args{"date": p.Time(s.Willing)}))
	}
	return strings.Join(lines, "\n")
}

// What the button of /me does.
const (
	JurorDeclines = "off"
	JurorWilling  = "on"
)

// MeButtons end that a member is asked to be a juror, or have them asked again.
func MeButtons(p locale.Printer, ref int64, s moderation.Standing) [][]wire.Button {
	key, choice := "button.decline", JurorDeclines
	if s.Declines {
		key, choice = "button.willing", JurorWilling
	}
	return [][]wire.Button{{Coloured(wire.Button{Text: p.Text(key, nil), Data: GroupData(ButtonJuror, ref, choice)})}}
}

// StandingText tells an admin where a member stands, and what for.
func StandingText(p locale.Printer, name string, s moderation.Standing) string {
	steps := p.Text("standing.clean", nil)
	if s.Level > 0 {
		steps = p.Text("standing.steps", locale.Args{"count": s.Level, "date": p.Time(s.Lapse)})
	}
	lines := []string{
		p.Text("standing.score", locale.Args{"name": name, "score": strconv.Itoa(s.Score), "tier": tierName(p, s.Tier)}),
		steps, p.Text("standing.next", locale.Args{"step": StepName(p, s.Next)}),
	}
	lines = append(lines, limitLines(p, s)...)
	if len(s.Turns)+len(s.History) > 0 {
		lines = append(lines, "")
	}
	lines = append(lines, turnLines(p, s.Turns)...)
	for _, o := range latest(s.History, standingRows) {
		lines = append(lines, p.Text("standing.line", locale.Args{"case": o.Case, "step": PutStep(p, o.Penalty, o.Put), "date": p.Stamp(o.At)}))
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
func turnLines(p locale.Printer, turns []standing.Change) []string {
	var lines []string
	for _, t := range turns[:min(len(turns), standingRows)] {
		points := "+" + strconv.Itoa(t.Points)
		if t.Points < 0 {
			points = "−" + strconv.Itoa(-t.Points)
		}
		day := p.At(time.UTC).Day(weight.Midnight(t.Day)) // days are kept in UTC
		lines = append(lines, p.Text("turn."+string(t.Cause), locale.Args{"date": day, "points": points, "case": t.Case}))
	}
	return lines
}

// tierName is what a tier is called.
func tierName(p locale.Printer, t standing.Tier) string { return p.Text("tier."+string(t), nil) }

// tierText is what a tier means for the one who has it.
func tierText(p locale.Printer, t standing.Tier) string {
	return p.Text("tier."+string(t)+".means", nil)
}

// CautionText tells a member that many of their reports were wrong, and until when they cannot report.
func CautionText(p locale.Printer, until time.Time) string {
	if until.IsZero() {
		return p.Text("caution.note", nil)
	}
	return p.Text("caution.pause", locale.Args{"date": p.Time(until)})
}

// limitLines say how much of the next penalty votes alone may bring, if that is not all of it.
func limitLines(p locale.Printer, s moderation.Standing) []string {
	if s.Most.Kind == "" {
		return nil
	}
	args := locale.Args{"step": StepName(p, s.Most)}
	if s.Jury {
		return []string{p.Text("standing.limit_jury", args)}
	}
	return []string{p.Text("standing.limit", args)}
}
