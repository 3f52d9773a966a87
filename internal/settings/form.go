package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/zone"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// AllowedSpan says how the configuration writes a length of time.
const AllowedSpan = "allowed is a whole number and one of s, m, h, d, w, such as 30m, 12h or 7d"

var (
	spanForm     = regexp.MustCompile(`^[0-9]{1,9}[smhdwSMHDW]$`)
	stepForm     = regexp.MustCompile(`(?i)^\s*(warn|kick|ban|(mute|ban)\s+[0-9]+[smhdw])\s*$`)
	digestForm   = regexp.MustCompile(`(?i)^(off|daily \d\d:\d\d|weekly (mon|tue|wed|thu|fri|sat|sun) \d\d:\d\d|@[a-z]+|\S+( \S+){4})$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// fewest is the least that a threshold or a quorum can be: one member alone decides nothing.
const fewest = 2

// Releases before this one wrote the threshold with a fraction, and so did their example.
func wholeThreshold(s string) string { return strings.TrimSuffix(s, ".0") }

func isThreshold(s string) bool { return strings.EqualFold(s, Auto) || from(fewest)(wholeThreshold(s)) }

func startThreshold(p *moderation.Policy, s string) error {
	if err := readThreshold(p, wholeThreshold(s)); err != nil {
		return fmt.Errorf("defaults.threshold: %w", err)
	}
	return nil
}

// from makes the form of a whole number that is not less than the given one.
func from(least int) func(string) bool {
	return func(s string) bool {
		n, err := strconv.Atoi(s)
		return err == nil && n >= least
	}
}

func isSpan(s string) bool {
	length, err := ladder.ParseDuration(s)
	return spanForm.MatchString(s) && err == nil && length > 0
}

func isLadder(s string) bool {
	for step := range strings.SplitSeq(s, ",") {
		if !stepForm.MatchString(step) {
			return false
		}
	}
	return true
}

func startDelay(p *moderation.Policy, s string) (err error) {
	if s == "0" {
		p.CardDelay = 0
	} else if p.CardDelay, err = ladder.ParseDuration(s); err != nil {
		err = fmt.Errorf("defaults.card_delay is %q: %w", s, err)
	}
	return err
}

// isTimezone refuses what means another place on another machine.
func isTimezone(s string) bool { return s != "" && s != "Local" }

func startTimezone(p *moderation.Policy, s string) error {
	name, near := zone.Find(s)
	if name == "" {
		near = append(near, "Europe/Berlin")
		return fmt.Errorf("defaults.timezone names no time zone; allowed is a name such as %s", near[0])
	}
	p.Timezone = name
	return nil
}

func startLanguage(p *moderation.Policy, s string) error {
	if !slices.Contains(locale.Languages(), s) {
		return fmt.Errorf("defaults.language is %q; allowed is one of %s", s, strings.Join(locale.Languages(), ", "))
	}
	p.Language = s
	return nil
}

func oneOf(words ...string) func(string) bool {
	return func(s string) bool { return slices.Contains(words, s) }
}
