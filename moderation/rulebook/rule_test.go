package rulebook_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation/rulebook"
)

func TestFindRule(t *testing.T) {
	for typed, want := range map[string]rulebook.RuleID{
		"spam":                   rulebook.Spam,
		"  SCAM  ":               rulebook.Scam,
		"scam, he sells coins":   rulebook.Scam,
		"Ads!":                   rulebook.Spam,
		"off-topic":              rulebook.OffTopic,
		"nsfw":                   rulebook.Sexual,
		"":                       "",
		" \n ":                   "",
		"he sells scam":          "",
		"spammer":                "",
		"treason":                "",
		"...":                    "",
		"violence\nin each line": rulebook.Violence,
	} {
		if got, ok := rulebook.DefaultBook().Named(typed); got != want || ok != (want != "") {
			t.Errorf("%q names %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestEveryRuleIsFoundByItsName(t *testing.T) {
	for _, r := range rulebook.DefaultBook() {
		if got, ok := rulebook.DefaultBook().Named(string(r.ID)); !ok || got != r.ID {
			t.Errorf("%q is found as %q, %v", r.ID, got, ok)
		}
		if s := rulebook.DefaultBook().Rule(r.ID).Severity; s != r.Severity || s < 1 || s > 3 {
			t.Errorf("%q has severity %d", r.ID, s)
		}
	}
	if s := rulebook.DefaultBook().Rule("treason").Severity; s != 1 {
		t.Errorf("what is in no book has severity %d, want 1", s)
	}
}

func TestNamedByTheGroup(t *testing.T) {
	t.Parallel()
	book := rulebook.Book{
		{ID: rulebook.Spam, Severity: 1, Name: "Ads"}, {ID: "r1", Severity: 1, Name: "No checkers"}, {ID: "r2", Severity: 1, Name: "No"},
		{ID: "r3", Severity: 1, Name: "Без рекламы"}, {ID: "r4", Severity: 1, Name: "Scam"}, {ID: rulebook.Other, Severity: 1},
		{ID: rulebook.Scam, Severity: 1, Removed: true}, {ID: "r5", Name: "Old rule", Removed: true},
	}
	for typed, want := range map[string]rulebook.RuleID{
		"ads": rulebook.Spam, "spam": rulebook.Spam, "no checkers, please": "r1", "NO_CHECKERS": "r1", "“No  checkers” he": "r1",
		"no thanks": "r2", "nothing": "", "без рекламы": "r3", "без": "", "БЕЗ\tРЕКЛАМЫ!": "r3", "scam": "r4", "phishing": "",
		"old rule": "", "r2": "r2", "r5": "", "other": rulebook.Other, "hate": "", "no": "r2", "": "",
	} {
		if got, ok := book.Named(typed); got != want || ok != (want != "") {
			t.Errorf("%q names %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestLeads(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int{
		"no ads": 6, "No  Ads!": 7, " no ads": 7, "\"no ads\" x": 7, "no_ads": 6, "noads": 0, "no adsense": 0, "": 0, "no\nads": 6, "no ads3": 0, "no": 0,
	} {
		if got := rulebook.Leads("No ads", typed); got != want {
			t.Errorf("%q: %d, want %d", typed, got, want)
		}
	}
}
