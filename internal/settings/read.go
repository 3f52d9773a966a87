package settings

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/timetable"
	"github.com/ostrakon-bot/ostrakon/internal/zone"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

func readThreshold(p *moderation.Policy, s string) (err error) {
	p.Threshold, err = moderation.ParseThreshold(s)
	return err
}

// thresholdNow is the threshold of a group that leaves it to its size.
func thresholdNow(c moderation.Chat) string {
	if c.Policy.Threshold != moderation.Auto {
		return ""
	}
	return strconv.Itoa(c.Policy.ThresholdFor(c.Size))
}

func readLadder(p *moderation.Policy, s string) (err error) {
	p.Ladder, err = ladder.ParseLadder(s)
	return err
}

func readHeavy(p *moderation.Policy, s string) error {
	p.Heavy = moderation.Heavy(strings.ToLower(s))
	return nil // what it may be is for the policy to say
}

func readAppeals(p *moderation.Policy, s string) error {
	p.Appeals = moderation.Appeals(strings.ToLower(s))
	return nil // what it may be is for the policy to say
}

func whole(of func(*moderation.Policy) *int) func(*moderation.Policy, string) error {
	return func(p *moderation.Policy, s string) (err error) {
		*of(p), err = strconv.Atoi(s)
		return err
	}
}

func span(of func(*moderation.Policy) *time.Duration) func(*moderation.Policy, string) error {
	return func(p *moderation.Policy, s string) (err error) {
		*of(p), err = ladder.ParseDuration(s)
		return err
	}
}

// readDelay takes less from an admin than from the operator: a card that comes at once shows when somebody reported.
func readDelay(p *moderation.Policy, s string) error {
	delay, err := ladder.ParseDuration(s)
	if err == nil && delay < moderation.MinTypedDelay {
		err = errAllowed
	}
	p.CardDelay = delay
	return err
}

// delayNow is the card delay that a group has, if that is not the one it set.
func delayNow(c moderation.Chat) string {
	if c.CardDelay() == c.Policy.CardDelay {
		return ""
	}
	return ladder.FormatDuration(c.CardDelay())
}

func showSpan(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	return ladder.FormatDuration(d)
}

func readTTL(p *moderation.Policy, s string) (err error) {
	if s == "0" {
		p.CardTTL = 0
		return nil
	}
	if p.CardTTL, err = ladder.ParseDuration(s); err == nil && p.CardTTL == 0 {
		return errAllowed // "0s" is not what they mean
	}
	return err
}

func readDigest(p *moderation.Policy, s string) error {
	t, err := timetable.Parse(s)
	if err == nil {
		p.Digest = t.String()
	}
	return err
}

func readTimezone(p *moderation.Policy, s string) error {
	name, near := zone.Find(s)
	if name == "" {
		return &NearMiss{near}
	}
	p.Timezone = name
	return nil
}

// languageName is what a language is called by those who speak it.
func languageName(code string) string { return locale.In(code).Text("language", nil) }

func readLanguage(p *moderation.Policy, s string) error {
	for _, code := range locale.Languages() {
		base, _, _ := strings.Cut(s, "-") // "zh-CN"
		if strings.EqualFold(base, code) || strings.EqualFold(s, languageName(code)) {
			p.Language = code
			return nil
		}
	}
	return errAllowed
}

func readQuiz(p *moderation.Policy, s string) error {
	p.Quiz = strings.EqualFold(s, On)
	if !p.Quiz && !strings.EqualFold(s, Off) {
		return errAllowed
	}
	return nil
}

func onOff(is bool) string {
	if is {
		return On
	}
	return Off
}

// errAllowed means that a value is none of those that are allowed.
var errAllowed = errors.New("not among what is allowed")

// NearMiss is a value that is wrong but close to some that are right.
type NearMiss struct{ Near []string }

// Error implements error.
func (e *NearMiss) Error() string { return "no such value" }
