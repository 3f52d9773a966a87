package moderation_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// noon is when most tests take place.
var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

func TestWeight(t *testing.T) {
	const day, enough = moderation.NewcomerFor, moderation.NewcomerMessages
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	for name, test := range map[string]struct {
		joined   time.Time
		messages int
		sent     time.Time
		want     float64
	}{
		"there before the bot":                  {time.Time{}, 0, ago(time.Minute), 1},
		"a day ago and five messages":           {ago(day), enough, ago(time.Minute), 1},
		"a second less than a day ago":          {ago(day - time.Second), enough, ago(time.Minute), 0.25},
		"a day ago and four messages":           {ago(day), enough - 1, ago(time.Minute), 0.25},
		"long ago and silent since":             {ago(300 * day), 0, ago(time.Minute), 0.25},
		"in the very second of the message":     {ago(time.Minute), 0, ago(time.Minute), 0.25},
		"a second after the message":            {ago(time.Minute), 0, ago(time.Minute + time.Second), 0},
		"after the message, and settled since":  {ago(day), enough, ago(day + time.Second), 0},
		"in the second of the message, settled": {ago(day), enough, ago(day), 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := moderation.Record{Joined: test.joined, Messages: test.messages}
			if got := moderation.Weight(r, test.sent, noon); got != test.want {
				t.Errorf("weighs %v, want %v", got, test.want)
			}
			face := 1.0 // to who does not look whether they are newcomers
			if test.want == 0 {
				face = 0
			}
			if got := moderation.Face(r, test.sent); got != face {
				t.Errorf("weighs %v at face value, want %v", got, face)
			}
		})
	}
}
