package weight_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

func TestPauseEndsByItself(t *testing.T) {
	midnight := noon.Truncate(day)
	c := weight.ReportAbuse{Until: today + 3}
	for ago, want := range map[time.Duration]time.Time{
		3*day + 1: midnight.Add(3 * day), 1: midnight.Add(3 * day), 0: {}, -time.Hour: {}, -999 * day: {},
	} {
		if got := c.Paused(midnight.Add(3*day - ago)); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%v before the end: paused until %v, want %v", ago, got, want)
		}
	}
	if got := (weight.ReportAbuse{}).Paused(noon); !got.IsZero() {
		t.Errorf("who was never paused is until %v", got)
	}
}
