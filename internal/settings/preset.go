package settings

import (
	"slices"

	"github.com/ostrakon-bot/ostrakon/moderation"
)

// Presets are named sets of settings, from mild to harsh. Their texts are in the locale: "settings.preset." and the name, and
// "settings.preset_about." and the name.
var Presets = []string{Calm, Balanced, Strict}

// The presets. Balanced is what a new group starts with unless the operator says otherwise.
const Calm, Balanced, Strict = "calm", "balanced", "strict"

// presetTable says what each preset sets, in the order of [Presets]. The table in docs/admins.md repeats it.
//
// A preset says how hard it is to punish somebody, and how hard the punishment is. It leaves alone what hides reporters (when the
// card comes, and after how many reports), how much one may report, and what is a matter of taste: so that nobody loses by a tap
// what they chose with care. What protects members from a few who agree is the same in all: the threshold follows the size of the
// group, votes alone give no established member a heavy penalty, and members drawn by lot are asked where a vote stalls.
var presetTable = []struct {
	setting string
	values  [3]string
}{
	{"threshold", [3]string{Auto, Auto, Auto}},
	{"quorum", [3]string{"3", "2", "2"}},
	{"window", [3]string{"2d", "1d", "1d"}},
	{"ladder", [3]string{"warn, warn, mute 1h, mute 1d, ban 7d", "warn, mute 1h, mute 1d, ban 7d, ban", "mute 1h, mute 1d, ban"}},
	{"lapse", [3]string{"2w", "30d", "90d"}},
	{"summon", [3]string{"30m", "30m", "30m"}},
	{"heavy", [3]string{string(moderation.HeavyJury), string(moderation.HeavyJury), string(moderation.HeavyJury)}},
}

// InPreset is the value that a preset gives to the setting; false if it leaves it alone.
func (s Setting) InPreset(preset string) (string, bool) {
	column := slices.Index(Presets, preset)
	for _, row := range presetTable {
		if row.setting == s.Name && column >= 0 {
			return row.values[column], true
		}
	}
	return "", false
}

// Apply gives a policy all values of a preset. It returns false if there is no such preset.
func Apply(p moderation.Policy, preset string) (moderation.Policy, bool) {
	if !slices.Contains(Presets, preset) {
		return p, false
	}
	for _, s := range All {
		if value, ok := s.InPreset(preset); ok && s.Read(&p, value) != nil {
			return p, false // a test sees that it does not happen
		}
	}
	return p, true
}

// PresetOf is the preset whose values a policy has; empty if it is none.
func PresetOf(p moderation.Policy) string {
	for _, preset := range Presets {
		if set, ok := Apply(p, preset); ok && len(Changes(p, set)) == 0 {
			return preset
		}
	}
	return ""
}

// Changes are the settings in which two policies differ, in the order of the menu.
func Changes(before, after moderation.Policy) (changes []moderation.Change) {
	for _, s := range All {
		if from, to := s.Show(before), s.Show(after); from != to {
			changes = append(changes, moderation.Change{Setting: s.Name, From: from, To: to})
		}
	}
	return changes
}

// Judges reports whether one of the changes bears on who is punished and how.
func Judges(changes []moderation.Change) bool {
	return slices.ContainsFunc(changes, func(c moderation.Change) bool {
		s, known := Find(c.Setting)
		return !known || s.Judges
	})
}

// Restore gives settings the values that they had before the changes. It returns false if one of them is not what it was changed
// to any more.
func Restore(p moderation.Policy, changes []moderation.Change) (moderation.Policy, bool) {
	for _, c := range changes {
		s, known := Find(c.Setting)
		// The operator may have set what no admin may, such as a card that comes at once: so it is read as the operator's.
		if !known || s.Show(p) != c.To || s.Start(&p, c.From) != nil {
			return p, false
		}
	}
	return p, true
}
