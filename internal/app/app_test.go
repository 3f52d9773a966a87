package app

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestDefaultPolicy(t *testing.T) {
	got, err := DefaultPolicy(config.Default().Defaults)
	if err != nil {
		t.Fatal(err)
	}
	if want := moderation.DefaultPolicy(); got.Ladder.String() != want.Ladder.String() || got.Threshold != want.Threshold ||
		got.Window != want.Window || got.CardTTL != want.CardTTL || got.Lapse != want.Lapse {
		t.Errorf("a new group starts with %+v, the law's own default is %+v", got, want)
	}
	for _, wrong := range []struct {
		change func(*config.Defaults)
		says   string
	}{
		{func(d *config.Defaults) { d.Threshold = "99" }, `defaults.threshold: a threshold is auto or a whole number from 2 to 50, not "99"`},
		{func(d *config.Defaults) { d.Window = "1s" }, "window is outside its limits; allowed is 10s to 30d"},
		{func(d *config.Defaults) { d.Lapse = "soon" }, `defaults.lapse is "soon"`},
		{func(d *config.Defaults) { d.Ladder = "mute" }, `defaults.ladder is "mute"`},
		{func(d *config.Defaults) { d.Timezone = "US/Estern" }, `defaults.timezone names no time zone; allowed is a name such as US/Eastern`},
		{func(d *config.Defaults) { d.Timezone = "../UTC" }, `defaults.timezone names no time zone; allowed is a name such as Europe/Berlin`},
		{func(d *config.Defaults) { d.Language = "xx" }, `defaults.language is "xx"; allowed is one of en, es, ru, zh`},
	} {
		d := config.Default().Defaults
		wrong.change(&d)
		if _, err := DefaultPolicy(d); err == nil || !strings.Contains(err.Error(), wrong.says) {
			t.Errorf("DefaultPolicy = %v, want %q", err, wrong.says)
		}
	}
}

// A name that is a link is as good as any other, from the configuration to the digest.
func TestDigestsByTheClocksOfALink(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"US/Eastern", "us/eastern", "EST5EDT", "America/New_York", "new york"} {
		d := config.Default().Defaults
		d.Timezone, d.Digest = name, "daily 09:00"
		p, err := DefaultPolicy(d)
		if err != nil {
			t.Fatal(err)
		}
		from := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
		if next := (calendar{}).Next(p, from); !next.Equal(from.Add(time.Hour)) {
			t.Errorf("%s: nine in the morning is %v", name, next.UTC())
		}
	}
}
