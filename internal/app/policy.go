package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/handlers"
	"github.com/ostrakon-bot/ostrakon/internal/config"
	"github.com/ostrakon-bot/ostrakon/internal/timetable"
	"github.com/ostrakon-bot/ostrakon/internal/zone"
	"github.com/ostrakon-bot/ostrakon/moderation"
	"github.com/ostrakon-bot/ostrakon/moderation/ladder"
)

// DefaultPolicy makes the policy of a new group from the configuration.
func DefaultPolicy(d config.Defaults) (moderation.Policy, error) {
	p := moderation.DefaultPolicy()
	p.Quorum, p.CardAfter, p.ReportLimit, p.Language, p.Heavy = d.Quorum, d.CardAfter, d.ReportLimit, d.Language, moderation.Heavy(d.Heavy)
	var err error
	var errs []error
	if p.Threshold, err = moderation.ParseThreshold(strings.TrimSuffix(d.Threshold, ".0")); err != nil {
		errs = append(errs, fmt.Errorf("defaults.threshold: %w", err))
	}
	duration := func(name, text string) time.Duration {
		if text == "0" {
			return 0
		}
		v, err := ladder.ParseDuration(text)
		if err != nil {
			errs = append(errs, fmt.Errorf("defaults.%s is %q: %w", name, text, err))
		}
		return v
	}
	p.Window, p.Lapse, p.CardTTL = duration("window", d.Window), duration("lapse", d.Lapse), duration("card_ttl", d.CardTTL)
	if p.Ladder, err = ladder.ParseLadder(d.Ladder); err != nil {
		errs = append(errs, fmt.Errorf("defaults.ladder is %q: %w", d.Ladder, err))
	}
	table, err := timetable.Parse(d.Digest)
	if err != nil {
		errs = append(errs, fmt.Errorf("defaults.digest is %q: %w", d.Digest, err))
	}
	var near []string
	if p.Timezone, near = zone.Find(d.Timezone); p.Timezone == "" {
		near = append(near, "Europe/Berlin")
		errs = append(errs, fmt.Errorf("defaults.timezone names no time zone; allowed is a name such as %s", near[0]))
	}
	p.Digest, p.Appeals, p.Quiz = table.String(), moderation.Appeals(d.Appeals), d.Quiz == "on"
	if !slices.Contains(handlers.Languages(), p.Language) {
		errs = append(errs, fmt.Errorf("defaults.language is %q; allowed is one of %s", p.Language, strings.Join(handlers.Languages(), ", ")))
	}
	if err := p.Validate(); err != nil && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("defaults: %w", err))
	}
	return p, errors.Join(errs...)
}
