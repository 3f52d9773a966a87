package moderation_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

const (
	day   = 24 * time.Hour
	lapse = 30 * day
)

// offence is one of so many steps, that long before noon.
func offence(steps int, ago time.Duration) moderation.Offence {
	return moderation.Offence{Steps: steps, At: noon.Add(-ago)}
}

func TestLevel(t *testing.T) {
	type history = []moderation.Offence
	for name, test := range map[string]struct {
		history history
		lapse   time.Duration
		want    int
	}{
		"none":                                    {nil, lapse, 0},
		"one just now":                            {history{offence(1, 0)}, lapse, 1},
		"severity is the number of steps":         {history{offence(3, 0)}, lapse, 3},
		"offences add up":                         {history{offence(1, 2*day), offence(2, day)}, lapse, 3},
		"a second before the lapse":               {history{offence(2, lapse-time.Second)}, lapse, 2},
		"one lapse takes one step":                {history{offence(2, lapse)}, lapse, 1},
		"two lapses take two":                     {history{offence(3, 2*lapse)}, lapse, 1},
		"it does not go below zero":               {history{offence(1, 9*lapse)}, lapse, 0},
		"lapses between offences count":           {history{offence(2, lapse+day), offence(1, day)}, lapse, 2},
		"an offence begins the lapse anew":        {history{offence(1, lapse+day), offence(1, lapse-day)}, lapse, 2},
		"what lapsed below zero is not saved up":  {history{offence(1, 9*lapse), offence(2, 0)}, lapse, 2},
		"a clock that went back adds no step":     {history{offence(1, -2*lapse)}, lapse, 1},
		"without a lapse everything is kept":      {history{offence(1, 9*lapse), offence(2, 8*lapse)}, 0, 3},
		"a policy made later counts for the past": {history{offence(3, 2*day)}, day, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := moderation.Level(test.history, test.lapse, noon); got != test.want {
				t.Errorf("level %d, want %d", got, test.want)
			}
		})
	}
}

func TestNextLapseIsWhenTheLevelFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.Custom(func(t *rapid.T) moderation.Offence {
			return offence(rapid.IntRange(1, 3).Draw(t, "steps"), 0)
		})
		history := rapid.SliceOfN(step, 0, 8).Draw(t, "history")
		now := noon
		for i := range history {
			history[i].At = now
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(3*lapse/time.Second)).Draw(t, "gap")) * time.Second)
		}
		level := moderation.Level(history, lapse, now)
		next := moderation.NextLapse(history, lapse, now)
		switch {
		case level < 0:
			t.Fatalf("level %d", level)
		case level == 0:
			if !next.IsZero() {
				t.Fatalf("off the ladder, and yet something lapses at %v", next)
			}
		case !next.After(now):
			t.Fatalf("lapses at %v, which is past at %v", next, now)
		case moderation.Level(history, lapse, next.Add(-time.Second)) != level:
			t.Fatalf("falls from %d before %v", level, next)
		case moderation.Level(history, lapse, next) != level-1:
			t.Fatalf("does not fall from %d by one at %v", level, next)
		}
	})
}

func TestBanned(t *testing.T) {
	brought := func(penalty ladder.Penalty, d, ago time.Duration) []moderation.Offence {
		o := offence(1, ago)
		o.Penalty = ladder.Step{Kind: penalty, For: d}
		o.Until = o.Penalty.Until(o.At)
		return []moderation.Offence{offence(1, 2*ago), o}
	}
	for name, test := range map[string]struct {
		history []moderation.Offence
		want    bool
	}{
		"no offences":                {nil, false},
		"a mute keeps nobody out":    {brought(ladder.Mute, day, 0), false},
		"a kick keeps nobody out":    {brought(ladder.Kick, 0, 0), false},
		"a ban without end":          {brought(ladder.Ban, 0, 900*day), true},
		"a ban in its last second":   {brought(ladder.Ban, day, day-time.Second), true},
		"a ban whose time just came": {brought(ladder.Ban, day, day), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := moderation.Banned(test.history, noon); got != test.want {
				t.Errorf("banned: %v, want %v", got, test.want)
			}
		})
	}
}
