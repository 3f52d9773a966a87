package ladder

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// How long a penalty may last. Telegram takes less than half a minute, or more than 366 days, for ever.
const (
	MinPenalty = time.Minute
	MaxPenalty = 365 * 24 * time.Hour
)

var units = []struct {
	suffix string
	length time.Duration
}{
	{"w", 7 * 24 * time.Hour}, {"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second},
}

var errDuration = errors.New("a duration is a number and one of s, m, h, d, w, such as 30m or 7d")

// ParseDuration reads a whole number with a unit: 10s, 30m, 12h, 7d, 4w. The digits may be those of any script, a blank
// may stand between, and the unit may be a common word for it in one of the bot's languages: "7 days", "7 дней", "７天".
func ParseDuration(text string) (time.Duration, error) {
	words := foldAll(strings.Fields(text))
	if length, used, ok := timeAt(words); ok && used == len(words) {
		return length, nil
	}
	return 0, errDuration
}

// FormatDuration writes d in the largest unit that divides it: 90m, 1d, 2w. It is read back by
// [ParseDuration]; parts of a second are dropped.
func FormatDuration(d time.Duration) string {
	for _, u := range units {
		// 7d stays 7d: people say "a week" of holidays, and "7 days" of bans.
		if u.suffix == "w" && d < 2*u.length {
			continue
		}
		if d >= u.length && d%u.length == 0 {
			return strconv.FormatInt(int64(d/u.length), 10) + u.suffix
		}
	}
	return strconv.FormatInt(int64(d/time.Second), 10) + "s"
}
