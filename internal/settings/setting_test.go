package settings_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

func TestSettingsTakeWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for name, typed := range map[string]map[string]string{ // what is typed, and what is then shown
		"threshold": {"auto": "auto", "AUTO": "auto", "2": "2", "50": "50", "007": "7"},
		"quorum":    {"2": "2", "20": "20", "007": "7"},
		"heavy":     {"jury": "jury", "admins": "admins", "Votes": "votes"},
		"summon":    {"off": "off", "OFF": "off", "10s": "10s", "60m": "1h", "24h": "1d"},
		"window":    {"10s": "10s", "30d": "30d", "60m": "1h", "24H": "1d", "4w": "4w"},
		"ladder":    {"ban": "ban", "WARN,mute 60m,  kick": "warn, mute 1h, kick"},
		"lapse":     {"1d": "1d", "24h": "1d", "365d": "365d"},
		"cardafter": {"0": "0", "20": "20"},
		"carddelay": {"10s": "10s", "60s": "1m", "10m": "10m"},
	} {
		for text, want := range typed {
			p, ok := read(name, text, moderation.DefaultPolicy())
			if got := show(name, p); !ok || got != want {
				t.Errorf("/%s %s: %q, %v; want %q", name, text, got, ok, want)
			}
		}
	}
}

func TestSettingsRefuseTheRest(t *testing.T) {
	t.Parallel()
	for name, typed := range map[string][]string{
		"threshold": {"0", "1", "51", "2.5", "2,5", "3.0", "-3", "-0", "NaN", "Inf", "1e1", "x", "many", "3 4", "auto 3", "99999999999999999999", ""},
		"heavy":     {"juries", "admin", "off", "0", ""},
		"summon":    {"9s", "0", "0s", "25h", "86401s", "2d", "30", "never", "jury", "-30m", ""},
		"quorum":    {"0", "1", "21", "-1", "2.0", "two", "99999999999999999999", ""},
		"window":    {"9s", "31d", "0", "24", "5w", "1h30m", "-1h", "1y", "999999999999w", ""},
		"ladder":    {"", "warn,", "mute", "mute 30s", "mute 366d", "warn 1h", "scold", "ban; kick"},
		"lapse":     {"23h", "366d", "0", "30", "never", ""},
		"carddelay": {"9s", "0", "0s", "601s", "off", ""},
		"cardafter": {"-1", "21", "1.5", "never", ""},
	} {
		for _, text := range typed {
			if p, ok := read(name, text, moderation.DefaultPolicy()); ok {
				t.Errorf("/%s %q was taken as %q", name, text, show(name, p))
			}
		}
	}
}

// Whatever is typed: what is taken is within the limits, touches nothing else, and is shown in a
// form that can be typed again.
func TestWhatIsShownCanBeTyped(t *testing.T) {
	t.Parallel()
	for _, s := range settings.All {
		name := s.Name
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			usual := moderation.DefaultPolicy()
			typed := rapid.OneOf(
				rapid.StringMatching(`[0-9]{1,3}(\.[0-9]{1,2})?[smhdw]?`),
				rapid.StringMatching(`((warn|kick|ban|mute [0-9]{1,4}[mhd]|ban [0-9]{1,2}w)( ?, ?)){0,5}(ban|kick)`),
			).Draw(t, "typed")
			p, ok := read(name, typed, usual)
			if !ok {
				return
			}
			shown := show(name, p)
			again, ok := read(name, shown, usual)
			if !ok || show(name, again) != shown {
				t.Fatalf("%q is shown as %q, which is shown as %q, %v", typed, shown, show(name, again), ok)
			}
			for _, s := range settings.All {
				if other := s.Name; other != name && show(other, p) != show(other, usual) {
					t.Fatalf("/%s %s changed the setting %s", name, typed, other)
				}
			}
		}))
	}
}

// What the menu offers is written as it is shown once it is set, or no button would be marked as the
// present one. What a new group starts with is offered.
func TestOfferedValuesAreShownAsTheyAreOffered(t *testing.T) {
	t.Parallel()
	for _, s := range settings.All {
		name := s.Name
		present := false
		for _, preset := range s.Offered {
			set, ok := read(name, preset, moderation.DefaultPolicy())
			if shown := show(name, set); !ok || shown != preset {
				t.Errorf("%s offers %q, which is allowed: %v, and shown as %q", name, preset, ok, shown)
			}
			present = present || preset == show(name, moderation.DefaultPolicy())
		}
		if !present {
			t.Errorf("%s does not offer its default", name)
		}
	}
}

// entry is the entry of a setting, hidden or not.
func entry(name string) settings.Setting {
	return settings.All[slices.IndexFunc(settings.All, func(s settings.Setting) bool { return s.Name == name })]
}

// show is what a setting is said to be.
func show(name string, p moderation.Policy) string {
	s := entry(name)
	return s.Show(p)
}

// read is what a policy becomes by a setting that somebody typed. It says false if they are told what is allowed instead.
func read(name, typed string, p moderation.Policy) (moderation.Policy, bool) {
	s := entry(name)
	err := s.Read(&p, typed)
	return p, err == nil && p.Validate() == nil
}
