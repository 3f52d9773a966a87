package settings_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ostrakon-bot/ostrakon/internal/settings"
	"github.com/ostrakon-bot/ostrakon/moderation"
)

// What a preset sets is allowed, and written as it is shown: else no preset would be marked as the one in force.
func TestPresetsAreAllowed(t *testing.T) {
	t.Parallel()
	for _, preset := range settings.Presets {
		p, ok := settings.Apply(moderation.DefaultPolicy(), preset)
		if !ok || p.Validate() != nil || settings.PresetOf(p) != preset {
			t.Errorf("%s is applied: %v, %v, and then called %q", preset, ok, p.Validate(), settings.PresetOf(p))
		}
		for _, s := range settings.All {
			value, sets := s.InPreset(preset)
			if sets && (s.Show(p) != value || !s.Form(value)) {
				t.Errorf("%s sets %s to %q, which is shown as %q", preset, s.Name, value, s.Show(p))
			}
			if sets && !slices.Contains(s.Offered, value) {
				t.Errorf("%s sets %s to %q, which its page does not offer", preset, s.Name, value)
			}
			if sets && !s.Judges {
				t.Errorf("%s sets %s, which needs no right", preset, s.Name)
			}
		}
	}
	if p, ok := settings.Apply(moderation.DefaultPolicy(), "free"); ok || len(settings.Changes(p, moderation.DefaultPolicy())) > 0 {
		t.Error("there is a preset that nobody made")
	}
}

func TestBalancedIsTheDefault(t *testing.T) {
	t.Parallel()
	if got := settings.PresetOf(moderation.DefaultPolicy()); got != settings.Balanced {
		t.Errorf("the default is %q", got)
	}
	p := moderation.DefaultPolicy()
	p.Quorum = 7
	if got := settings.PresetOf(p); got != "" {
		t.Errorf("a group with settings of its own is called %q", got)
	}
}

// A preset may punish harder, and neither show more of who reports nor let fewer decide.
func TestPresetsKeepWhatProtects(t *testing.T) {
	t.Parallel()
	own := moderation.DefaultPolicy()
	own.CardAfter, own.CardDelay, own.ReportLimit, own.Language, own.Quiz = 3, moderation.MaxCardDelay, 7, "es", false
	for _, preset := range settings.Presets {
		p, _ := settings.Apply(own, preset)
		if p.CardAfter != own.CardAfter || p.CardDelay != own.CardDelay || p.ReportLimit != own.ReportLimit || p.Language != own.Language || p.Quiz {
			t.Errorf("%s changes what it should leave alone: %v", preset, settings.Changes(own, p))
		}
		if p.Threshold != moderation.Auto || p.Quorum < moderation.MinQuorum || p.Heavy != moderation.HeavyJury || p.Summon != moderation.DefaultSummon {
			t.Errorf("%s lets fewer decide more: %+v", preset, p)
		}
	}
}

// Whatever a group has set, what is changed is given back to the letter, also what only the operator may set.
func TestChangesAreTakenBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) moderation.Policy {
			p := moderation.DefaultPolicy()
			for _, s := range settings.All {
				if i := rapid.IntRange(-1, len(s.Offered)-1).Draw(t, label+s.Name); i >= 0 {
					if err := s.Read(&p, s.Offered[i]); err != nil {
						t.Fatal(err)
					}
				}
			}
			return p
		}
		before, after := draw("before "), draw("after ")
		if rapid.Bool().Draw(t, "at once") {
			before.CardDelay = 0
		}
		changes := settings.Changes(before, after)
		back, ok := settings.Restore(after, changes)
		if !ok || len(settings.Changes(before, back)) > 0 {
			t.Fatalf("%v is taken back: %v, and differs in %v", changes, ok, settings.Changes(before, back))
		}
		if _, ok := settings.Restore(before, changes); ok && len(changes) > 0 {
			t.Fatal("what is not in force any more is taken back")
		}
	})
}

func TestJudges(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"ladder": true, "digest": false, "unheard of": true} {
		if got := settings.Judges([]moderation.Change{{Setting: "quiz"}, {Setting: name}}); got != want {
			t.Errorf("a change of %s bears on who is punished: %v", name, got)
		}
	}
}
