package settings_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/ostrakon-bot/ostrakon/internal/locale"
	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// usual is what the configuration says unless the operator decides otherwise.
func usual() map[string]string {
	values := map[string]string{}
	for _, s := range settings.All {
		values[s.Key] = s.Default()
	}
	return values
}

func TestStartPolicy(t *testing.T) {
	t.Parallel()
	got, err := settings.StartPolicy(usual())
	if want := moderation.DefaultPolicy(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("a new group starts with %+v, %v; the default of the rules is %+v", got, err, want)
	}
	for _, wrong := range []struct{ key, value, says string }{
		{"threshold", "99", `defaults.threshold: a threshold is auto or a whole number from 2 to 50, not "99"`},
		{"window", "1s", "defaults: window is outside its limits; allowed is 10s to 30d"},
		{"lapse", "soon", `defaults.lapse is "soon": a duration is`},
		{"ladder", "mute", `defaults.ladder is "mute": `},
		{"timezone", "US/Estern", `defaults.timezone names no time zone; allowed is a name such as US/Eastern`},
		{"timezone", "../UTC", `defaults.timezone names no time zone; allowed is a name such as Europe/Berlin`},
		{"language", "xx", `defaults.language is "xx"; allowed is one of ` + strings.Join(locale.Languages(), ", ")},
	} {
		values := usual()
		values[wrong.key] = wrong.value
		if _, err := settings.StartPolicy(values); err == nil || !strings.HasPrefix(err.Error(), wrong.says) {
			t.Errorf("%s %s: %v, want %q", wrong.key, wrong.value, err, wrong.says)
		}
	}
}

// The operator may have cards come at once; an admin may not.
func TestStartTakesACardAtOnce(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{"0": 0, "0s": 0, "1s": time.Second, "10m": 10 * time.Minute} {
		values := usual()
		values["card_delay"] = text
		if p, err := settings.StartPolicy(values); err != nil || p.CardDelay != want {
			t.Errorf("%s is %v, %v", text, p.CardDelay, err)
		}
	}
	values := usual()
	values["card_delay"] = "11m"
	if _, err := settings.StartPolicy(values); err == nil || err.Error() != "defaults: card_delay is outside its limits; allowed is 0 to 10m" {
		t.Errorf("11m: %v", err)
	}
}

// What releases before this one showed in their example.
func TestStartTakesAThresholdWithAFraction(t *testing.T) {
	t.Parallel()
	values := usual()
	values["threshold"] = "3.0"
	if p, err := settings.StartPolicy(values); err != nil || p.Threshold != 3 {
		t.Errorf("3.0 is %d, %v", p.Threshold, err)
	}
}

// A default has the form that the configuration asks for.
func TestDefaultsHaveTheForm(t *testing.T) {
	t.Parallel()
	for _, s := range settings.All {
		if text := s.Default(); !s.Form(text) {
			t.Errorf("%s does not take %q", s.ConfigKey(), text)
		}
	}
}

func TestEntriesAreComplete(t *testing.T) {
	t.Parallel()
	names, keys := map[string]bool{}, map[string]bool{}
	for _, s := range settings.All {
		if names[s.Name] || keys[s.Key] {
			t.Errorf("two settings share the name %s or the key %s", s.Name, s.Key)
		}
		names[s.Name], keys[s.Key] = true, true
		if strings.ReplaceAll(s.Key, "_", "") != s.Name {
			t.Errorf("/%s is defaults.%s: nobody who knows one finds the other", s.Name, s.Key)
		}
		if s.Show == nil || s.Read == nil || s.Form == nil || s.Allowed == "" || s.Wide < 1 || len(s.Offered) < 2 {
			t.Errorf("the entry of %s lacks something", s.Name)
		}
	}
}

// A field that no entry changes could not be set.
func TestEveryFieldOfThePolicyHasAnEntry(t *testing.T) {
	t.Parallel()
	for field := range reflect.TypeFor[moderation.Policy]().Fields() {
		if entries := entriesOf(field.Name, settings.All); len(entries) != 1 {
			t.Errorf("%s is set by %v; add an entry to table.go, or take one out", field.Name, entries)
		}
	}
	made := settings.Setting{Name: "made up", Offered: []string{"1", "2"}, Read: func(p *moderation.Policy, _ string) error { p.Quorum++; return nil }}
	if got := entriesOf("Quorum", []settings.Setting{made, made}); len(got) != 2 {
		t.Errorf("two made-up entries for a field are taken for %v", got)
	}
	if got := entriesOf("Window", []settings.Setting{made}); len(got) != 0 {
		t.Errorf("a field without an entry has %v", got)
	}
}

// entriesOf are the settings that change a field of the policy.
func entriesOf(field string, all []settings.Setting) (names []string) {
	value := func(p moderation.Policy) any { return reflect.ValueOf(p).FieldByName(field).Interface() }
	for _, s := range all {
		for _, preset := range s.Offered {
			p := moderation.DefaultPolicy()
			if s.Read(&p, preset) == nil && !reflect.DeepEqual(value(p), value(moderation.DefaultPolicy())) {
				names = append(names, s.Name)
				break
			}
		}
	}
	return names
}

// What the menu of a group offers, a new group can start with.
func TestStartTakesWhatTheMenuOffers(t *testing.T) {
	t.Parallel()
	for _, s := range settings.All {
		for _, preset := range s.Offered {
			values := usual()
			values[s.Key] = preset
			if _, err := settings.StartPolicy(values); err != nil || !s.Form(preset) {
				t.Errorf("%s: %s is offered by the menu, and refused by the configuration: %v", s.ConfigKey(), preset, err)
			}
		}
	}
}
