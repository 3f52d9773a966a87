package request_test

import (
	"strings"
	"testing"

	"github.com/ostrakon-bot/ostrakon/handlers/request"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

// filmBook is a book with rules of the group's own: between the usual ones, behind them, and removed.
func filmBook() rulebook.Book {
	book := rulebook.DefaultBook()
	book[0].Name = "No ads"
	return append(book,
		rulebook.Rule{ID: "r1", Severity: 2, Name: "No spoilers", Why: "Do not tell how a film ends."},
		rulebook.Rule{ID: "r2", Severity: 1, Name: "18 plus", Why: "Not here."},
		rulebook.Rule{ID: "r3", Severity: 1, Name: "Без рекламы кино", Why: "Афиши по пятницам."},
		rulebook.Rule{ID: "r4", Severity: 3, Name: "Old films", Why: "Not here.", Removed: true},
	)
}

func TestReadOrder(t *testing.T) {
	t.Parallel()
	type a = rulebook.Amendment
	add := func(name string, n int, why string) a {
		return a{Kind: rulebook.AmendAdded, Text: name, Number: n, Why: why}
	}
	text := func(kind rulebook.AmendKind, id rulebook.RuleID, text string) a {
		return a{Kind: kind, Rule: id, Text: text, Number: -1}
	}
	why := func(id rulebook.RuleID, why string) a {
		return a{Kind: rulebook.AmendWhy, Rule: id, Why: why}
	}
	number := func(kind rulebook.AmendKind, id rulebook.RuleID, n int) a {
		return a{Kind: kind, Rule: id, Number: n}
	}
	for typed, want := range map[string]a{
		"":                           {},
		"  ":                         {},
		"no spoilers":                {Rule: "r1"},
		"9":                          {Rule: "r1"},
		"edit scam":                  {Rule: rulebook.Scam},
		"add Polls 2 No polls.":      add("Polls", 2, "No polls."),
		"ADD Polls No polls.":        add("Polls", 0, "No polls."),
		"add No_polls 3 “No polls.”": add("No polls", 3, "No polls."),
		"add \"No polls\" 1 None":    add("No polls", 1, "None"),
		"add “No polls” None":        add("No polls", 0, "None"),
		"add „No polls“ None":        add("No polls", 0, "None"),
		"add «Без опросов» 2 Их нет.":     add("Без опросов", 2, "Их нет."),
		"add 「禁止投票」 2 不要发投票。":             add("禁止投票", 2, "不要发投票。"),
		"add 'No polls' It's so.":         add("No polls", 0, "It's so."),
		"add\nPolls\n2\nNo polls.":        add("Polls", 2, "No polls."),
		"add Polls 10 a day are too many": add("Polls", 0, "10 a day are too many"),
		"add Polls 7 None":                add("Polls", 7, "None"),
		"add Polls 0 None":                add("Polls", -1, "None"),
		"add old_films":                   {Kind: rulebook.AmendRestored, Rule: "r4"},
		"add \"old films\" 2 Not now.":    {Kind: rulebook.AmendRestored, Rule: "r4", Number: 2, Why: "Not now."},
		"edit no spoilers severity 3":     number(rulebook.AmendSeverity, "r1", 3),
		"edit NO_SPOILERS Severity 3":     number(rulebook.AmendSeverity, "r1", 3),
		"edit 9 3":                        number(rulebook.AmendSeverity, "r1", 3),
		"edit #9. place 1":                number(rulebook.AmendPlace, "r1", 1),
		"edit 18 plus place 2":            number(rulebook.AmendPlace, "r2", 2),
		"edit scam severity much":         number(rulebook.AmendSeverity, rulebook.Scam, -1),
		"edit мошенничество severity 1":   number(rulebook.AmendSeverity, rulebook.Scam, 1),
		"edit без рекламы кино place 1":   number(rulebook.AmendPlace, "r3", 1),
		"edit 诈骗 severity 1":              number(rulebook.AmendSeverity, rulebook.Scam, 1),
		"edit “no spoilers”: Be kind.":    why("r1", "Be kind."),
		"edit scam “Be kind.”":            why(rulebook.Scam, "Be kind."),
		"edit insult Name calling is out": why(rulebook.Insult, "Name calling is out"),
		"edit insult Fine words are few":  why(rulebook.Insult, "Fine words are few"),
		"edit spam fine Where to buy it?": text(rulebook.AmendFine, rulebook.Spam, "Where to buy it?"),
		"edit no ads breaks “Buy this!”":  text(rulebook.AmendBreaks, rulebook.Spam, "Buy this!"),
		"edit ads name “No_ads at all”":   text(rulebook.AmendName, rulebook.Spam, "No ads at all"),
		"change 2 name Lies":              text(rulebook.AmendName, rulebook.Scam, "Lies"),
		"edit scam sweep off":             text(rulebook.AmendSweep, rulebook.Scam, "off"),
		"edit NO_SPOILERS Sweep ON":       text(rulebook.AmendSweep, "r1", "on"),
		"edit 9 sweep all of it":          text(rulebook.AmendSweep, "r1", "all of it"),
		"edit insult Sweep before you go": why(rulebook.Insult, "Sweep before you go"),
		"edit scam examples clear":        {Kind: rulebook.AmendCleared, Rule: rulebook.Scam, Number: -1},
		"edit scam Examples Clear":        {Kind: rulebook.AmendCleared, Rule: rulebook.Scam, Number: -1},
		"remove no spoilers":              {Kind: rulebook.AmendRemoved, Rule: "r1"},
		"delete “No spoilers”":            {Kind: rulebook.AmendRemoved, Rule: "r1"},
		"remove 2":                        {Kind: rulebook.AmendRemoved, Rule: rulebook.Scam},
	} {
		got, wrong := order(filmBook(), typed)
		switch want.Kind {
		case rulebook.AmendAdded, rulebook.AmendRestored, rulebook.AmendSeverity, rulebook.AmendPlace:
		default:
			got.Number, want.Number = 0, 0 // it means nothing there
		}
		if got != want || wrong != "" {
			t.Errorf("%q: %+v, %q\nwant %+v", typed, got, wrong, want)
		}
	}
}

func TestWrongOrders(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"perhaps":                     "book.wrong",
		"no spoilers at all":          "book.wrong",
		"add":                         "book.wrong_add",
		"add Polls":                   "book.wrong_add",
		"add Polls 2":                 "book.wrong_add",
		"add \"Polls 2 None":          "book.wrong_add",
		"add \"\" 2 None":             "book.wrong_add",
		"add No_Ads 2 None":           "refuse.rule_taken",
		"add Estafa 2 Ninguna":        "refuse.rule_taken",
		"edit":                        "book.wrong_edit",
		"edit scam name":              "book.wrong_edit",
		"edit scam sweep":             "book.wrong_edit",
		"edit scam fine":              "book.wrong_edit",
		"edit scam breaks  ":          "book.wrong_edit",
		"edit scam examples":          "book.wrong_edit",
		"edit scam examples two":      "book.wrong_edit",
		"edit scam name No ads":       "refuse.rule_taken",
		"edit polls severity 1":       "book.unknown",
		"edit old films 2":            "book.unknown",
		"edit 0 severity 1":           "book.unknown",
		"edit 12 severity 1":          "book.unknown",
		"edit -1 severity 1":          "book.unknown",
		"remove":                      "book.wrong_remove",
		"remove polls":                "book.unknown",
		"remove no ads at all":        "book.unknown",
		"remove 99999999999999999999": "book.unknown",
	} {
		if a, wrong := order(filmBook(), typed); wrong != want {
			t.Errorf("%q: %q, %+v; want %q", typed, wrong, a, want)
		}
	}
}

// Whatever is typed is a page, an amendment of a rule there is, or wrong; and the same each time.
func FuzzRule(f *testing.F) {
	for _, seed := range []string{
		"", "add “No polls” 2 None.", "edit 9 severity 3", "edit no spoilers name “x", "remove 18 plus", "add \"", "edit 诈骗 \u2028",
		"add ' ' ' 1", "edit 3 fine \xff", "add \x00 1 a", "remove _", "edit «no ads»:;, x",
	} {
		f.Add(seed)
	}
	book := filmBook()
	f.Fuzz(func(t *testing.T, typed string) {
		a, wrong := order(book, typed)
		if again, same := order(book, typed); again != a || same != wrong {
			t.Fatalf("%q is read in two ways", typed)
		}
		switch {
		case wrong != "":
			if !locale.In("en").Has(wrong) && wrong != "book.unknown" {
				t.Fatalf("%q is wrong, and nobody knows why: %q", typed, wrong)
			}
		case a.Kind == "" && a.Rule == "":
			if strings.TrimSpace(typed) != "" && strings.Trim(typed, " \t\r\n\u00a0") != "" {
				t.Fatalf("%q shows the book", typed)
			}
		case a.Kind == rulebook.AmendAdded:
			if a.Rule != "" || a.Text == "" || a.Why == "" {
				t.Fatalf("%q adds %+v", typed, a)
			}
		case a.Kind == rulebook.AmendRestored:
			if book.Has(a.Rule) {
				t.Fatalf("%q brings back %s, which holds", typed, a.Rule)
			}
		case !book.Has(a.Rule):
			t.Fatalf("%q is about %q", typed, a.Rule)
		}
	})
}

// A category is understood in any language, in any case, with a remark behind it or not.
func TestFindRule(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]rulebook.RuleID{
		"spam": rulebook.Spam, "СПАМ": rulebook.Spam, "垃圾广告": rulebook.Spam, "реклама опять": rulebook.Spam, "no ads": rulebook.Spam,
		"Estafa, miente": rulebook.Scam, "мошенничество": rulebook.Scam, "诈骗，他卖币": rulebook.Scam, "phishing": rulebook.Scam,
		"insulto": rulebook.Insult, "辱骂": rulebook.Insult, "odio": rulebook.Hate, "仇恨言论": rulebook.Hate,
		"сексуальный контент": rulebook.Sexual, "sexo": rulebook.Sexual, "Sexual content!": rulebook.Sexual,
		"violencia": rulebook.Violence, "Насилие и криминал": rulebook.Violence, "violence, illegal goods": rulebook.Violence,
		"не по теме": rulebook.OffTopic, "Fuera de tema": rulebook.OffTopic, "off topic": rulebook.OffTopic, "跑题": rulebook.OffTopic,
		"другое": rulebook.Other, "其他": rulebook.Other, "no spoilers": "r1", "“No Spoilers”": "r1", "18 plus": "r2", "без рекламы кино": "r3",
		"не знаю": "", "fuera con él": "", "old films": "", "he lies": "", "": "", "12": "", "1": "",
	} {
		if got := find(filmBook(), typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
	for _, lang := range locale.Languages() {
		for _, r := range rulebook.DefaultBook() {
			name := locale.In(lang).Text("rule."+string(r.ID), nil)
			if got := find(rulebook.DefaultBook(), name); got != r.ID {
				t.Errorf("%q is %q, want %q", name, got, r.ID)
			}
			for _, word := range strings.Split(locale.In(lang).Text("rule."+string(r.ID)+".words", nil), ",") {
				if got := find(rulebook.DefaultBook(), word); got != r.ID {
					t.Errorf("%s: %q is %q, want %q", lang, word, got, r.ID)
				}
			}
		}
	}
}

// find is the rule that somebody names, empty if it is none.
func find(book rulebook.Book, typed string) rulebook.RuleID {
	id, _, _ := request.FindRule(book, typed)
	return id
}

// order is what becomes of what an admin typed after /rule: an amendment, or what is wrong with it, as a key of the locale.
func order(book rulebook.Book, typed string) (a rulebook.Amendment, wrong string) {
	o := request.ReadOrder(book, typed)
	return o.Amendment, o.Wrong
}
