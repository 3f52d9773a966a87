package handlers

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ostrakon-bot/ostrakon/bot"
	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/timetable"
	"github.com/ostrakon-bot/ostrakon/internal/zone"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// settingOf is one setting: how it is shown and read, both as admins type it, and what the menu
// offers. Its texts are in the locale under "setting.", its name, and "name", "about" or "allowed".
type settingOf struct {
	name    string
	show    func(moderation.Policy) string
	read    func(*moderation.Policy, string) error
	presets []string
}

// settings are all settings, in the order of the menu.
var settings = []settingOf{
	{"threshold", func(p moderation.Policy) string { return moderation.ThresholdName(p.Threshold) }, readThreshold,
		[]string{auto, "2", "3", "4", "5", "7", "10", "15"}},
	{"quorum", func(p moderation.Policy) string { return strconv.Itoa(p.Quorum) },
		whole(func(p *moderation.Policy) *int { return &p.Quorum }), []string{"2", "3", "4", "5", "7", "10", "15", "20"}},
	{"window", func(p moderation.Policy) string { return moderation.FormatDuration(p.Window) },
		span(func(p *moderation.Policy) *time.Duration { return &p.Window }), []string{"1h", "6h", "12h", "1d", "2d", "3d", "7d", "30d"}},
	{"ladder", func(p moderation.Policy) string { return p.Ladder.String() },
		func(p *moderation.Policy, s string) (err error) {
			p.Ladder, err = moderation.ParseLadder(s)
			return err
		},
		usualLadders()},
	{"lapse", func(p moderation.Policy) string { return moderation.FormatDuration(p.Lapse) },
		span(func(p *moderation.Policy) *time.Duration { return &p.Lapse }), []string{"7d", "2w", "30d", "90d", "180d", "365d"}},
	{"heavy", func(p moderation.Policy) string { return string(p.Heavy) },
		func(p *moderation.Policy, s string) error {
			p.Heavy = moderation.Heavy(strings.ToLower(s))
			return nil // what it may be is for the policy to say
		}, []string{string(moderation.HeavyAdmins), string(moderation.HeavyVotes)}},
	{"cardafter", func(p moderation.Policy) string { return strconv.Itoa(p.CardAfter) },
		whole(func(p *moderation.Policy) *int { return &p.CardAfter }), []string{"0", "1", "2", "3", "5", "10"}},
	{"cardttl", func(p moderation.Policy) string { return showTTL(p.CardTTL) },
		readTTL, []string{"0", "1m", "10m", "1h", "12h", "1d", "7d"}},
	{"reportlimit", func(p moderation.Policy) string { return strconv.Itoa(p.ReportLimit) },
		whole(func(p *moderation.Policy) *int { return &p.ReportLimit }), []string{"3", "5", "10", "20", "50", "100"}},
	{"digest", func(p moderation.Policy) string { return p.Digest }, readDigest,
		timetable.Usual()},
	{"timezone", func(p moderation.Policy) string { return p.Timezone }, readTimezone, zones},
	{"language", func(p moderation.Policy) string { return p.Language }, readLanguage, locale.Languages()},
	{"appeals", func(p moderation.Policy) string { return string(p.Appeals) },
		func(p *moderation.Policy, s string) error {
			p.Appeals = moderation.Appeals(strings.ToLower(s))
			return nil // what it may be is for the policy to say
		}, []string{string(moderation.AppealsJury), string(moderation.AppealsAdmins)}},
	{"quiz", func(p moderation.Policy) string { return onOff(p.Quiz) }, readQuiz, []string{on, off}},
}

// usualLadders are the ladders that the menu offers.
func usualLadders() (ladders []string) {
	for _, l := range moderation.UsualLadders() {
		ladders = append(ladders, l.String())
	}
	return ladders
}

const on, off, auto = "on", "off", "auto"

// zones are those that the menu offers: one in each part of the world where many people live.
var zones = []string{
	"UTC", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Bogota", "America/Argentina/Buenos_Aires",
	"Europe/London", "Europe/Madrid", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Asia/Dubai", "Asia/Almaty", "Asia/Kolkata",
	"Asia/Jakarta", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
}

func readThreshold(p *moderation.Policy, s string) (err error) {
	p.Threshold, err = moderation.ParseThreshold(s)
	return err
}

func whole(of func(*moderation.Policy) *int) func(*moderation.Policy, string) error {
	return func(p *moderation.Policy, s string) (err error) {
		*of(p), err = strconv.Atoi(s)
		return err
	}
}

func span(of func(*moderation.Policy) *time.Duration) func(*moderation.Policy, string) error {
	return func(p *moderation.Policy, s string) (err error) {
		*of(p), err = moderation.ParseDuration(s)
		return err
	}
}

func showTTL(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	return moderation.FormatDuration(d)
}

func readTTL(p *moderation.Policy, s string) (err error) {
	if s == "0" {
		p.CardTTL = 0
		return nil
	}
	if p.CardTTL, err = moderation.ParseDuration(s); err == nil && p.CardTTL == 0 {
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
		return &nearMiss{near}
	}
	p.Timezone = name
	return nil
}

func readLanguage(p *moderation.Policy, s string) error {
	for _, code := range locale.Languages() {
		base, _, _ := strings.Cut(s, "-") // "zh-CN"
		if strings.EqualFold(base, code) || strings.EqualFold(s, locale.In(code).Text("language", nil)) {
			p.Language = code
			return nil
		}
	}
	return errAllowed
}

func readQuiz(p *moderation.Policy, s string) error {
	p.Quiz = strings.EqualFold(s, on)
	if !p.Quiz && !strings.EqualFold(s, off) {
		return errAllowed
	}
	return nil
}

func onOff(is bool) string {
	if is {
		return on
	}
	return off
}

// errAllowed means that a value is none of those that are allowed.
var errAllowed = errors.New("not among what is allowed")

// nearMiss is a value that is wrong but close to some that are right.
type nearMiss struct{ near []string }

func (e *nearMiss) Error() string { return "no such value" }

// judges are the settings that bear on who is punished and how.
var judges = map[string]bool{"threshold": true, "quorum": true, "window": true, "ladder": true, "lapse": true, "heavy": true}

// findSetting finds a setting by its name.
func findSetting(name string) (settingOf, bool) {
	i := slices.IndexFunc(settings, func(s settingOf) bool { return s.name == name })
	if i < 0 {
		return settingOf{}, false
	}
	return settings[i], true
}

// setting is the command of one setting: without a value it shows the present one, with a right
// one it changes it, with a wrong one it says in a sentence what is allowed.
func setting(name string) func(*Handlers, context.Context, *ask) ([]bot.Call, error) {
	return func(h *Handlers, ctx context.Context, a *ask) ([]bot.Call, error) {
		s, _ := findSetting(name)
		chat, err := h.memory.Chat(ctx, a.m.Chat.ID)
		if err != nil {
			return nil, err
		}
		args := locale.Args{
			"name": settingName(a.printer, name), "about": settingAbout(a.printer, name), "allowed": settingAllowed(a.printer, name),
			"value": typedValue(a.printer, chat, s),
		}
		if a.args == "" {
			return h.say(ctx, a, "setting.show", args)
		}
		changed := chat.Policy
		var miss *nearMiss
		err = s.read(&changed, a.args)
		switch {
		case errors.As(err, &miss) && len(miss.near) > 0:
			args["near"] = list(a.printer, miss.near)
			return h.say(ctx, a, "setting.near", args)
		case err != nil || changed.Validate() != nil:
			return h.say(ctx, a, "setting.wrong", args)
		}
		chat.Policy, err = h.tune(ctx, a.update, a.m.Chat.ID, a.who, s, a.args)
		args["value"] = typedValue(a.printer, chat, s)
		return a.reply(a.printer.Text("setting.set", args), nil, err)
	}
}

// tune changes a setting to a value that was read before, at this moment's other settings.
func (h *Handlers) tune(ctx context.Context, update, chat int64, by moderation.Member, s settingOf, value string) (moderation.Policy, error) {
	return h.court.Tune(ctx, moderation.Tuning{
		Update: update, Chat: chat, By: by, Setting: s.name, Judges: judges[s.name], Show: s.show,
		Change: func(p moderation.Policy) (moderation.Policy, error) {
			err := s.read(&p, value)
			return p, err
		},
	})
}

// typedValue is what a setting is, as admins type it, and what it comes to if that depends on the group.
func typedValue(p locale.Printer, chat moderation.Chat, s settingOf) string {
	return comesTo(p, chat, s, s.show(chat.Policy))
}

// comesTo adds to the value of a setting what it comes to in this group, if the value does not say that.
func comesTo(p locale.Printer, chat moderation.Chat, s settingOf, value string) string {
	if s.name != "threshold" || chat.Policy.Threshold != moderation.Auto {
		return value
	}
	now := strconv.Itoa(chat.Policy.ThresholdFor(chat.Size))
	return p.Text("settings.now", locale.Args{"value": value, "number": now})
}

func settingName(p locale.Printer, name string) string { return p.Text("setting."+name+".name", nil) }

func settingAbout(p locale.Printer, name string) string { return p.Text("setting."+name+".about", nil) }

func settingAllowed(p locale.Printer, name string) string {
	return p.Text("setting."+name+".allowed", nil)
}
