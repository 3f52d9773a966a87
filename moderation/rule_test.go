package moderation_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// naming are ballots against a message that name these rules.
func naming(rules ...moderation.RuleID) []moderation.Ballot {
	ballots := breaks(times(len(rules), 1)...)
	for i, r := range rules {
		ballots[i].Rule = r
	}
	return ballots
}

func TestCharge(t *testing.T) {
	defender := fine(1, 1)
	defender[0].Rule, defender[1].Rule = moderation.Scam, moderation.Scam
	for name, test := range map[string]struct {
		ballots []moderation.Ballot
		want    moderation.RuleID
	}{
		"nobody voted":                      {nil, moderation.Other},
		"nobody named a rule":               {naming("", ""), moderation.Other},
		"the only one named":                {naming("", moderation.Hate, ""), moderation.Hate},
		"the one named most":                {naming(moderation.Spam, moderation.Violence, moderation.Violence), moderation.Violence},
		"the milder on a tie":               {naming(moderation.Violence, moderation.Hate), moderation.Hate},
		"the milder, though later in book":  {naming(moderation.Scam, moderation.OffTopic), moderation.OffTopic},
		"the first in book if as mild":      {naming(moderation.Insult, moderation.Spam), moderation.Spam},
		"the milder of three":               {naming(moderation.Violence, moderation.Sexual, moderation.Other), moderation.Other},
		"what is in no book is not named":   {naming("treason", "treason", moderation.Spam), moderation.Spam},
		"who finds it fine accuses nobody":  {both(defender, naming(moderation.Insult)), moderation.Insult},
		"harder than Other if it was named": {naming(moderation.Violence), moderation.Violence},
	} {
		t.Run(name, func(t *testing.T) {
			if got := moderation.DefaultBook().Charge(test.ballots); got != test.want {
				t.Errorf("charged with %q, want %q", got, test.want)
			}
		})
	}
}

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
