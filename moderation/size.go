package moderation

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/jury"
)

// Size is how large a group is, as far as it was looked up.
type Size struct {
	Members int       // people and bots, as Telegram counts them; 0 = not known yet
	Asked   time.Time // when Telegram was asked
	Writers int       // established members who wrote within [ActiveFor]
}

// SizeFor is for how long the size of a group is taken to be the same.
const SizeFor = 24 * time.Hour

// Stale reports whether Telegram should be asked again how many members there are.
func (s Size) Stale(now time.Time) bool { return now.Sub(s.Asked) >= SizeFor }

// The sizes from which on auto asks for more, and what it asks for.
const (
	tinyGroup  = 10   // members
	largeGroup = 200  // established members who wrote in the last week
	hugeGroup  = 2000 // likewise
)

// ThresholdFor is the threshold in a group of that size: what the group has set, or what auto comes to.
func (p Policy) ThresholdFor(s Size) int {
	switch {
	case p.Threshold != Auto:
		return p.Threshold
	case s.Members > 0 && s.Members < tinyGroup:
		return 2
	case s.Writers < largeGroup:
		return 3
	case s.Writers < hugeGroup:
		return 4
	default:
		return 5
	}
}

// ForJury reports whether so many established members wrote lately that a jury may be drawn. Who is drawn must also be in good
// standing, so it is known for certain only then.
func (s Size) ForJury() bool { return s.Writers >= jury.FewestEligible }

// ParseThreshold reads a threshold as an admin types it: auto, or a whole number.
func ParseThreshold(text string) (int, error) {
	if strings.EqualFold(text, autoName) {
		return Auto, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < MinThreshold || n > MaxThreshold {
		return 0, fmt.Errorf("a threshold is %s or a whole number from %d to %d, not %q", autoName, MinThreshold, MaxThreshold, text)
	}
	return n, nil
}

// ThresholdName is a threshold as an admin types it.
func ThresholdName(n int) string {
	if n == Auto {
		return autoName
	}
	return strconv.Itoa(n)
}

const autoName = "auto"
