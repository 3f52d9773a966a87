package moderation_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestFindRule(t *testing.T) {
	for typed, want := range map[string]moderation.RuleID{
		"spam":                   moderation.Spam,
		"  SCAM  ":               moderation.Scam,
		"scam, he sells coins":   moderation.Scam,
		"Ads!":                   moderation.Spam,
		"off-topic":              moderation.OffTopic,
		"nsfw":                   moderation.Sexual,
		"":                       "",
		" \n ":                   "",
		"he sells scam":          "",
		"spammer":                "",
		"treason":                "",
		"...":                    "",
		"violence\nin each line": moderation.Violence,
	} {
		if got, ok := moderation.DefaultBook().Named(typed); got != want || ok != (want != "") {
			t.Errorf("%q names %q, %v; want %q", typed, got, ok, want)
		}
	}
}

func TestEveryRuleIsFoundByItsName(t *testing.T) {
	for _, r := range moderation.DefaultBook() {
		if got, ok := moderation.DefaultBook().Named(string(r.ID)); !ok || got != r.ID {
			t.Errorf("%q is found as %q, %v", r.ID, got, ok)
		}
		if s := moderation.DefaultBook().Rule(r.ID).Severity; s != r.Severity || s < 1 || s > 3 {
			t.Errorf("%q has severity %d", r.ID, s)
		}
	}
	if s := moderation.DefaultBook().Rule("treason").Severity; s != 1 {
		t.Errorf("what is in no book has severity %d, want 1", s)
	}
}
