package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/digest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// The colours of the picture's bars. The text names each by the square of the same colour, so that
// the picture needs no words.
var (
	ruleMarks    = []digest.Mark{digest.Blue, digest.Purple, digest.Orange, digest.Yellow, digest.Brown}
	outcomeMarks = map[moderation.Verdict]digest.Mark{
		moderation.Upheld: digest.Red, moderation.Dismissed: digest.Green, moderation.Expired: digest.White,
	}
)

// rulesShown is how many rules are told by name; there are no more colours.
var rulesShown = len(ruleMarks)

// digestText is the caption of the picture. It must stay within Telegram's 1,024 characters.
func digestText(p locale.Printer, book rulebook.Book, d stats.Digest) string {
	lines := []string{figure(p, "digest.reports", "", d.Reports)}
	if d.Votes != nil {
		lines = append(lines, figure(p, "digest.votes", "", *d.Votes))
	}
	if d.Cases != nil {
		lines = append(lines, figure(p, "digest.cases", "", *d.Cases))
	}
	lines = append(lines,
		figure(p, "digest.upheld", outcomeMarks[moderation.Upheld].Emoji(), d.Upheld),
		figure(p, "digest.dismissed", outcomeMarks[moderation.Dismissed].Emoji(), d.Dismissed),
		figure(p, "digest.expired", outcomeMarks[moderation.Expired].Emoji(), d.Expired),
		figure(p, "digest.by_hand", "", d.Manual),
		figure(p, "digest.appeals", "", d.Appeals),
		figure(p, "digest.overturned", "", d.Overturned),
	)
	if d.Median > 0 {
		lines = append(lines, p.Text("digest.median", locale.Args{"duration": p.Duration(roughly(d.Median))}))
	}
	if rules := ruleParts(p, book, d); rules != "" {
		lines = append(lines, "", rules)
	}
	if penalties := penaltyParts(p, d); penalties != "" {
		lines = append(lines, penalties)
	}
	if d.Learned != nil {
		lines = append(lines, figure(p, "digest.learned", "", *d.Learned))
	}
	return strings.Join(lines, "\n")
}

// figure is a line with a number, and how it changed.
func figure(p locale.Printer, key, mark string, f stats.Figure) string {
	number := p.Text("digest.few", nil)
	if !f.Few {
		number = fmt.Sprint(f.N)
	}
	if f.Before != nil && *f.Before != f.N {
		number += fmt.Sprintf(" (%+d)", f.N-*f.Before)
	}
	return strings.TrimSpace(mark + " " + p.Text(key, locale.Args{"number": number}))
}

// roughly drops what nobody wants to know of a length of time.
func roughly(d time.Duration) time.Duration {
	switch {
	case d >= 48*time.Hour:
		return d.Round(24 * time.Hour)
	case d >= 2*time.Hour:
		return d.Round(time.Hour)
	case d >= 2*time.Minute:
		return d.Round(time.Minute)
	default:
		return max(time.Second, d.Round(time.Second))
	}
}

// named are the rules that are told by name, and how many cases the others have.
func named(d stats.Digest) (rules []stats.Part, others int) {
	rules, others = d.Rules, d.OtherRules
	for len(rules) > rulesShown {
		others += rules[len(rules)-1].N
		rules = rules[:len(rules)-1]
	}
	return rules, others
}

func ruleParts(p locale.Printer, book rulebook.Book, d stats.Digest) string {
	rules, others := named(d)
	var lines []string
	for i, r := range rules {
		lines = append(lines, p.Text("digest.part", locale.Args{"mark": ruleMarks[i].Emoji(), "name": RuleName(p, book.Rule(rulebook.RuleID(r.Of))), "number": r.N}))
	}
	if others > 0 {
		lines = append(lines, p.Text("digest.part", locale.Args{"mark": digest.Black.Emoji(), "name": p.Text("digest.others", nil), "number": others}))
	}
	return strings.Join(lines, "\n")
}

func penaltyParts(p locale.Printer, d stats.Digest) string {
	var parts []string
	for _, part := range d.Penalties {
		parts = append(parts, p.Text("digest.deed", locale.Args{"name": p.Text("deed."+part.Of, nil), "number": part.N}))
	}
	if d.OtherPenalties > 0 {
		parts = append(parts, p.Text("digest.deed", locale.Args{"name": p.Text("digest.others", nil), "number": d.OtherPenalties}))
	}
	if len(parts) == 0 {
		return ""
	}
	return p.Text("digest.penalties", locale.Args{"list": List(p, parts)})
}
