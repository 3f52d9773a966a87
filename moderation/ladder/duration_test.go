package ladder_test

import (
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

func TestDurationsAreReadAndWritten(t *testing.T) {
	for typed, want := range map[string]struct {
		d       time.Duration
		written string
	}{
		"10s":       {10 * time.Second, "10s"},
		"30m":       {30 * time.Minute, "30m"},
		"90m":       {90 * time.Minute, "90m"},
		"60m":       {time.Hour, "1h"},
		"24h":       {day, "1d"},
		"1w":        {7 * day, "7d"},
		"4w":        {28 * day, "4w"},
		"14d":       {14 * day, "2w"},
		"365d":      {365 * day, "365d"},
		"0s":        {0, "0s"},
		" 12H ":     {12 * time.Hour, "12h"},
		"0007m":     {7 * time.Minute, "7m"},
		"86401s":    {day + time.Second, "86401s"},
		"1 h":       {time.Hour, "1h"},
		"１h":        {time.Hour, "1h"},
		"７ｄ":        {7 * day, "7d"},
		"٧d":        {7 * day, "7d"}, // Arabic-Indic
		"۲ hours":   {2 * time.Hour, "2h"},
		"७d":        {7 * day, "7d"}, // Devanagari
		"7d.":       {7 * day, "7d"},
		"7\u200bd":  {7 * day, "7d"},
		"2 Hours":   {2 * time.Hour, "2h"},
		"3 weeks":   {21 * day, "3w"},
		"7 дней":    {7 * day, "7d"},
		"7д":        {7 * day, "7d"},
		"2 часа":    {2 * time.Hour, "2h"},
		"30 мин.":   {30 * time.Minute, "30m"},
		"7天":        {7 * day, "7d"},
		"2 个小时":     {2 * time.Hour, "2h"},
		"2 días":    {2 * day, "2d"},
		"30minutos": {30 * time.Minute, "30m"},
	} {
		t.Run(typed, func(t *testing.T) {
			got, err := ladder.ParseDuration(typed)
			if err != nil || got != want.d {
				t.Fatalf("read as %v, %v; want %v", got, err, want.d)
			}
			if written := ladder.FormatDuration(got); written != want.written {
				t.Errorf("written as %q, want %q", written, want.written)
			}
		})
	}
}

func TestNoDurations(t *testing.T) {
	for _, typed := range []string{
		"", "m", "7", "-1h", "+1h", "1.5h", "1h30m", "1 h 30", "1y", "h1", "−1h", "–1h", "1,5h", "½h", "1 month", "7 7d", "two hours", "tomorrow", "d 7", "7 d d", "0x1h", "1_0s", "9999999999s", "99999999w",
	} {
		if d, err := ladder.ParseDuration(typed); err == nil {
			t.Errorf("%q was read as %v", typed, d)
		}
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, seed := range []string{"10s", "90m", "12h", "7d", "4w", "0m", "-1h", "99999999999w", "d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		d, err := ladder.ParseDuration(typed)
		if err != nil {
			return
		}
		if d < 0 {
			t.Fatalf("%q is %v", typed, d)
		}
		if again, err := ladder.ParseDuration(ladder.FormatDuration(d)); err != nil || again != d {
			t.Fatalf("%q is %v, written as %q, read as %v, %v", typed, d, ladder.FormatDuration(d), again, err)
		}
	})
}
