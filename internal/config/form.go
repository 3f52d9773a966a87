package config

import (
	"regexp"
	"strconv"
	"strings"
)

// formRules look at what groups start with: only at its form, so that a slip is
// found at the start. How large a threshold may be is moderation's to say.
var formRules = []rule{
	{"defaults.threshold", func(c Config) bool { return isThreshold(c.Defaults.Threshold) },
		"allowed is auto or a whole number from 2 to 50; instead of 1 write 2, instead of a fraction the next whole number above it"},
	{"defaults.quorum", func(c Config) bool { return c.Defaults.Quorum >= fewest }, "allowed is a whole number from 2 to 20; instead of 1 write 2"},
	{"defaults.window", func(c Config) bool { return isSpan(c.Defaults.Window) }, allowedSpan},
	{"defaults.ladder", func(c Config) bool { return isLadder(c.Defaults.Ladder) },
		"allowed are steps with commas between them, each warn, mute 1h, kick, ban 7d or ban"},
	{"defaults.lapse", func(c Config) bool { return isSpan(c.Defaults.Lapse) }, allowedSpan},
	{"defaults.heavy", func(c Config) bool { return oneOf(c.Defaults.Heavy, "admins", "votes") }, "allowed is admins or votes"},
	{"defaults.card_after", func(c Config) bool { return c.Defaults.CardAfter >= 0 }, "allowed is a whole number, 0 for never"},
	{"defaults.card_ttl", func(c Config) bool { return c.Defaults.CardTTL == "0" || isSpan(c.Defaults.CardTTL) },
		allowedSpan + ", or 0 for keep"},
	{"defaults.report_limit", func(c Config) bool { return c.Defaults.ReportLimit > 0 }, "allowed is a whole number above 0"},
	{"defaults.digest", func(c Config) bool { return digestForm.MatchString(c.Defaults.Digest) },
		"allowed is off, daily 09:00, weekly mon 09:00 or five cron fields"},
	{"defaults.timezone", func(c Config) bool { return isTimezone(c.Defaults.Timezone) },
		"allowed is an IANA name such as Europe/Athens"},
	{"defaults.language", func(c Config) bool { return languageForm.MatchString(c.Defaults.Language) },
		"allowed is a code such as en or zh"},
	{"defaults.appeals", func(c Config) bool { return oneOf(c.Defaults.Appeals, "jury", "admins") }, "allowed is jury or admins"},
	{"defaults.quiz", func(c Config) bool { return oneOf(c.Defaults.Quiz, "on", "off") }, "allowed is on or off"},
}

var (
	stepForm     = regexp.MustCompile(`(?i)^\s*(warn|kick|ban|(mute|ban)\s+[0-9]+[smhdw])\s*$`)
	digestForm   = regexp.MustCompile(`(?i)^(off|daily \d\d:\d\d|weekly (mon|tue|wed|thu|fri|sat|sun) \d\d:\d\d|\S+( \S+){4})$`)
	languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
)

// fewest is the least that a threshold or a quorum can be: one member alone decides nothing.
const fewest = 2

func isThreshold(s string) bool {
	n, err := strconv.Atoi(strings.TrimSuffix(s, ".0")) // as it stood in the example of the release before
	return strings.EqualFold(s, "auto") || err == nil && n >= fewest
}

func isSpan(s string) bool {
	t, ok := parseSpan(s)
	return ok && t > 0
}

func isLadder(s string) bool {
	for step := range strings.SplitSeq(s, ",") {
		if !stepForm.MatchString(step) {
			return false
		}
	}
	return true
}

// isTimezone refuses what means another place on another machine. Which names there are is not for this package to say.
func isTimezone(s string) bool { return s != "" && s != "Local" }
