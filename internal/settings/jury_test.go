package settings_test

import (
	"testing"

	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// What is left to a jury is the admins' where nobody can be drawn, and each setting that says otherwise says so.
func TestWithoutAJury(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		setting, value string
		writers        int
		comesTo        string
	}{
		{"heavy", "jury", jury.FewestEligible - 1, "admins"},
		{"heavy", "jury", jury.FewestEligible, ""},
		{"heavy", "admins", 0, ""},
		{"heavy", "votes", 0, ""},
		{"summon", "30m", 0, "off"},
		{"summon", "30m", 500, ""},
		{"summon", "off", 0, ""},
		{"appeals", "jury", 0, "admins"},
		{"appeals", "jury", 500, ""},
		{"appeals", "admins", 0, ""},
	} {
		chat := moderation.Chat{Size: moderation.Size{Writers: c.writers}}
		s := entry(c.setting)
		if err := s.Read(&chat.Policy, c.value); err != nil {
			t.Fatal(err)
		}
		if got := s.InForce(chat); got != c.comesTo || s.LacksJury(chat) != (c.comesTo != "") {
			t.Errorf("/%s %s with %d writers comes to %q, want %q", c.setting, c.value, c.writers, got, c.comesTo)
		}
	}
}

// A group that leaves nothing to a jury does not miss one.
func TestNobodyMissesAJury(t *testing.T) {
	t.Parallel()
	chat := moderation.Chat{Policy: moderation.DefaultPolicy()}
	if !settings.LackJury(chat) {
		t.Error("a new group leaves much to a jury")
	}
	chat.Policy.Heavy, chat.Policy.Appeals, chat.Policy.Summon = moderation.HeavyVotes, moderation.AppealsAdmins, 0
	if settings.LackJury(chat) {
		t.Error("nothing is left to a jury")
	}
	chat = moderation.Chat{Policy: moderation.DefaultPolicy(), Size: moderation.Size{Writers: jury.FewestEligible}}
	if settings.LackJury(chat) {
		t.Error("enough write here")
	}
	if threshold, _ := settings.Find("threshold"); threshold.LacksJury(moderation.Chat{}) {
		t.Error("auto is no jury")
	}
}
