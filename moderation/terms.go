package moderation

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
	"github.com/ostrakon-bot/ostrakon/moderation/weight"
)

// Auto is the threshold that follows the size of the group.
const Auto = 0

// Size is how large a group is, as far as it was looked up.
type Size struct {
	Members int       // people and bots, as Telegram counts them; 0 = not known yet
	Asked   time.Time // when Telegram was asked
	Writers int       // established members who wrote within [ActiveFor]
}

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

// SizeFor is for how long the size of a group is taken to be the same.
const SizeFor = 24 * time.Hour

// Stale reports whether Telegram should be asked again how many members there are.
func (s Size) Stale(now time.Time) bool { return now.Sub(s.Asked) >= SizeFor }

// Sized notes how many members Telegram counts in a group.
func (c *Groups) Sized(ctx context.Context, chat int64, members int) error {
	_, err := c.update(ctx, Key{Chat: chat, Size: true}, func(d Docket, now time.Time) (Outcome, error) {
		d.Chat.Size.Members, d.Chat.Size.Asked = members, now
		return Outcome{Chat: &d.Chat}, nil
	})
	return err
}

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

// Terms are the settings by which a case is decided: those of the moment when its card appeared or, without one, when
// its clock started. What an admin changes meanwhile bears on later cases only: else moving a setting and one's own
// vote would tell how others voted.
//
// They are kept as JSON: fields may be added, and not renamed while cases are open.
type Terms struct {
	Threshold int           `json:"t"`           // what auto came to
	Quorum    int           `json:"q"`           // voices
	CardAfter int           `json:"c,omitempty"` // reports of voices after which there is a card; 0 = never
	Ladder    ladder.Ladder `json:"l,omitempty"`
	Lapse     time.Duration `json:"e,omitempty"` // in nanoseconds
	Heavy     Heavy         `json:"h,omitempty"`
	Rules     []TermsRule   `json:"r,omitempty"` // that held, in the order of the book
}

// TermsRule is a rule as it held then.
type TermsRule struct {
	ID       RuleID `json:"i"`
	Severity int    `json:"s"`
}

// Set reports whether there are any: cases of earlier versions, and those by an admin's hand, have none.
func (t Terms) Set() bool { return t.Threshold > 0 }

// Terms are those of a case whose clock starts now.
func (c Chat) Terms() Terms {
	p := c.Policy
	t := Terms{
		Threshold: p.ThresholdFor(c.Size), Quorum: max(p.Quorum, weight.FewestVoices), CardAfter: p.CardAfter,
		Ladder: p.Ladder, Lapse: p.Lapse, Heavy: p.Heavy,
	}
	for _, r := range c.Book.Listed() {
		t.Rules = append(t.Rules, TermsRule{r.ID, r.Severity})
	}
	return t
}

// terms are those of a case, or the group's if it has none yet.
func (c Case) terms(chat Chat) Terms {
	if c.Terms.Set() {
		return c.Terms
	}
	return chat.Terms()
}
