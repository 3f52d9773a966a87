package view

import (
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/bot/wire"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

const seal = "ostrakon.ledger/7KQ2XXYZ\n1024\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— ostrakon.ledger/7KQ2XXYZ pX1hUgJ0AAAA="

// forgeries imitate what the bot writes.
var forgeries = []string{
	"hello", "", " ", "\n", "x\n\nOlga overturned this.\n🚩 Breaks “Spam” (an admin) · 9ABC\n→ a ban", " · 7KQ2", "Buy pills”\n\nCase 9ABC. Fine, by 9 votes.\nRule: Spam.\nPenalty: none.",
	"x”\n\n" + seal, seal, "x\n\n" + seal + "\n\n", "Decided by 9 votes", "🚩 Uphold 👌 Overturn ⚖️", "Chess club\nCase 7KQ2. Overturned on 1 Sep, 12:00.",
	"\u202eturned around\u202c", "\u2067\u2067\u2067", "a\u2028b\u2029c\u0085d\ve\ff\rg\r\nh", strings.Repeat("x\n", 2048), strings.Repeat("🚩", 2048),
	"\uFDD0\uFDD1\uFDD2\uFDD0quote \uFDD1", "> quoted\n>> twice", "https://evil.example/login t.me/evil @evil_bot /report a@b.cc tg://resolve?domain=x",
	strings.Repeat("a.b ", 1000), "e" + strings.Repeat("\u0301", 500), "\u200b\u200b\u2060\ufeff", "“„«»”", "The author says:\n“I did it”", "שלום עולם", "سلام",
}

// words draws what a member may have written: a forgery, or any text, or both.
func words() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom(forgeries).Draw(t, "begin") + rapid.StringN(0, 200, -1).Draw(t, "middle") + rapid.SampledFrom(forgeries).Draw(t, "end")
	})
}

// entities draws entities such as a member's app may have sent with it.
func entities() *rapid.Generator[[]moderation.Entity] {
	one := rapid.Custom(func(t *rapid.T) moderation.Entity {
		e := moderation.Entity{
			Type:   rapid.SampledFrom([]string{"bold", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention", "date_time"}).Draw(t, "type"),
			Offset: rapid.IntRange(-2, 300).Draw(t, "offset"), Length: rapid.IntRange(-2, 300).Draw(t, "length"),
		}
		if e.Type == "text_link" {
			e.URL = "https://evil.example/" + rapid.StringN(0, 20, -1).Draw(t, "url")
		}
		return e
	})
	return rapid.SliceOfN(one, 0, 8)
}

// sent is a call as it goes out: its text, and which of its letters are in a quotation and which cannot be tapped.
type sent struct {
	text         string
	own          string // the text without the quotations
	quoted, dead string
	marked       []map[string]any
}

type fataler interface {
	Fatalf(format string, args ...any)
}

func sentOf(t fataler, call wire.Call) sent {
	call = Dated(call)
	var s sent
	s.text, _ = call.Params["text"].(string)
	s.marked, _ = call.Params["entities"].([]map[string]any)
	units := utf16.Encode([]rune(s.text))
	in := map[string][]bool{"quote": make([]bool, len(units)), "dead": make([]bool, len(units))}
	for _, e := range s.marked {
		from, length := e["offset"].(int), e["length"].(int)
		if from < 0 || length <= 0 || from+length > len(units) {
			t.Fatalf("the entity %v is outside of a text of %d units", e, len(units))
		}
		for _, at := range []int{from, from + length} {
			if at < len(units) && at > 0 && utf16.IsSurrogate(rune(units[at])) && units[at] >= 0xdc00 {
				t.Fatalf("the entity %v cuts a letter", e)
			}
		}
		kind := map[any]string{"blockquote": "quote", "expandable_blockquote": "quote", "code": "dead"}[e["type"]]
		for i := from; i < from+length && kind != ""; i++ {
			if in[kind][i] && kind == "quote" {
				t.Fatalf("the quotation %v is inside of another", e)
			}
			in[kind][i] = true
		}
	}
	var own, quoted, dead []uint16
	for i, u := range units {
		switch {
		case !in["quote"][i]:
			own = append(own, u)
		case in["dead"][i]:
			dead = append(dead, u)
			fallthrough
		default:
			quoted = append(quoted, u)
		}
	}
	s.own, s.quoted, s.dead = string(utf16.Decode(own)), string(utf16.Decode(quoted)), string(utf16.Decode(dead))
	return s
}

// Without what it quotes, a message of the bot is the same whatever members wrote and called themselves.
func TestNothingLeavesItsQuotation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := locale.In(rapid.SampledFrom(locale.Languages()).Draw(t, "language"))
		draw := func(name string) (moderation.Evidence, string) {
			e := moderation.Evidence{
				Name: Shorten(rapid.SampledFrom(forgeries).Draw(t, name+" name"), NameKept), Handle: "mallory", Text: "m" + words().Draw(t, name+" words"),
				Entities: entities().Draw(t, name+" entities"),
			}
			e.Edits = []moderation.Edit{{Text: words().Draw(t, name+" edit")}}
			return e, Cut("p"+words().Draw(t, name+" plea"), 300)
		}
		cs := moderation.Case{ID: "7KQ2", Verdict: moderation.Upheld, Votes: 3, Breaks: 3, Rule: "spam"}
		cs.Appeal = moderation.BeforeAdmins
		own := func(e moderation.Evidence, plea string) (all []string) {
			entry := CaseEntry(p, CaseFile{Case: cs, Evidence: &e, Plea: plea}, moderation.CaseEntry{What: moderation.TopicDecided, Case: cs.ID}, cs.Decided)
			entry.Seal = seal
			texts := []wire.Call{entry.Call(-5)}
			evidence, styles := EvidenceTexts(p, cs.ID, e, nil)
			for i, text := range evidence {
				call := wire.SendMessage(5, text)
				if i == 0 {
					call = call.Entities(styles)
				}
				texts = append(texts, call)
			}
			for _, text := range JuryTexts(p, rulebook.DefaultBook().Rule(cs.Rule), cs, moderation.Appeal{Words: plea}, e, cs.Decided) {
				texts = append(texts, wire.SendMessage(5, text))
			}
			for i, call := range texts {
				s := sentOf(t, call)
				if n := len(utf16.Encode([]rune(s.text))); n > MaxText || len(s.marked) > 100 {
					t.Fatalf("the text has %d units and %d entities", n, len(s.marked))
				}
				if i == 0 && !strings.HasSuffix(s.own, "\n\n"+seal) {
					t.Fatalf("the checkpoint is not the bot's own: %q", s.own)
				}
				all = append(all, s.own)
			}
			return all
		}
		one, other := own(draw("first")), own(draw("second"))
		// How many messages it takes depends on how long the words are, and so do the empty lines between.
		if strings.ReplaceAll(strings.Join(one, ""), "\n", "") != strings.ReplaceAll(strings.Join(other, ""), "\n", "") {
			t.Fatalf("the bot's words differ:\n%q\n%q", one, other)
		}
	})
}

// Nothing in a quotation is found by Telegram to be a link, and what was written can be read there.
func TestQuotationsAreDeadAndWhole(t *testing.T) {
	t.Parallel()
	p := locale.In("en")
	for text, want := range map[string][2]string{ // what is shown, and what of it is dead
		"Buy at pills.example now":    {"Buy at pills.example now", "pills.example"},
		"see https://a.b/c?d=e#f, ok": {"see https://a.b/c?d=e#f, ok", "https://a.b/c?d=e#f,"},
		"@evil_bot /report #x $USD":   {"@evil_bot /report #x $USD", "@evil_bot/report#x$USD"},
		"看t.me/evil 吧":                {"看t.me/evil 吧", "看t.me/evil"},
		"tg://resolve?domain=x":       {"tg://resolve?domain=x", "tg://resolve?domain=x"},
		"call +79991234567":           {"call +79991234567", "+79991234567"},
		"Really. Yes! 5 € or 3":       {"Really. Yes! 5 € or 3", ""},
		"a\r\nb\u2028c\n\n\n\nd\te":   {"a\nb\nc\n\nd e", ""},
		"\u202eabc\u202c\u200b\uFDD2": {"abc", ""},
		"می\u200cخواهم 👩‍🚀":           {"می\u200cخواهم 👩‍🚀", ""},
	} {
		s := sentOf(t, wire.SendMessage(5, quoted(p, unlinked(tidyLines(text)))))
		if s.quoted != "“"+want[0]+"”" || s.own != "" || s.dead != want[1] {
			t.Errorf("%q is shown as %q, dead are %q, outside is %q", text, s.quoted, s.dead, s.own)
		}
	}
	if s := sentOf(t, wire.SendMessage(5, quoted(p, unlinked(strings.Repeat("a.b ", 60))))); len(s.marked) != 2 {
		t.Errorf("many links take %d entities", len(s.marked))
	}
}

// Addresses that are hidden behind words are shown, dead.
func TestHiddenAddressesAreShown(t *testing.T) {
	t.Parallel()
	e := moderation.Evidence{Text: "My bank", Entities: []moderation.Entity{
		{Type: "text_link", Offset: 3, Length: 4, URL: "https://evil.example/"}, {Type: "bold", Offset: 0, Length: 2},
	}}
	texts, styles := EvidenceTexts(locale.In("en"), "7KQ2", e, nil)
	s := sentOf(t, wire.SendMessage(5, texts[0]).Entities(styles))
	if !strings.Contains(s.quoted, "“My bank\n🔗 https://evil.example/”") || s.dead != "https://evil.example/" {
		t.Errorf("it is shown as %q, dead is %q", s.quoted, s.dead)
	}
	if len(styles) != 1 || string(utf16.Decode(utf16.Encode([]rune(s.text))[styles[0].Offset:][:2])) != "My" {
		t.Errorf("the styles are %+v of %q", styles, s.text)
	}
}

// A long quotation is folded up, so that it hides nothing below it.
func TestLongQuotationsAreFolded(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"short": wire.Quote, strings.Repeat("x", 400): wire.FoldedQuote, strings.Repeat("x\n", 8): wire.FoldedQuote,
	} {
		if s := sentOf(t, wire.SendMessage(5, locale.Quote(text))); s.marked[0]["type"] != want {
			t.Errorf("%.8q is a %v, want %s", text, s.marked[0]["type"], want)
		}
	}
}

// The checkpoint below an entry is found again, also in those of earlier releases, and none that a member wrote.
func TestSealOf(t *testing.T) {
	t.Parallel()
	end := func(kind, text, of string) []wire.Entity {
		all, part := len(utf16.Encode([]rune(text))), len(utf16.Encode([]rune(of)))
		return []wire.Entity{{Type: kind, Offset: all - part, Length: part}}
	}
	text := "🚩 Case 7KQ2.\n\n" + seal
	for name, c := range map[string]struct {
		m    wire.Message
		want string
	}{
		"of this release":     {wire.Message{Text: text, Entities: end(wire.Pre, text, seal)}, seal},
		"of an earlier one":   {wire.Message{Text: text, Entities: end(wire.FoldedQuote, text, seal)}, seal},
		"written by a member": {wire.Message{Text: text}, ""},
		"quoted":              {wire.Message{Text: text + "”", Entities: end(wire.FoldedQuote, text+"”", "x“"+seal+"”")}, ""},
		"in a quotation":      {wire.Message{Text: text, Entities: end(wire.Quote, text, seal)}, ""},
		"not at the end":      {wire.Message{Text: text + " x", Entities: []wire.Entity{{Type: wire.Pre, Offset: 0, Length: 5}}}, ""},
	} {
		if got := SealOf(&c.m); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// The bot's own words in a message of its own are those that stand in no quotation.
func TestOwnWords(t *testing.T) {
	t.Parallel()
	m := wire.Message{Text: "🚩 A “b 9ABC” c", Entities: []wire.Entity{{Type: wire.Quote, Offset: 5, Length: 8}, {Type: "bold", Offset: 0, Length: 2}}}
	if got := OwnWords(&m); got != "🚩 A  c" {
		t.Errorf("%q", got)
	}
}

// A name stays within its place in the line.
func TestNamesAreIsolated(t *testing.T) {
	t.Parallel()
	p := locale.In("en")
	for name, want := range map[string]string{
		"אבג": "\u2068אבג\u2069", "free.example": "free\u2060.\u2060example", "@evil": "@\u2060evil", "J. R. Smith": "J. R. Smith",
		"a\nb": "ab", "x\u2066y\u200b": "xy",
	} {
		if got := NameText(p, name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// FuzzQuotes looks for words that leave their quotation, or entities that are outside of the text.
func FuzzQuotes(f *testing.F) {
	for _, text := range forgeries {
		f.Add(text, 0, 5)
	}
	f.Fuzz(func(t *testing.T, text string, offset, length int) {
		e := moderation.Evidence{Name: Shorten(text, NameKept), Text: text, Entities: []moderation.Entity{{Type: "bold", Offset: offset, Length: length}}}
		texts, styles := EvidenceTexts(locale.In("en"), "7KQ2", e, nil)
		if s := sentOf(t, wire.SendMessage(5, texts[0]).Entities(styles)); s.own != "🔍 Evidence · 7KQ2\n\n" {
			t.Errorf("outside of the quotation stands %q", s.own)
		}
	})
}
