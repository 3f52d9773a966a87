package app

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
)

// A name that is a link is as good as any other, from the configuration to the digest.
func TestDigestsByTheClocksOfALink(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"US/Eastern", "us/eastern", "EST5EDT", "America/New_York", "new york"} {
		d := config.Default().Defaults
		d["timezone"], d["digest"] = name, "daily 09:00"
		p, err := settings.StartPolicy(d)
		if err != nil {
			t.Fatal(err)
		}
		from := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
		if next := (calendar{}).Next(p, from); !next.Equal(from.Add(time.Hour)) {
			t.Errorf("%s: nine in the morning is %v", name, next.UTC())
		}
	}
}
