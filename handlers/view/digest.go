package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

// DigestEntry is the text and the picture of a digest. One without a number to tell is a line.
func DigestEntry(p locale.Printer, book rulebook.Book, d stats.Digest) (LogEntry, error) {
	if d.Empty || d.Quiet() {
		return LogEntry{Text: p.Text("digest.quiet", locale.Args{"period": period(p, d)}), folded: true}, nil
	}
	picture, err := drawDigest(p, book, d)
	if err != nil {
		return LogEntry{}, err
	}
	return LogEntry{Text: "📊 " + period(p, d) + "\n" + digestText(p, book, d), picture: picture, folded: true}, nil
}

// period is the time of a digest, in days.
func period(p locale.Printer, d stats.Digest) string {
	from, to := p.Day(d.From), p.Day(d.To.Add(-time.Second))
	if from == to {
		return from
	}
	return p.Text("digest.period", locale.Args{"from": from, "to": to})
}

// digestText is the caption of the picture, for whoever cannot see it or looks for what it has not: a few lines. What only adds a
// detail is left out if it is small. It must stay within Telegram's 1,024 characters.
func digestText(p locale.Printer, book rulebook.Book, d stats.Digest) string {
	var half string
	if d.Median > 0 {
		half = p.Text("digest.median", locale.Args{"duration": p.Duration(roughly(d.Median))})
	}
	return joined("\n",
		joined(" · ", figure(p, "digest.reports", d.Reports), detail(p, "digest.votes", d.Votes), detail(p, "digest.cases", d.Cases)),
		joined(" · ", figure(p, "digest.upheld", d.Upheld), figure(p, "digest.dismissed", d.Dismissed), figure(p, "digest.expired", d.Expired)),
		listOf(p, "digest.rules", ruleParts(p, book, d)),
		listOf(p, "digest.penalties", penaltyParts(p, d)),
		joined(" · ",
			detail(p, "digest.by_hand", &d.Manual), detail(p, "digest.appeals", &d.Appeals),
			detail(p, "digest.overturned", &d.Overturned), detail(p, "digest.learned", d.Learned)),
		half,
	)
}

// joined joins the texts that are not empty.
func joined(between string, texts ...string) string {
	var said []string
	for _, text := range texts {
		if text != "" {
			said = append(said, text)
		}
	}
	return strings.Join(said, between)
}

// figure is a name, its number, and how that changed.
func figure(p locale.Printer, key string, f stats.Figure) string {
	number := p.Text("digest.few", nil)
	if !f.Few {
		number = fmt.Sprint(f.N)
	}
	if f.Before != nil && *f.Before < f.N {
		number += fmt.Sprintf(" ▲%d", f.N-*f.Before)
	}
	if f.Before != nil && *f.Before > f.N {
		number += fmt.Sprintf(" ▼%d", *f.Before-f.N)
	}
	return p.Text("digest.figure", locale.Args{"name": p.Text(key, nil), "number": number})
}

// detail is a figure, empty if it is small or not told.
func detail(p locale.Printer, key string, f *stats.Figure) string {
	if f == nil || f.Few {
		return ""
	}
	return figure(p, key, *f)
}

// listOf is a name and what belongs to it, empty if nothing does.
func listOf(p locale.Printer, key string, parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return p.Text("digest.figure", locale.Args{"name": p.Text(key, nil), "number": List(p, parts)})
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

func ruleParts(p locale.Printer, book rulebook.Book, d stats.Digest) (parts []string) {
	for _, r := range named(p, book, d) {
		part := partText(p, r.name, r.number)
		if r.sign > 0 {
			part = strconv.Itoa(r.sign) + "\ufe0f\u20e3 " + part // a key with the digit
		}
		parts = append(parts, part)
	}
	return parts
}

func penaltyParts(p locale.Printer, d stats.Digest) (parts []string) {
	for _, part := range d.Penalties {
		parts = append(parts, partText(p, p.Text("deed."+part.Of, nil), part.N))
	}
	if d.OtherPenalties > 0 {
		parts = append(parts, partText(p, p.Text("digest.others", nil), d.OtherPenalties))
	}
	return parts
}

func partText(p locale.Printer, name string, number int) string {
	return p.Text("digest.part", locale.Args{"name": name, "number": number})
}
