package view

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/digest"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
	"github.com/ostrakon-bot/ostrakon/moderation/stats"
)

var august = time.Date(2026, 8, 24, 0, 0, 0, 0, time.UTC)

func fourteen() stats.Digest {
	before := 9
	return stats.Digest{
		From: august, To: august.AddDate(0, 0, 7), Reports: stats.Figure{N: 40, Before: &before}, Votes: &stats.Figure{N: 60},
		Upheld: stats.Figure{N: 14, Before: &before}, Dismissed: stats.Figure{Few: true}, Expired: stats.Figure{N: 5, Before: &before},
		Manual: stats.Figure{Few: true}, Appeals: stats.Figure{N: 4}, Overturned: stats.Figure{Few: true}, Median: 754 * time.Second,
		Rules: []stats.Part{{Of: "r1", N: 8}, {Of: "spam", N: 6}}, Penalties: []stats.Part{{Of: "warn", N: 9}, {Of: "mute", N: 5}},
	}
}

// All that a picture may have to write is in its fonts, in every language. The script has the same list of keys.
func TestFontsHaveAllLetters(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		p := locale.In(lang).On(august)
		words := []string{}
		for _, key := range []string{
			"reports", "cases", "outcomes", "upheld", "dismissed", "expired", "rules", "others", "few", "now", "before", "change",
		} {
			words = append(words, p.Text("digest."+key, nil))
		}
		for _, r := range rulebook.DefaultBook() {
			words = append(words, RuleName(p, r))
		}
		for month := range 24 {
			from := august.AddDate(0, month, 0)
			words = append(words, period(p, stats.Digest{From: from, To: from.AddDate(0, 0, 7)}))
		}
		for _, text := range words {
			if !digest.CanWrite(text) {
				t.Errorf("%s.json: the picture's fonts have not all letters of %q; run internal/digest/fonts/subset.sh", lang, text)
			}
		}
	}
}

// Every language has its picture, beside a caption that Telegram takes.
func TestDigestInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		entry, err := DigestEntry(locale.In(lang).On(august), rulebook.DefaultBook(), fourteen())
		if err != nil {
			t.Fatal(lang, err)
		}
		if _, err := png.Decode(bytes.NewReader(entry.picture)); err != nil {
			t.Error(lang, err)
		}
		if lines := strings.Count(entry.Text, "\n") + 1; lines > 8 {
			t.Errorf("%s: %d lines\n%s", lang, lines, entry.Text)
		}
	}
}

// A name that the picture's fonts cannot write has a digit there, and in the caption beside the name.
func TestRuleNamesThatThePictureCannotWrite(t *testing.T) {
	t.Parallel()
	book := append(rulebook.DefaultBook(), rulebook.Rule{ID: "r1", Severity: 1, Name: "No 🐕", Why: "Dogs bark."})
	p := locale.In("en").On(august)
	rows := named(p, book, fourteen())
	if len(rows) != 2 || rows[0].sign != 1 || rows[0].name != "No 🐕" || rows[1].sign != 0 {
		t.Errorf("the rules are %+v", rows)
	}
	if got := digestText(p, book, fourteen()); !strings.Contains(got, "\nRules broken: 1️⃣ No 🐕 8, Spam 6\n") {
		t.Errorf("the caption is\n%s", got)
	}
}

func TestDigestText(t *testing.T) {
	t.Parallel()
	want := `📊 24 Aug to 30 Aug
Reports: 40 ▲31 · Votes: 60
Broke the rules: 14 ▲5 · Were fine: under 3 · Not enough votes: 5 ▼4
Rules broken: Dogs 8, Spam 6
Penalties: warnings 9, mutes 5
Appeals: 4
Typical time to a decision: 13 minutes`
	book := append(rulebook.DefaultBook(), rulebook.Rule{ID: "r1", Severity: 1, Name: "Dogs", Why: "Dogs bark."})
	entry, err := DigestEntry(locale.In("en").On(august), book, fourteen())
	if err != nil || entry.Text != want {
		t.Errorf("%v\n%s\nwant\n%s", err, entry.Text, want)
	}
}

// Many rules are told as a few and the others together.
func TestNamedRules(t *testing.T) {
	t.Parallel()
	d := fourteen()
	d.Rules, d.OtherRules = nil, 3
	for _, id := range []string{"spam", "scam", "insult", "hate", "sexual", "violence", "offtopic"} {
		d.Rules = append(d.Rules, stats.Part{Of: id, N: 9})
	}
	rows := named(locale.In("en"), rulebook.DefaultBook(), d)
	if last := rows[len(rows)-1]; len(rows) != rulesShown+1 || last.name != "all others" || last.number != 21 {
		t.Errorf("the rules are %+v", rows)
	}
}

// A period without a number to tell is one line without a picture, also if an earlier release left it in the outbox.
func TestQuietDigest(t *testing.T) {
	t.Parallel()
	few := stats.Figure{Few: true}
	for name, d := range map[string]stats.Digest{
		"nothing": {Empty: true},
		"little":  {Reports: few, Upheld: few, Dismissed: few, Expired: few, Manual: few, Appeals: few, Overturned: few},
	} {
		d.From, d.To = august, august.AddDate(0, 0, 7)
		entry, err := DigestEntry(locale.In("en").On(august), nil, d)
		if want := "📊 24 Aug to 30 Aug. All quiet: under 3 of everything."; err != nil || entry.Text != want || entry.picture != nil {
			t.Errorf("%s: %v, %q", name, err, entry.Text)
		}
	}
	d := stats.Digest{From: august.Add(9 * time.Hour), To: august.Add(20 * time.Hour)}
	if got := period(locale.In("en").On(august), d); got != "24 Aug" {
		t.Errorf("a part of a day is called %q", got)
	}
}

// Whatever else does not fit below the picture, the checkpoint does.
func TestLongDigestKeepsItsCheckpoint(t *testing.T) {
	t.Parallel()
	entry := LogEntry{Text: "A title" + strings.Repeat("\n"+strings.Repeat("ж", 200), 5), picture: []byte("x"), folded: true, Seal: seal}
	caption := Dated(entry.Call(-5)).Params["caption"].(string)
	if !strings.HasPrefix(caption, "A title\nж") || !strings.HasSuffix(caption, "ж\n\n"+seal) || Length(caption) > captionMost {
		t.Errorf("the caption is %s", caption)
	}
}

// The checkpoint of a digest is folded up: it quotes nobody who could have written one.
func TestCheckpointOfADigestIsFolded(t *testing.T) {
	t.Parallel()
	for _, d := range []stats.Digest{fourteen(), {From: august, To: august.AddDate(0, 0, 7), Empty: true}} {
		entry, err := DigestEntry(locale.In("en"), rulebook.DefaultBook(), d)
		if err != nil {
			t.Fatal(err)
		}
		entry.Seal = seal
		call := Dated(entry.Call(-5))
		text, entities := call.Params["text"], call.Params["entities"]
		if entry.picture != nil {
			text, entities = call.Params["caption"], call.Params["caption_entities"]
		}
		want := []any{map[string]any{"type": wire.FoldedQuote, "offset": Length(text.(string)) - Length(seal), "length": Length(seal)}}
		if fmt.Sprint(entities) != fmt.Sprint(want) || !strings.HasSuffix(text.(string), "\n\n"+seal) {
			t.Errorf("the checkpoint is %v in\n%s", entities, text)
		}
	}
}
