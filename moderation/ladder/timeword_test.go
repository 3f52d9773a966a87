package ladder_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// What an admin types behind a penalty: the time in it, for ever, or none, and what is left beside it.
func TestTimeAmongWords(t *testing.T) {
	for typed, want := range map[string]struct {
		d    time.Duration
		ever bool
		rest string
	}{
		"":                         {0, false, ""},
		"spam":                     {0, false, "spam"},
		"2h spam":                  {2 * time.Hour, false, "spam"},
		"2 hours spam":             {2 * time.Hour, false, "spam"},
		"for 2 hours":              {2 * time.Hour, false, ""},
		"на 7 дней реклама":        {7 * day, false, "реклама"},
		"spam 7d":                  {7 * day, false, "spam"},
		"spam 7 d":                 {7 * day, false, "spam"},
		"广告 7天":                    {7 * day, false, "广告"},
		"forever spam":             {0, true, "spam"},
		"for ever":                 {0, true, ""},
		"навсегда":                 {0, true, ""},
		"second warning":           {0, false, "second warning"},
		"聊天骚扰":                     {0, false, "聊天骚扰"},
		"spam https://t.me/c/1/22": {0, false, "spam https://t.me/c/1/22"},
		"x2 spam":                  {0, false, "x2 spam"},
		"реклама и спам":           {0, false, "реклама и спам"},
		"fotos y enlaces":          {0, false, "fotos y enlaces"},
	} {
		t.Run(typed, func(t *testing.T) {
			got, err := ladder.ReadTime(strings.Fields(typed))
			if err != nil || got.For != want.d || got.Ever != want.ever || strings.Join(got.Words, " ") != want.rest {
				t.Errorf("read as %+v, %v; want %+v", got, err, want)
			}
		})
	}
}

// Words that could mean a time and are not understood are never taken for no time.
func TestTimeThatIsAskedAbout(t *testing.T) {
	for _, typed := range []string{
		"7", "7x", "1.5h", "1,5 h", "-2h", "−2h", "– 2h 3", "2h30m", "½h", "0h", "0 days", "30s", "400d", "53 weeks", "99999999999d",
		"tomorrow", "until monday", "two hours", "an hour", "a week", "1 month", "1y", "spam 3 times a day", "spam tomorrow",
		"spam 7x", "spam forever", "сутки", "полчаса", "до завтра", "1 мес", "два дня", "mañana", "una hora", "hasta el lunes", "1 mes",
		"明天", "两小时", "广告7天警告", "一个月", "۷ روز",
	} {
		t.Run(typed, func(t *testing.T) {
			if got, err := ladder.ReadTime(strings.Fields(typed)); err == nil {
				t.Errorf("read as %+v", got)
			}
		})
	}
}

// What stands behind a time may be a second part of it.
func TestTimeThatGoesOn(t *testing.T) {
	for typed, want := range map[string]bool{
		"": false, "and": false, "spam": false, "and spam": false, "y enlaces": false,
		"12h": true, "and 12h": true, "и 12 часов": true, "and a half days": false, "плюс полчаса": true,
	} {
		if got := ladder.GoesOn(strings.Fields(typed)); got != want {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}
